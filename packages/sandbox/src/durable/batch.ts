import { crc32 } from "node:zlib";
import { decodeField, encodeField } from "./field.ts";

/** One change of a batch. */
export interface Change {
  readonly collection: string;
  readonly id: string;
  /** What is to be known of the object before it is read, by `Collection.keysOf`. */
  readonly keys: readonly string[];
  /** The object as text without line breaks; `"gone"`: it was deleted; `"emptied"`: so was the whole collection. */
  readonly object: { readonly text: string } | "gone" | "emptied";
}

/** In place of an object's length. */
const GONE = "-";
const EMPTIED = "*";

/**
 * Changes that last all together or not at all, as text: a line that says what follows, then each object on a line of its own.
 *
 *     4b1c9d02 <TAB> 37 <TAB> 99a3e1f7 <TAB> charges <TAB> S01-…-C056351 <TAB> 37 <TAB> 2 <TAB> A1MERCHANT <TAB> S01-…
 *     {"chargeId":"S01-…-C056351", …}
 *
 * The line has its own checksum (CRC-32) over what comes behind the first tab, the length of all objects in bytes, their
 * checksum, and of each change: collection, id, length, number of keys, keys. A start reads these lines and passes over the
 * objects (decisions/0067-restart-of-a-long-history.md).
 */
export class Batch {
  #fields = "";
  #objects = "";
  #bytes = 0;
  readonly #starts: number[] = [];

  add({ collection, id, keys, object }: Change): void {
    let length: string;
    if (typeof object === "string") length = object === "gone" ? GONE : EMPTIED;
    else {
      this.#starts.push(this.#bytes);
      const bytes = Buffer.byteLength(object.text) + 1;
      this.#bytes += bytes;
      this.#objects += `${object.text}\n`;
      length = String(bytes);
    }
    this.#fields += `\t${encodeField(collection)}\t${encodeField(id)}\t${length}\t${keys.length}`;
    for (const key of keys) this.#fields += `\t${encodeField(key)}`;
  }

  get empty(): boolean {
    return this.#fields === "";
  }

  /** The batch as it is written, and where in it each object begins, in bytes. */
  end(): { readonly text: string; readonly starts: readonly number[] } {
    const rest = `${this.#bytes}\t${checksum(this.#objects)}${this.#fields}`;
    const line = `${checksum(rest)}\t${rest}\n`;
    return { text: line + this.#objects, starts: this.#starts.map((start) => start + line.length) };
  }
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, "0");

/** The line of a batch while it is read: first the field of an id, then those of its keys. */
export interface BatchLine {
  /** Has the field between {@link start} and {@link end}. */
  readonly block: Buffer;
  readonly start: number;
  readonly end: number;
  /** How many keys follow. */
  readonly keys: number;
  /** Goes to the next key. Those that nobody asks for are passed over. */
  nextKey(): void;
}

/** Gets the changes of a file, in order. */
export interface BatchReader {
  /** @param at where the object stands in the file, in bytes */
  put(collection: string, line: BatchLine, at: number, length: number): void;
  gone(collection: string, line: BatchLine): void;
  emptied(collection: string): void;
}

/** What a {@link BatchRun} found. */
export interface BatchesRead {
  /** Where the last whole batch ends. */
  readonly end: number;
  /** Whether something unfinished comes after it. */
  readonly cut: boolean;
  /** The batch at `end` is not as it was written. */
  readonly damaged: boolean;
}

const LINE_FEED = 0x0a;
const TAB = 0x09;
const ZERO = 0x30;
const LETTER_A = 0x61;
const BLOCK = 4 * 1024 * 1024;
/** Eight hexadecimal digits and a tab. */
const CHECKSUM = 9;

/** Bytes of a file from a position on. @returns how many there were */
type ReadBytes = (into: Uint8Array, offset: number, at: number) => number;

/** Reads a file of batches, block after block. A batch counts if it is there to its end and both checksums are right. */
export class BatchRun {
  readonly #read: ReadBytes;
  readonly #scanner: Scanner;
  #at: number;
  #start = 0;
  #filled = 0;

  /** @param from where the first batch begins @param block how much is read at once, in bytes */
  constructor(read: ReadBytes, reader: BatchReader, from = 0, block = BLOCK) {
    this.#read = read;
    this.#scanner = new Scanner(reader, block);
    this.#at = from;
  }

