import {
  closeSync,
  fdatasyncSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rm,
  rmSync,
  truncateSync,
} from "node:fs";
import { join } from "node:path";
import type { State } from "../engine/state.ts";
import { decode, encode } from "./codec.ts";
import { LineWriter } from "./line-writer.ts";
import { Rewrite } from "./rewrite.ts";
import { makeFolder, StoreError } from "./store-error.ts";
import type { Store } from "./store.ts";

const BLOCK = 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * Reads a journal into a state.
 *
 * @returns where its last whole line ends, and whether something unfinished comes after it
 * @throws StoreError `store.damaged` for a whole line that cannot be read
 */
function replay(path: string, state: State): { readonly end: number; readonly cut: boolean } {
  const descriptor = openSync(path, "r");
  try {
    let end = 0;
    let number = 0;
    // Blocks of a line whose end has not come yet: put together once, however many they are.
    let begun: Buffer[] = [];
    for (;;) {
      const block = Buffer.allocUnsafe(BLOCK);
      const size = readSync(descriptor, block);
      if (size === 0) return { end, cut: begun.length > 0 };
      let start = 0;
      for (let at = block.indexOf(LINE_FEED); at >= 0 && at < size; at = block.indexOf(LINE_FEED, start)) {
        const last = block.subarray(start, at);
        const line = begun.length === 0 ? last : Buffer.concat([...begun, last]);
        begun = [];
        number += 1;
        apply(line.toString("utf8"), state, path, number);
        end += line.length + 1;
        start = at + 1;
      }
      if (start < size) begun.push(block.subarray(start, size));
    }
  } finally {
    closeSync(descriptor);
  }
}

function apply(line: string, state: State, path: string, number: number): void {
  let changes: unknown;
  try {
    changes = decode(line);
  } catch (error) {
    throw damaged(path, number, error);
  }
  if (!Array.isArray(changes)) throw damaged(path, number);
  for (const change of changes as unknown[]) {
    if (!Array.isArray(change)) throw damaged(path, number);
    const [collection, id, value] = change as unknown[];
    if (typeof collection !== "string" || typeof id !== "string") throw damaged(path, number);
    if (change.length === 2) state.named(collection).forget(id);
    else state.named(collection).restore(id, value);
  }
}

function damaged(path: string, line: number, cause?: unknown): StoreError {
  return new StoreError(
    "store.damaged",
    `line ${line} of ${path} cannot be read. Put back a copy of the folder, or start with another one.`,
    { cause },
  );
}

const FILE = /^journal-(\d{6,})\.ndjson$/;

/** A journal shorter than this is not written anew, in bytes. */
const SMALL = 32 * 1024 * 1024;

/** How a journal is kept. */
export interface JournalOptions {
  /** Force each write to the disk before its answers go out, so that they outlive a power cut too. Default false. */
  readonly fsync?: boolean | undefined;
  /** A journal shorter than this is not written anew, in bytes. Default 32 MiB. */
  readonly smallest?: number | undefined;
}

/**
 * State in an append-only file: one line per answered call, with every object that it changed. A line without its end was
 * cut off by the death of the process before the call was answered, and is dropped at the next start.
 *
 * A line is handed to the operating system before the answer goes out, so that it outlives the process, together with
 * those of the calls that came at the same time; it is forced to the disk, so that it outlives the machine, only on request
 * (decisions/0031-sandbox-journal.md).
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
  readonly #writer = new LineWriter();
  readonly #forced: boolean;
  readonly #smallest: number;
  #rewrite: Rewrite | undefined;
  /** Why the last rewrite came to nothing; told at the next {@link tidy}. */
  #failed: unknown;

  /** @throws StoreError `store.unusable` for a folder that cannot be made */
  constructor(folder: string, options: JournalOptions = {}) {
    this.#folder = folder;
    this.#forced = options.fsync ?? false;
    this.#smallest = options.smallest ?? SMALL;
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
      if (this.#descriptor === undefined) throw new Error("the journal is not open");
      this.#bytes += this.#writer.write(this.#descriptor, lines);
      if (this.#forced) fdatasyncSync(this.#descriptor);
    } catch (error) {
      // Memory is ahead of the disk from here on; going on would answer what a restart forgets.
      this.#broken = error;
      throw notWritten(this.#folder, error);
    }
    try {
      this.#rewrite?.add(lines);
    } catch (error) {
      this.#giveUp(error);
    }
  }

  tidy(state: State): void {
    const failed = this.#failed;
    this.#failed = undefined;
    if (failed !== undefined) throw notRewritten(this.#folder, failed);
    if (this.#rewrite !== undefined || this.#broken !== undefined) return;
    if (this.#bytes < Math.max(this.#smallest, this.#shortest * 3)) return;
    this.#rewrite = new Rewrite(`${this.#path(this.#number + 1)}.tmp`, state);
    this.#goOn();
  }

  /** Writes a slice and lets other work have its turn; after the last one the new journal comes into force. */
  #goOn(): void {
    const rewrite = this.#rewrite;
    if (rewrite === undefined) return;
    const then = (next: () => void) => (error: Error | null) => {
      if (this.#rewrite !== rewrite) return;
      if (error === null) next();
      else this.#giveUp(error);
    };
    try {
      if (rewrite.step()) rewrite.pause(then(() => this.#goOn()));
      else rewrite.force(then(() => this.#swap(rewrite)));
    } catch (error) {
      this.#giveUp(error);
    }
  }

  /** The new journal takes the place of the old one, whose lines it holds in their last state. */
  #swap(rewrite: Rewrite): void {
    try {
      // What a call has changed that is still under way stands in the new journal already: it has to be whole.
      this.commit();
      this.flush();
      rewrite.release();
      renameSync(rewrite.path, this.#path(this.#number + 1));
    } catch (cause) {
      this.#giveUp(cause);
      return;
    }
    const [descriptor, old] = [this.#descriptor, this.#path(this.#number)];
    if (descriptor !== undefined) closeSync(descriptor);
    this.#descriptor = rewrite.descriptor;
    this.#number += 1;
    this.#shortest = Math.min(rewrite.bytes, this.#bytes);
    this.#bytes = rewrite.bytes;
    this.#rewrite = undefined;
    // Taking a long file away takes long; one that stays is taken away at the next start.
    rm(old, { force: true }, () => undefined);
  }

  /** The old journal stays; the next attempt waits until it has grown further. */
  #giveUp(cause: unknown): void {
    this.#rewrite?.abandon();
    this.#rewrite = undefined;
    this.#shortest = this.#bytes;
    this.#failed = cause;
  }

  close(): void {
    this.#rewrite?.abandon();
    this.#rewrite = undefined;
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#broken = new Error("the journal is closed");
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

function notRewritten(folder: string, cause: unknown): StoreError {
  return new StoreError(
    "store.not-written",
    `the journal in ${folder} cannot be written anew, and stays as long as it is: ${(cause as Error).message}. Free some space.`,
    { cause },
  );
}

function notWritten(folder: string, cause: unknown): StoreError {
  return new StoreError(
    "store.not-written",
    `the state cannot be written to ${folder}: ${(cause as Error).message}. Free some space and start the sandbox again.`,
    { cause },
  );
}
