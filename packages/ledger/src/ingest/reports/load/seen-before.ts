/** 32-bit FNV-1a over the UTF-16 units of a text, going on from `start`. */
export function hashText(text: string, start: number): number {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  return hash;
}

/** Goes on from `start` with a number: its low 32 bits and what is above them. */
export function hashNumber(value: number, start: number): number {
  const low = Math.imul(start ^ (value | 0), 16_777_619);
  return Math.imul(low ^ Math.trunc(value / 4_294_967_296), 16_777_619);
}

/** Spreads the bits of a hash, so that each of them depends on all. */
export function mix(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2_ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

export const HASH_START = 0x811c_9dc5;

const LEAST_BITS = 2 ** 16;
const MOST_BITS = 2 ** 28;
const BITS_A_ROW = 16;
const PROBES = 4;

/**
 * Says whether a row may have come before in the file, in memory that does not grow with the file.
 *
 * A Bloom filter: "no" is certain; "yes" is wrong for fewer than three rows in a thousand, more in files beyond 16 million
 * rows. The database looks at those that may.
 */
export class SeenBefore {
  readonly #bits: Uint32Array;
  readonly #mask: number;

  constructor(expectedRows: number) {
    const wanted = Math.min(Math.max(expectedRows * BITS_A_ROW, LEAST_BITS), MOST_BITS);
    const size = 2 ** Math.ceil(Math.log2(wanted));
    this.#bits = new Uint32Array(size / 32);
    this.#mask = size - 1;
  }

  /** Whether a row with these two independent hashes may have been added before; adds it. */
  add(first: number, second: number): boolean {
    let seen = true;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = (first + Math.imul(probe, second | 1)) & this.#mask;
      const word = bit >>> 5;
      const flag = 1 << (bit & 31);
      const flags = this.#bits[word] ?? 0;
      if ((flags & flag) !== 0) continue;
      this.#bits[word] = flags | flag;
      seen = false;
    }
    return seen;
  }
}
