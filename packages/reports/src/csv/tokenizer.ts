/** What {@link Tokenizer.scan} found. */
export const SCAN = {
  /** The record does not end within the bytes read so far: more are needed. */
  incomplete: 0,
  record: 1,
  /** Nothing but a line end, or blanks. */
  blank: 2,
  /** A quote where none may be: see {@link Tokenizer.problem}. */
  damaged: 3,
} as const;

/** One of {@link SCAN}. */
export type ScanResult = (typeof SCAN)[keyof typeof SCAN];

/** What a cell holds beside plain ASCII; the flags of a cell are a sum of these. */
export const CELL = { quoted: 1, doubledQuotes: 2, nonAscii: 4, control: 8 } as const;

const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;
const TAB = 0x09;
const SPACE = 0x20;
const DELETE = 0x7f;

/**
 * Finds the cells of one comma-separated record in bytes, without decoding them.
 *
 * RFC 4180, strictly: a quoted cell ends in a quote before a separator or a line end, quotes inside are doubled, an
 * unquoted cell has no quotes. LF, CRLF and CR each end a line. Nothing is copied or allocated but the positions.
 * It works on bytes because every character that matters is ASCII, and no byte of a longer UTF-8 character is.
 */
export class Tokenizer {
  /** How many cells {@link starts}, {@link ends} and {@link flags} hold after a scan. */
  count = 0;
  /** Positions of the contents of cells, without quotes around them. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly flags: number[] = [];
  /** Where the next record begins. */
  next = 0;
  /** How many physical lines the record takes. */
  lines = 0;
  /** Why a record is damaged. */
  problem: "quote-in-unquoted-cell" | "text-after-quoted-cell" = "quote-in-unquoted-cell";
  /** Number, from 0, of the cell where the damage was seen. */
  problemCell = 0;
  /** Whether an incomplete record stopped inside a quoted cell. */
  openQuote = false;

  readonly #separator: number;

  /** @param separator one ASCII character. Default `,`. */
  constructor(separator = ",") {
    this.#separator = separator.charCodeAt(0);
  }

  /**
   * Scans the record that starts at `start`.
   *
   * @param end where the bytes read so far end
   * @param last whether nothing follows them
   */
  scan(bytes: Uint8Array, start: number, end: number, last: boolean): ScanResult {
    this.count = 0;
    this.lines = 0;
    this.openQuote = false;
    let position = start;
    for (;;) {
      const after =
        position < end && bytes[position] === QUOTE
          ? this.#quoted(bytes, position + 1, end, last)
          : this.#unquoted(bytes, position, end);
      if (after < 0) return after === -1 ? SCAN.incomplete : SCAN.damaged;
      if (after >= end) {
        if (!last) return SCAN.incomplete;
        this.next = end;
        this.lines++;
        return this.#complete(bytes, start);
      }
      const byte = bytes[after];
      if (byte === this.#separator) {
        position = after + 1;
        if (position >= end && !last) return SCAN.incomplete;
        continue;
      }
      if (byte === CR && after + 1 >= end && !last) return SCAN.incomplete;
      this.next = byte === CR && after + 1 < end && bytes[after + 1] === LF ? after + 2 : after + 1;
      this.lines++;
      return this.#complete(bytes, start);
    }
  }

  #complete(bytes: Uint8Array, start: number): ScanResult {
    if (this.count !== 1 || ((this.flags[0] ?? 0) & CELL.quoted) !== 0) return SCAN.record;
    for (let at = start; at < (this.ends[0] ?? 0); at++) {
      if (bytes[at] !== SPACE && bytes[at] !== TAB) return SCAN.record;
    }
    return SCAN.blank;
  }

  /** Returns where the cell's separator or line end is, -1 for more bytes, -2 for damage. */
  #quoted(bytes: Uint8Array, start: number, end: number, last: boolean): number {
    let flags: number = CELL.quoted;
    let at = start;
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        if (at + 1 >= end && !last) break;
        const following = at + 1 < end ? bytes[at + 1] : LF;
        if (following === QUOTE) {
          flags |= CELL.doubledQuotes;
          at++;
        } else if (following === this.#separator || following === LF || following === CR) {
          this.#add(start, at, flags);
          return at + 1;
        } else {
          this.problem = "text-after-quoted-cell";
          this.problemCell = this.count;
          return -2;
        }
      } else if (byte >= 0x80) flags |= CELL.nonAscii;
      else if (byte < SPACE) {
        if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) this.lines++;
        else if (byte !== CR && byte !== TAB) flags |= CELL.control;
      } else if (byte === DELETE) flags |= CELL.control;
    }
    this.openQuote = true;
    return -1;
  }

  #unquoted(bytes: Uint8Array, start: number, end: number): number {
    let flags = 0;
    let at = start;
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === this.#separator || byte === LF || byte === CR) break;
      if (byte === QUOTE) {
        this.problem = "quote-in-unquoted-cell";
        this.problemCell = this.count;
        return -2;
      }
      if (byte >= 0x80) flags |= CELL.nonAscii;
      else if ((byte < SPACE && byte !== TAB) || byte === DELETE) flags |= CELL.control;
    }
    this.#add(start, at, flags);
    return at;
  }

  #add(start: number, end: number, flags: number): void {
    const index = this.count++;
    this.starts[index] = start;
    this.ends[index] = end;
    this.flags[index] = flags;
  }
}

/**
 * Where the line after the one at `start` begins; `end` where this is the last one, -1 where more bytes are needed.
 */
export function nextLine(bytes: Uint8Array, start: number, end: number, last: boolean): number {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === LF) return at + 1;
    if (byte === CR) {
      if (at + 1 < end) return bytes[at + 1] === LF ? at + 2 : at + 1;
      return last ? end : -1;
    }
  }
  return last ? end : -1;
}
