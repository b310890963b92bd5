/** Words between a day and its time of day, as a source of a regular expression. */
export const BEFORE_TIME = "(?:at|um|à|alle|a las|às|om|kl\\.?|klo|o)";

/** Words of East Asia for the halves of a day, as a source of a regular expression. */
export const HALF_OF_DAY = "(?:午前|午後|上午|下午|오전|오후)";

/**
 * Zones by name: those of RFC 822 and those of Europe and East Asia whose letters mean one zone only. `BST`, `CST` and `IST`
 * mean several and are none of them.
 */
const ZONES: Readonly<Record<string, number>> = {
  __proto__: null as never,
  Z: 0,
  UTC: 0,
  GMT: 0,
  WET: 0,
  WEST: 60,
  CET: 60,
  MEZ: 60,
  CEST: 120,
  MESZ: 120,
  EET: 120,
  EEST: 180,
  JST: 540,
  KST: 540,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
};

const ZONE = `${Object.keys(ZONES).join("|")}|(?:UTC|GMT)?[+-]\\d{1,2}(?::?\\d{2})?`;

const TIME = new RegExp(
  `^(?:,? +(?:${BEFORE_TIME} )?|T|-)(\\d{1,2})(?::(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?(?: ?([AaPp])\\.?[Mm]\\.?)?(?: ?(${ZONE}))?$`,
);
const COMPACT = /^T?(\d{2})(\d{2})(\d{2})(?:\.(\d{1,9}))?()(Z|[+-]\d{2}:?\d{2})?$/;
/** With points, as in Finland and Italy, and with an h, as in France. */
const POINTED = new RegExp(`^,? +(?:${BEFORE_TIME} )?(\\d{1,2})[.hH](\\d{2})(?:[.m](\\d{2})s?)?$`);
/** As some databases write it behind a day. */
const DATABASE = /^-(\d{2})\.(\d{2})\.(\d{2})(?:\.(\d{1,9}))?$/;
const EAST_ASIAN = new RegExp(
  `^ *(?<half>${HALF_OF_DAY})? ?(\\d{1,2})[時时시:] ?(\\d{1,2})(?:[分분]|(?=:|$)) ?:?(?:(\\d{1,2})[秒초]?)?$`,
);

/** What says the same as the offset before it: `(Pacific Daylight Time)`, `[America/Los_Angeles]`. */
const ZONE_AGAIN = /(?<=[+-]\d{2}:?\d{2}|Z) ?(?:\([^()]{1,60}\)|\[[\w+-]+(?:\/[\w+-]+){0,2}\])$/;
/** What only says that a time of day was written. */
const CLOCK_WORD = /(?<=\d) ?(?:Uhr|h|hrs?)$/i;

const MINUTE = 60_000;

/** Minutes ahead of UTC of `Z`, `UTC`, `CET`, `+01:00`, `-0700`, `GMT+2`; `null` for anything else. */
export function offsetOf(text: string): number | null {
  const named = ZONES[text];
  if (named !== undefined) return named;
  const match = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(text);
  if (match === null) return null;
  const [, sign, hours, minutes = "0"] = match;
  if (Number(hours) > 14 || Number(minutes) > 59) return null;
  const size = Number(hours) * 60 + Number(minutes);
  return sign === "-" ? -size : size;
}

/** Hours, minutes and so on of a time of day, as texts; `null` for what is none. */
function parts(text: string): readonly (string | undefined)[] | null {
  const plain = text.replace(ZONE_AGAIN, "").replace(CLOCK_WORD, "");
  const match = TIME.exec(plain) ?? COMPACT.exec(plain) ?? POINTED.exec(plain) ?? DATABASE.exec(plain);
  if (match !== null) return match.slice(1);
  const asian = EAST_ASIAN.exec(plain);
  if (asian === null) return null;
  const [, half, hour, minute, second] = asian;
  return [hour, minute, second, undefined, half === undefined ? undefined : /[後下후]/.test(half) ? "p" : "a"];
}

/**
 * The time of day behind a date, in milliseconds, with its zone; both `null` for an empty text, `undefined` for a text
 * that is no time: hours beyond 23, or beyond 12 with AM or PM.
 */
export function timeOfDay(text: string): { readonly time: number | null; readonly offset: number | null } | undefined {
  if (text === "") return { time: null, offset: null };
  const found = parts(text);
  if (found === null) return undefined;
  const [hour, minute = "0", second = "0", fraction = "", half = "", zone] = found;
  let hours = Number(hour);
  if (half === "" && found[1] === undefined) return undefined;
  if (half !== "") {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const offset = zone === undefined ? null : offsetOf(zone);
  if (zone !== undefined && offset === null) return undefined;
  const millis = Number(fraction.slice(0, 3).padEnd(3, "0"));
  return { time: (hours * 60 + Number(minute)) * MINUTE + Number(second) * 1000 + millis, offset };
}
