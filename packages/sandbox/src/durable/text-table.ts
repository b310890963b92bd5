import { decodeField, encodeField } from "./field.ts";

/**
 * Texts, each once, with numbers from 0 on in order of arrival.
 *
 * They stay the bytes that stood in the file, in one block of memory: a start of a long history makes no strings of the ids
 * and keys that nobody asks for, which costs several times as much as all else that it does.
 */
export class TextTable {
  #bytes = Buffer.allocUnsafeSlow(16 * 1024);
  /** Where each text ends; it begins where the one before ends. */
  readonly #ends: number[] = [];
  readonly #hashes: number[] = [];
  /** Open addressing: numbers from 1 on, 0 where there is none. At least half of them are 0. */
  #slots = new Int32Array(1024);
  #last = -1;

  /** The number of a field of a batch's line; a new one where it was not there. */
  add(from: Uint8Array, start: number, end: number): number {
    // Often the same text comes again and again, such as the merchant's id.
    if (this.#last < 0 || !this.#is(this.#last, from, start, end)) this.#last = this.#put(from, start, end);
    return this.#last;
  }

  #put(from: Uint8Array, start: number, end: number): number {
    let hash = BASIS;
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (from[at] as number), PRIME);
    const mask = this.#slots.length - 1;
    let slot = mixed(hash) & mask;
    for (let number = this.#slots[slot] as number; number > 0; number = this.#slots[slot] as number) {
      if (this.#hashes[number - 1] === hash && this.#is(number - 1, from, start, end)) return number - 1;
      slot = (slot + 1) & mask;
    }
    const used = this.#ends.at(-1) ?? 0;
    if (used + end - start > this.#bytes.length) {
      const longer = Buffer.allocUnsafeSlow((used + end - start) * 2);
      this.#bytes.copy(longer, 0, 0, used);
      this.#bytes = longer;
    }
    this.#bytes.set(from.subarray(start, end), used);
    this.#hashes.push(hash);
    this.#slots[slot] = this.#ends.push(used + end - start);
    if (this.#ends.length * 2 > this.#slots.length) this.#widen();
    return this.#ends.length - 1;
  }

  /** The number of a text; -1 where it is not there. */
  find(text: string): number {
    const field = Buffer.from(encodeField(text), "latin1");
    let hash = BASIS;
    for (const byte of field) hash = Math.imul(hash ^ byte, PRIME);
    const mask = this.#slots.length - 1;
    for (let slot = mixed(hash) & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] as number) - 1;
      if (number < 0) return -1;
      if (this.#hashes[number] === hash && this.#is(number, field, 0, field.length)) return number;
    }
  }

  text(number: number): string {
    return decodeField(this.#bytes.toString("latin1", this.#startOf(number), this.#ends[number]));
  }

  #startOf(number: number): number {
    return number === 0 ? 0 : (this.#ends[number - 1] as number);
  }

  #is(number: number, from: Uint8Array, start: number, end: number): boolean {
    let own = this.#startOf(number);
    if ((this.#ends[number] as number) - own !== end - start) return false;
    for (let at = start; at < end; at += 1, own += 1) if (from[at] !== this.#bytes[own]) return false;
    return true;
  }

  #widen(): void {
    const slots = new Int32Array(this.#slots.length * 4);
    const mask = slots.length - 1;
    for (const [number, hash] of this.#hashes.entries()) {
      let slot = mixed(hash) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

/** FNV-1a of 32 bits. */
const BASIS = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/** The high bits of a hash have seen more than the low ones, which choose the slot. */
const mixed = (hash: number): number => hash ^ (hash >>> 15);
