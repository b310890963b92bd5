import { decodeField, encodeField } from "./field.ts";
import { Numbers } from "./numbers.ts";
import type { PartReader } from "./parts.ts";

/**
 * Texts, each once, with numbers from 0 on in order of arrival.
 *
 * They stay the bytes that stood in the file, in one block of memory: a start of a long history makes no strings of the ids
 * and keys that nobody asks for, which costs several times as much as all else that it does.
 */
export class TextTable {
  #bytes: Buffer;
  /** Where each text ends; it begins where the one before ends. */
  #ends: Numbers;
  #hashes: Numbers;
  /** Open addressing: numbers from 1 on, 0 where there is none. At least half of them are 0. */
  #slots: Int32Array;
  /** The slots before they became too few, and how many of its texts have a slot among the new ones already. */
  #former: { readonly slots: Int32Array; readonly count: number; moved: number } | undefined;
  #last = -1;

  /** @param expected how many there will be, roughly: finding places anew for all that there are takes long */
  constructor(expected = 0) {
    this.#bytes = Buffer.allocUnsafeSlow(4096 + expected * USUAL_LENGTH);
    this.#ends = Numbers.places(expected);
    this.#hashes = Numbers.whole(expected);
    this.#slots = new Int32Array(Math.max(1024, 2 ** Math.ceil(Math.log2(expected * 2 + 2))));
  }

  /** What {@link parts} gave. */
  static read(parts: PartReader): TextTable {
    const table = new TextTable();
    table.#bytes = parts.bytes();
    table.#ends = Numbers.readPlaces(parts);
    table.#hashes = Numbers.readWhole(parts);
    table.#slots = parts.whole();
    return table;
  }

  /** What {@link read} needs, in its order. */
  parts(): readonly ArrayBufferView[] {
    while (this.#former !== undefined) this.#moveSome(this.#former);
    return [this.#bytes.subarray(0, this.#used), this.#ends.part, this.#hashes.part, this.#slots];
  }

  get #used(): number {
    return this.#ends.length === 0 ? 0 : this.#ends.at(this.#ends.length - 1);
  }

  /** The number of a field of a batch's line; a new one where it was not there. */
  add(from: Uint8Array, start: number, end: number): number {
    // Often the same text comes again and again, such as the merchant's id.
    if (this.#last < 0 || !this.#is(this.#last, from, start, end)) this.#last = this.#put(from, start, end);
    return this.#last;
  }

  #put(from: Uint8Array, start: number, end: number): number {
    let hash = BASIS;
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (from[at] as number), PRIME);
    const known = this.#look(hash, from, start, end);
    if (known >= 0) return known;
    if (this.#former !== undefined) this.#moveSome(this.#former);
    const used = this.#used;
    if (used + end - start > this.#bytes.length) {
      const longer = Buffer.allocUnsafeSlow((used + end - start) * 2);
      this.#bytes.copy(longer, 0, 0, used);
      this.#bytes = longer;
    }
    this.#bytes.set(from.subarray(start, end), used);
    this.#hashes.push(hash);
    const number = this.#ends.push(used + end - start);
    this.#take(number, hash);
    if (this.#ends.length * 2 > this.#slots.length) this.#widen();
    return number;
  }

  /** The number of a text; -1 where it is not there. */
  #look(hash: number, from: Uint8Array, start: number, end: number): number {
    const found = this.#lookIn(this.#slots, hash, from, start, end);
    return found < 0 && this.#former !== undefined ? this.#lookIn(this.#former.slots, hash, from, start, end) : found;
  }

  #lookIn(slots: Int32Array, hash: number, from: Uint8Array, start: number, end: number): number {
    const mask = slots.length - 1;
    for (let slot = mixed(hash) & mask; ; slot = (slot + 1) & mask) {
      const number = (slots[slot] as number) - 1;
      if (number < 0) return -1;
      if (this.#hashes.at(number) === hash && this.#is(number, from, start, end)) return number;
    }
  }

  #take(number: number, hash: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = mixed(hash) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = number + 1;
  }

  /** The number of a text; -1 where it is not there. */
  find(text: string): number {
    const field = Buffer.from(encodeField(text), "latin1");
    let hash = BASIS;
    for (const byte of field) hash = Math.imul(hash ^ byte, PRIME);
    return this.#look(hash, field, 0, field.length);
  }

  text(number: number): string {
    return decodeField(this.#bytes.toString("latin1", this.#startOf(number), this.#ends.at(number)));
  }

  #startOf(number: number): number {
    return number === 0 ? 0 : this.#ends.at(number - 1);
  }

  #is(number: number, from: Uint8Array, start: number, end: number): boolean {
    let own = this.#startOf(number);
    if (this.#ends.at(number) - own !== end - start) return false;
    for (let at = start; at < end; at += 1, own += 1) if (from[at] !== this.#bytes[own]) return false;
    return true;
  }

  /** Finding new slots for all texts at once would take as long as many calls: each new text brings some of the others along. */
  #widen(): void {
    while (this.#former !== undefined) this.#moveSome(this.#former);
    this.#former = { slots: this.#slots, count: this.#ends.length, moved: 0 };
    this.#slots = new Int32Array(this.#slots.length * 4);
  }

  #moveSome(former: { readonly count: number; moved: number }): void {
    const end = Math.min(former.count, former.moved + AT_ONCE);
    for (let number = former.moved; number < end; number += 1) this.#take(number, this.#hashes.at(number));
    former.moved = end;
    if (end === former.count) this.#former = undefined;
  }
}

/** Texts that move to new slots with each one that comes. */
const AT_ONCE = 32;

/** Of an id, in bytes. */
const USUAL_LENGTH = 28;

/** FNV-1a of 32 bits. */
const BASIS = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/** The high bits of a hash have seen more than the low ones, which choose the slot. */
const mixed = (hash: number): number => hash ^ (hash >>> 15);
