import type { Buffer } from "node:buffer";

/** This many words of a column are remembered; a column with more distinct words gains nothing from it. */
const MAX_DISTINCT_VALUES = 8;

const MAX_VALUE_LENGTH = 64;

const COMMA = 0x2c;

interface CachedCell {
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Has a comma, and so is one cell only between quotes. */
  readonly quotedOnly: boolean;
}

/**
 * Remembers the last words of a column, so that a row finds its text by comparing bytes, and equal texts are one string.
 */
export class CellCache {
  readonly #words: CachedCell[] = [];
  #oldest = 0;

  /**
   * The remembered text whose bytes stand at `at` with `closing` behind them, or `null`.
   *
   * The bytes of a window end with a zero, which no word has: comparing stops there by itself.
   */
  find(bytes: Uint8Array, at: number, closing: number): CachedCell | null {
    const words = this.#words;
    for (let index = 0; index < words.length; index++) {
      const word = words[index];
      if (word === undefined) break;
      const { length } = word.bytes;
      if (bytes[at + length] !== closing || (word.quotedOnly && closing === COMMA)) continue;
      let same = 0;
      while (same < length && bytes[at + same] === word.bytes[same]) same++;
      if (same === length) return word;
    }
    return null;
  }

  /** Remembers a word, in place of the oldest one if there are many. */
  add(bytes: Buffer, start: number, end: number, text: string): void {
    if (end - start > MAX_VALUE_LENGTH) return;
    const copy = Uint8Array.prototype.slice.call(bytes, start, end);
    const word = { bytes: copy, text, quotedOnly: copy.includes(COMMA) };
    if (this.#words.length < MAX_DISTINCT_VALUES) this.#words.push(word);
    else {
      this.#words[this.#oldest] = word;
      this.#oldest = (this.#oldest + 1) % MAX_DISTINCT_VALUES;
    }
  }
}
