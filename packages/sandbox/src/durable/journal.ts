import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { State } from "../engine/state.ts";
import { encode } from "./codec.ts";
import { makeFolder } from "./make-folder.ts";
import { replay } from "./replay.ts";
import { StoreError } from "./store-error.ts";
import type { Store } from "./store.ts";

const FILE = /^journal-(\d{6,})\.ndjson$/;

/** A journal shorter than this is not written anew, in bytes. */
const SMALL = 32 * 1024 * 1024;

/** Most objects on one line of a journal that is written anew. */
const PER_LINE = 256;

/**
 * State in an append-only file: one line per answered call, with every object that it changed. A line without its end was
 * cut off by the death of the process before the call was answered, and is dropped at the next start.
 *
 * A line is handed to the operating system before the answer goes out, so that it outlives the process, together with
 * those of the calls that came at the same time; it is not forced to the disk, so that it need not outlive the machine (decisions/0076-sandbox-journal.md).
 */
export class Journal implements Store {
  readonly #folder: string;
  #number = 0;
  #descriptor: number | undefined;
  #bytes = 0;
  #shortest = 0;
  #broken: unknown;
  #changed: Change[] = [];
  #latest = new Map<string, number>();
  /** Whole lines that are not written yet. */
  #lines = "";
  /** Lines become bytes here: one buffer for all of them. */
  #scratch = Buffer.allocUnsafeSlow(64 * 1024);

  /** @throws StoreError `store.unusable` for a folder that cannot be made */
  constructor(folder: string) {
    this.#folder = folder;
    makeFolder(folder);
  }

  put(collection: string, id: string, value: unknown): void {
    const key = `${collection}\n${id}`;
    const known = this.#latest.get(key);
    if (known !== undefined) {
      this.#changed[known] = { collection, id, value, gone: false };
      return;
    }
    this.#latest.set(key, this.#changed.length);
    this.#changed.push({ collection, id, value, gone: false });
  }

  delete(collection: string, id: string): void {
    const key = `${collection}\n${id}`;
    this.#latest.delete(key);
    this.#changed.push({ collection, id, value: undefined, gone: true });
  }

  load(state: State): boolean {
    const numbers = readdirSync(this.#folder)
      .map((name) => FILE.exec(name)?.[1])
      .filter((number) => number !== undefined)
      .sort((left, right) => Number(right) - Number(left));
    for (const name of readdirSync(this.#folder)) if (name.endsWith(".tmp")) rmSync(join(this.#folder, name));
    const [newest, ...older] = numbers;
    for (const number of older) rmSync(this.#path(Number(number)));
    this.#number = Number(newest ?? 1);
    const path = this.#path(this.#number);
    if (newest !== undefined) {
      const { end, cut } = replay(path, state);
      if (cut) this.#attempt("cut off the unfinished line", () => truncateSync(path, end));
      this.#bytes = end;
      this.#shortest = end;
    }
    this.#descriptor = this.#attempt("open the journal", () => openSync(path, "a", 0o600));
    this.#changed = [];
    this.#latest.clear();
    this.#lines = "";
    return newest !== undefined && this.#bytes > 0;
  }

  commit(): void {
    if (this.#broken !== undefined) throw notWritten(this.#folder, this.#broken);
    if (this.#changed.length === 0) return;
    this.#lines += `${encode(this.#changed.map(rowOf))}\n`;
    this.#changed = [];
    this.#latest.clear();
  }

  flush(): void {
    if (this.#broken !== undefined) throw notWritten(this.#folder, this.#broken);
    if (this.#lines === "") return;
    const lines = this.#lines;
    this.#lines = "";
    try {
      this.#append(this.#descriptor, lines);
    } catch (error) {
      // Memory is ahead of the disk from here on; going on would answer what a restart forgets.
      this.#broken = error;
      throw notWritten(this.#folder, error);
    }
  }

  tidy(state: State): void {
    if (this.#broken !== undefined || this.#bytes < Math.max(SMALL, this.#shortest * 3)) return;
    this.commit();
    this.flush();
    const next = this.#number + 1;
    const temporary = `${this.#path(next)}.tmp`;
    const before = this.#bytes;
    this.#bytes = 0;
    const descriptor = openSync(temporary, "w", 0o600);
    for (const collection of state.collections()) {
      let batch: unknown[] = [];
      const flush = (): void => {
        if (batch.length > 0) this.#append(descriptor, `${encode(batch)}\n`);
        batch = [];
      };
      for (const [id, value] of collection.entries()) {
        batch.push([collection.name, id, value]);
        if (batch.length === PER_LINE) flush();
      }
      flush();
    }
    fsyncSync(descriptor);
    renameSync(temporary, this.#path(next));
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    rmSync(this.#path(this.#number));
    this.#descriptor = descriptor;
    this.#number = next;
    this.#shortest = Math.min(this.#bytes, before);
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#broken = new Error("the journal is closed");
  }

  #append(descriptor: number | undefined, text: string): void {
    if (descriptor === undefined) throw new Error("the journal is not open");
    // Three bytes are the most that a UTF-16 unit takes in UTF-8.
    if (this.#scratch.length < text.length * 3) this.#scratch = Buffer.allocUnsafeSlow(text.length * 4);
    const length = this.#scratch.write(text);
    let written = 0;
    while (written < length) written += writeSync(descriptor, this.#scratch, written, length - written);
    this.#bytes += length;
  }

  #path(number: number): string {
    return join(this.#folder, `journal-${String(number).padStart(6, "0")}.ndjson`);
  }

  #attempt<T>(what: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw new StoreError("store.unusable", `cannot ${what} in ${this.#folder}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}

interface Change {
  readonly collection: string;
  readonly id: string;
  /** Written as it is when the change is committed, so that an object put twice is written once. */
  readonly value: unknown;
  readonly gone: boolean;
}

const rowOf = ({ collection, id, value, gone }: Change): unknown => (gone ? [collection, id] : [collection, id, value]);

function notWritten(folder: string, cause: unknown): StoreError {
  return new StoreError(
    "store.not-written",
    `the state cannot be written to ${folder}: ${(cause as Error).message}. Make room and start the sandbox again.`,
    { cause },
  );
}