  /** Reads a block. @returns undefined where there may be more */
  step(): BatchesRead | undefined {
    for (;;) {
      const size = this.#scanner.batch(this.#start, this.#filled, this.#at);
      if (size === "damaged") return { end: this.#at + this.#start, cut: false, damaged: true };
      if (size === 0) break;
      this.#start += size;
    }
    const block = this.#scanner.keep(this.#start, this.#filled);
    this.#at += this.#start;
    this.#filled -= this.#start;
    this.#start = 0;
    const more = this.#read(block, this.#filled, this.#at + this.#filled);
    this.#filled += more;
    return more === 0 ? { end: this.#at, cut: this.#filled > 0, damaged: false } : undefined;
  }

  /** Reads to the end. */
  all(): BatchesRead {
    for (;;) {
      const found = this.step();
      if (found !== undefined) return found;
    }
  }
}

/** Takes fields out of a block of a file: a start does this for all of a long history, and makes no text that nobody needs. */
class Scanner implements BatchLine {
  readonly #reader: BatchReader;
  readonly #names: { readonly bytes: Uint8Array; readonly name: string }[] = [];
  block: Buffer;
  start = 0;
  end = 0;
  keys = 0;
  #passed = 0;
  /** Where the next field begins, and where the line ends. */
  #next = 0;
  #lineEnd = 0;

  constructor(reader: BatchReader, block: number) {
    this.#reader = reader;
    this.block = Buffer.allocUnsafeSlow(block);
  }

  /** Keeps what was filled from `start` on, in a block with space behind it. */
  keep(start: number, filled: number): Buffer {
    const old = this.block;
    if (filled - start === old.length) this.block = Buffer.allocUnsafeSlow(old.length * 2);
    old.copy(this.block, 0, start, filled);
    return this.block;
  }

  /** Tells of the batch that begins at `start`. @returns its length; 0 when its end is not there */
  batch(start: number, filled: number, at: number): number | "damaged" {
    const block = this.block;
    const found = block.subarray(start, filled).indexOf(LINE_FEED);
    if (found < 0) return 0;
    const lineEnd = start + found;
    this.#lineEnd = lineEnd;
    this.#next = start;
    if (this.#hex() !== crc32(block.subarray(start + CHECKSUM, lineEnd))) return "damaged";
    const bytes = this.#number();
    const objects = lineEnd + 1;
    if (objects + bytes > filled) return 0;
    if (this.#hex() !== crc32(block.subarray(objects, objects + bytes))) return "damaged";
    this.#changes(at + objects);
    return objects + bytes - start;
  }

  nextKey(): void {
    this.#passed += 1;
    this.#field();
  }

  /** @param place where the first object stands in the file */
  #changes(place: number): void {
    while (this.#next < this.#lineEnd) {
      const collection = this.#name();
      this.#field();
      const [start, end] = [this.start, this.end];
      const what = this.block[this.#next];
      const length = this.#number();
      this.keys = this.#number();
      this.#passed = 0;
      this.start = start;
      this.end = end;
      if (what === EMPTIED.charCodeAt(0)) this.#reader.emptied(collection);
      else if (what === GONE.charCodeAt(0)) this.#reader.gone(collection, this);
      else {
        this.#reader.put(collection, this, place, length - 1);
        place += length;
      }
      while (this.#passed < this.keys) this.nextKey();
    }
  }

  #field(): void {
    const { block } = this;
    let end = this.#next;
    while (end < this.#lineEnd && block[end] !== TAB) end += 1;
    this.start = this.#next;
    this.end = end;
    this.#next = end + 1;
  }

  #number(): number {
    this.#field();
    let value = 0;
    for (let at = this.start; at < this.end; at += 1) value = value * 10 + (this.block[at] as number) - ZERO;
    return value;
  }

  /** A checksum; -1 where the field is none. */
  #hex(): number {
    this.#field();
    if (this.end - this.start !== CHECKSUM - 1) return -1;
    let value = 0;
    for (let at = this.start; at < this.end; at += 1) {
      const code = this.block[at] as number;
      const digit = code < LETTER_A ? code - ZERO : code - LETTER_A + 10;
      if (digit < 0 || digit > 15) return -1;
      value = value * 16 + digit;
    }
    return value;
  }

  /** A name of which there are few. */
  #name(): string {
    this.#field();
    const { start, end } = this;
    for (const { bytes, name } of this.#names) if (this.#is(bytes, start, end)) return name;
    const name = decodeField(this.block.toString("latin1", start, end));
    this.#names.push({ bytes: Uint8Array.from(this.block.subarray(start, end)), name });
    return name;
  }

  #is(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes.length !== end - start) return false;
    for (let at = 0; at < bytes.length; at += 1) if (bytes[at] !== this.block[start + at]) return false;
    return true;
  }
}
