const TIME =
  /^(?:,? +(?:(?:at|um|à|alle|a las|om) )?|T)(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(?: ?([AaPp])\.?[Mm]\.?)?(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?$/;
const COMPACT = /^T(\d{2})(\d{2})(\d{2})(?:\.(\d{1,9}))?()(Z|[+-]\d{2}:?\d{2})?$/;
const JAPANESE = /^ *(\d{1,2})時(\d{1,2})分(?:(\d{1,2})秒)?$/;

const MINUTE = 60_000;

/** Minutes ahead of UTC of `Z`, `UTC`, `GMT`, `+01:00`, `-0700`; `null` for anything else. */
export function offsetOf(text: string): number | null {
  if (/^(?:Z|UTC|GMT)$/.test(text)) return 0;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  if (match === null) return null;
  const [, sign, hours, minutes] = match;
  if (Number(hours) > 14 || Number(minutes) > 59) return null;
  const size = Number(hours) * 60 + Number(minutes);
  return sign === "-" ? -size : size;
}

/**
 * The time of day behind a date, in milliseconds, with its zone; both `null` for an empty text, `undefined` for a text
 * that is no time: hours beyond 23, or beyond 12 with AM or PM.
 */
export function timeOfDay(text: string): { readonly time: number | null; readonly offset: number | null } | undefined {
  if (text === "") return { time: null, offset: null };
  const match = TIME.exec(text) ?? COMPACT.exec(text) ?? JAPANESE.exec(text);
  if (match === null) return undefined;
  const [, hour, minute = "0", second = "0", fraction = "", half = "", zone] = match;
  let hours = Number(hour);
  if (half === "" && match[2] === undefined) return undefined;
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
