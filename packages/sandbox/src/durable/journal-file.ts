import { readSync } from "node:fs";
import { decode } from "./codec.ts";
import { StoreError } from "./store-error.ts";

/** Read at once, in bytes: objects that are asked for one after the other stand beside each other mostly. */
const WINDOW = 64 * 1024;

/** A journal as one in which objects are read. */
export class JournalFile {
  readonly #path: () => string;
  #descriptor: number | undefined;
  #window: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;

  /** @param path the file's, for messages */
  constructor(path: () => string) {
    this.#path = path;
  }

  /** The file that is read from now on; undefined when it is closed. */
  use(descriptor: number | undefined): void {
    this.#descriptor = descriptor;
    this.#end = 0;
  }

  /** @throws StoreError `store.damaged` */
  text(offset: number, length: number): string {
    if (offset < this.#start || offset + length > this.#end) this.#fill(offset, length);
    return this.#window.toString("utf8", offset - this.#start, offset - this.#start + length);
  }

  /** @throws StoreError `store.damaged` */
  object(offset: number, length: number): unknown {
    const text = this.text(offset, length);
    try {
      return decode(text);
    } catch (error) {
      throw this.#unreadable(offset, (error as Error).message, error);
    }
  }

  #fill(offset: number, length: number): void {
    if (this.#descriptor === undefined) throw this.#unreadable(offset, "the sandbox is closed");
    if (this.#window.length < length) this.#window = Buffer.allocUnsafeSlow(Math.max(WINDOW, length));
    this.#start = offset;
    this.#end = offset;
    try {
      while (this.#end < offset + length) {
        const filled = this.#end - offset;
        const size = readSync(this.#descriptor, this.#window, filled, this.#window.length - filled, this.#end);
        if (size === 0) throw new Error("the file is shorter than it was");
        this.#end += size;
      }
    } catch (error) {
      this.#end = 0;
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
