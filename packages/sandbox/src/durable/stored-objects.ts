import { readSync } from "node:fs";
import type { UnreadObjects } from "../engine/collection.ts";
import { decode } from "./codec.ts";
import { StoreError } from "./store-error.ts";

/** Read at once, in bytes: objects that are asked for one after the other stand beside each other mostly. */
const WINDOW = 64 * 1024;

/** Where the objects of a journal stand that nobody has asked for yet, by number. */
export class StoredObjects implements UnreadObjects {
  readonly #path: () => string;
  #descriptor: number | undefined;
  #offsets = new Float64Array(1024);
  #lengths = new Uint32Array(1024);
  #count = 0;
  /** Keys of all objects, one object's beside each other; with how many there were before an object's own. */
  #keys: string[] = [];
  #firstKeys = new Uint32Array(1025);
  #window: Buffer = Buffer.alloc(0);
  #windowAt = 0;
  #windowEnd = 0;

  /** @param path the file's, for messages */
  constructor(path: () => string) {
    this.#path = path;
  }

  get count(): number {
    return this.#count;
  }

  /** Takes a key of the object that is added next. */
  addKey(key: string): void {
    this.#keys.push(key);
  }

  /** @returns the object's number */
  add(offset: number, length: number): number {
    const place = this.#count;
    if (place === this.#offsets.length) {
      this.#offsets = grown(this.#offsets, new Float64Array(place * 2));
      this.#lengths = grown(this.#lengths, new Uint32Array(place * 2));
      this.#firstKeys = grown(this.#firstKeys, new Uint32Array(place * 2 + 1));
    }
    this.#offsets[place] = offset;
    this.#lengths[place] = length;
    this.#firstKeys[place + 1] = this.#keys.length;
    this.#count += 1;
    return place;
  }

  /** The object stands elsewhere now. */
  replace(place: number, offset: number, length: number): void {
    this.#offsets[place] = offset;
    this.#lengths[place] = length;
  }

  keys(place: number, count: number): { readonly keys: readonly string[]; readonly first: number } | undefined {
    const first = this.#firstKeys[place] ?? 0;
    return (this.#firstKeys[place + 1] ?? 0) - first === count ? { keys: this.#keys, first } : undefined;
  }

  /** Everybody has the keys now. */
  forgetKeys(): void {
    this.#keys = [];
    this.#firstKeys = new Uint32Array(0);
  }

  /** Where they are read from. @param offsets of all of them, where they are others than before */
  readFrom(descriptor: number | undefined, offsets = this.#offsets): void {
    this.#descriptor = descriptor;
    this.#offsets = offsets;
    this.#windowEnd = 0;
  }

  text(place: number): string {
    const [offset, length] = [this.#offsets[place] ?? 0, this.#lengths[place] ?? 0];
    if (offset < this.#windowAt || offset + length > this.#windowEnd) this.#fill(offset, length);
    const start = offset - this.#windowAt;
    return this.#window.toString("utf8", start, start + length);
  }

  read(place: number): unknown {
    const text = this.text(place);
    try {
      return decode(text);
    } catch (error) {
      throw this.#unreadable(this.#offsets[place] ?? 0, (error as Error).message, error);
    }
  }

  #fill(offset: number, length: number): void {
    if (this.#descriptor === undefined) throw this.#unreadable(offset, "the sandbox is closed");
    if (this.#window.length < length) this.#window = Buffer.allocUnsafeSlow(Math.max(WINDOW, length));
    this.#windowAt = offset;
    this.#windowEnd = offset;
    try {
      while (this.#windowEnd < offset + length) {
        const filled = this.#windowEnd - offset;
        const size = readSync(this.#descriptor, this.#window, filled, this.#window.length - filled, this.#windowEnd);
        if (size === 0) throw new Error("the file is shorter than it was");
        this.#windowEnd += size;
      }
    } catch (error) {
      this.#windowEnd = 0;
      throw this.#unreadable(offset, (error as Error).message, error);
    }
  }

  #unreadable(offset: number, why: string, cause?: unknown): StoreError {
    return new StoreError(
      "store.damaged",
      `the object at byte ${offset} of ${this.#path()} cannot be read: ${why}. Put back a copy of the folder, or start with another one.`,
      { cause },
    );
  }
}

function grown<A extends Float64Array | Uint32Array>(old: A, longer: A): A {
  longer.set(old);
  return longer;
}
