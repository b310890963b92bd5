/** The bytes of a line, told apart: what is inside a cell, where a cell or a line ends. */

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const LF = 0x0a;
export const CR = 0x0d;
const ZERO = 0x30;
const NINE = 0x39;
const HASH = 0x23;
const POINT = 0x2e;
const APOSTROPHE = 0x27;
const BLANK = 0x20;
const LETTER_E = 0x65;
/** The bit by which a small letter differs from its capital. */
const LOWER = 0x20;
/** From here on bytes are letters, and signs that no number has. */
const LETTERS = 0x41;

/** What a byte is inside a cell: 1 plain, 2 part of a longer character, 0 an end or something to look at carefully. */
function byteKinds(stops: readonly number[]): Uint8Array {
  const kinds = new Uint8Array(256).fill(1, 0x20, 0x7f).fill(2, 0x80);
  kinds[0x09] = 1;
  for (const stop of stops) kinds[stop] = 0;
  return kinds;
}
/** Bytes of a cell with quotes around it. */
export const IN_QUOTES = byteKinds([QUOTE]);
/** Bytes of a cell without. */
export const BARE = byteKinds([QUOTE, COMMA]);

/** Where a cell's text ends: at a byte that is not part of one. */
export function endOfText(bytes: Uint8Array, start: number, quoted: boolean): number {
  const kinds = quoted ? IN_QUOTES : BARE;
  let at = start;
  while ((kinds[bytes[at] ?? 0] ?? 0) > 0) at++;
  return at;
}

/**
 * Whether a text has no blanks at its ends and, as an identifier, nothing that a spreadsheet may have made of it. It errs on
 * the side of no: the careful reading looks closer.
 */
export function isPlain(bytes: Uint8Array, start: number, end: number, id: boolean): boolean {
  const first = bytes[start] ?? 0;
  const last = bytes[end - 1] ?? 0;
  if (first <= 0x20 || last <= 0x20) return false;
  if (!id) return true;
  const second = bytes[start + 1] ?? 0;
  // Identifiers that begin with a letter are of no form that is suspect, nor is `#1001`.
  if (first < ZERO || first > NINE) return first >= LETTERS || (first === HASH && second >= ZERO && second <= NINE);
  // `1E10`; and in other numbers a spreadsheet writes a point, a comma, an apostrophe or a blank.
  if ((second | LOWER) === LETTER_E) return false;
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === POINT || byte === COMMA || byte === APOSTROPHE || byte === BLANK) return false;
  }
  return true;
}

/** Where a cell's plain ASCII ends: `text` has one character per byte, which no other character is. */
export function endOfAscii(bytes: Uint8Array, start: number, quoted: boolean): number {
  const kinds = quoted ? IN_QUOTES : BARE;
  let at = start;
  while (kinds[bytes[at] ?? 0] === 1) at++;
  return at;
}

/** Behind an empty cell too many, if there is one. */
export function afterEmptyCell(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== COMMA) return at;
  return bytes[at + 1] === QUOTE && bytes[at + 2] === QUOTE ? at + 3 : at + 1;
}

/** Where the next line begins, or -1 when no line ends at `at`, or may go on behind the bytes read so far. */
export function afterLine(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return -1;
  if (bytes[at] === LF) return at + 1;
  if (bytes[at] !== CR || at + 1 >= end) return -1;
  return bytes[at + 1] === LF ? at + 2 : at + 1;
}
