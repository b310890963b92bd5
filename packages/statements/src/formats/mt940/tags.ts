/** A line that begins with a tag of MT940 or MT942. */
export interface TaggedLine {
  /** `20`, `25`, `60F`, `61`, `86`, `NS` … */
  readonly tag: string;
  readonly value: string;
}

/**
 * What stands behind a tag, where that tells it from a text that begins like one: banks wrap the text of an entry where the
 * line ends, and `10:20:15` then goes on with `:20:15` on the next line.
 */
const VALUES: Readonly<Record<string, RegExp>> = {
  __proto__: null as never,
  "13": /^\d{10}/,
  "13D": /^\d{10}/,
  "34F": /^[A-Z]{3}/,
  "60F": /^[CD]\d{6}/,
  "60M": /^[CD]\d{6}/,
  "61": /^/,
  "62F": /^[CD]\d{6}/,
  "62M": /^[CD]\d{6}/,
  "64": /^[CD]\d{6}[A-Z]{3}/,
  "65": /^[CD]\d{6}[A-Z]{3}/,
  "86": /^/,
  "90C": /^\d{0,6}\s?[A-Z]{3}[\d, ]/,
  "90D": /^\d{0,6}\s?[A-Z]{3}[\d, ]/,
  NS: /^/,
};

/** Tags that begin a statement, or stand before its opening balance. Between entries they are text, unless another of them follows. */
const HEADER = new Set(["20", "21", "25", "25P", "28", "28C"]);

const TAG = /^:(\d{2}[A-Z]?|NS):(.*)$/;

/** The line as one with any tag. */
export function anyTag(text: string): TaggedLine | null {
  const match = TAG.exec(text.trimStart());
  return match === null ? null : { tag: match[1] ?? "", value: match[2] ?? "" };
}

/** The line as one that stands before the first entry, where only tags stand. */
export function headerTag(text: string): TaggedLine | null {
  const tagged = anyTag(text);
  return tagged !== null && (HEADER.has(tagged.tag) || tagged.tag in VALUES) ? tagged : null;
}

/** What goes on from a time of day: `15 ON 5 OCTOBER` behind `:20:`. */
const TIME = /^[0-5]\d(?:\D|$)/;

/** Whether a line begins a header: what a tag `20` that is none is not followed by. */
function beginsHeader(text: string | undefined): boolean {
  const tagged = text === undefined ? null : anyTag(text);
  if (tagged === null) return false;
  return /^(?:25P|28C|60[FM])$/.test(tagged.tag) || (HEADER.has(tagged.tag) && !TIME.test(tagged.value));
}

/**
 * The line as one that may stand after an entry; null where it goes on with the entry's text.
 *
 * @param next the line below it
 */
export function entryTag(text: string, next: string | undefined): TaggedLine | null {
  const match = TAG.exec(text);
  if (match === null) return null;
  const [, tag = "", value = ""] = match;
  if (HEADER.has(tag)) return beginsHeader(next) && !(tag === "25" && TIME.test(value)) ? { tag, value } : null;
  return VALUES[tag]?.test(value) === true ? { tag, value } : null;
}
