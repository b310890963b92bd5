import {
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rm,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import type { State } from "../engine/state.ts";
import { Batch, type BatchesRead, BatchRun, type Change } from "./batch.ts";
import { encode } from "./codec.ts";
import { IndexBuild, readIndex } from "./index-file.ts";
import { JournalFile } from "./journal-file.ts";
import { JournalObjects } from "./journal-objects.ts";
import { LineWriter } from "./line-writer.ts";
import { Rewrite } from "./rewrite.ts";
import { makeFolder, StoreError } from "./store-error.ts";
import type { Shape } from "./stored-objects.ts";
import type { Store } from "./store.ts";

/** What each collection wants to be known of its objects before they are read. */
const shapesOf =
  (state: State) =>
  (name: string): Shape => {
    const { indexCount, ordered, size } = state.named(name);
    return { indexes: indexCount, ordered, expected: size };
  };

/** What a journal held, and of how much of it there was an index. */
interface Replayed extends BatchesRead {
  readonly live: number;
  readonly indexed: number;
}

/** Reads where the objects of a journal stand into a state: what there is, and where it ends. */
function replay(descriptor: number, index: string, state: State, file: JournalFile): Replayed {
  const shapeOf = shapesOf(state);
  const known = readIndex(index, descriptor, file, shapeOf);
  const objects = new JournalObjects(file, shapeOf, known?.objects);
  const read = (into: Uint8Array, offset: number, at: number): number =>
    readSync(descriptor, into, offset, into.length - offset, at);
  const found = new BatchRun(read, objects, known?.end).all();
  let live = 0;
  for (const [name, stored] of objects.byName) {
    state.named(name).beginWith(stored);
    live += stored.bytes;
  }
  return { ...found, live, indexed: known?.end ?? 0 };
}

const FILE = /^journal-(\d{6,})\.log$/;

const INDEX = /^journal-\d{6,}\.index$/;

/** A journal shorter than this is not written anew, in bytes. */
const SMALL = 32 * 1024 * 1024;

/** What a start reads of a journal behind its index, in bytes, before the index is made anew; later a third of what it is of. */
const UNINDEXED = 64 * 1024 * 1024;

/** How a journal is kept. */
export interface JournalOptions {
  /** Force each write to the disk before its answers go out, so that they outlive a power cut too. Default false. */
  readonly fsync?: boolean | undefined;
  /** A journal shorter than this is not written anew, in bytes. Default 32 MiB. */
  readonly smallest?: number | undefined;
  /** A journal that goes on for less than this behind its index gets no new one, in bytes. Default 64 MiB. */
  readonly unindexed?: number | undefined;
}

/**
 * State in an append-only file: one batch per answered call, with every object that it changed. A batch without its end was
 * cut off by the death of the process before the call was answered, and is dropped at the next start.
 *
 * A batch is handed to the operating system before the answer goes out, so that it outlives the process, together with
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
  #changed: Changed[] = [];
  #latest = new Map<string, number>();
  /** Whole batches that are not written yet. */
  #batches = "";
  readonly #file = new JournalFile(() => this.#path(this.#number));
  readonly #writer = new LineWriter();
  readonly #forced: boolean;
  readonly #smallest: number;
  readonly #unindexed: number;
  /** Of the journal, what the index is of; of what a failed attempt was, so that the next one waits. */
  #indexed = 0;
  #build: IndexBuild | undefined;
  #rewrite: Rewrite | undefined;
  /** Why the last rewrite came to nothing; told at the next {@link tidy}. */
  #failed: unknown;

  /** @throws StoreError `store.unusable` for a folder that cannot be made */
  constructor(folder: string, options: JournalOptions = {}) {
    this.#folder = folder;
    this.#forced = options.fsync ?? false;
    this.#smallest = options.smallest ?? SMALL;
    this.#unindexed = options.unindexed ?? UNINDEXED;
    makeFolder(folder);
  }

  put(collection: string, id: string, value: unknown, keys: readonly string[]): void {
    const key = `${collection}\n${id}`;
    const known = this.#latest.get(key);
    const change: Changed = { collection, id, keys, value, what: "put" };
    if (known !== undefined) {
      this.#changed[known] = change;
      return;
    }
    this.#latest.set(key, this.#changed.length);
    this.#changed.push(change);
  }

  delete(collection: string, id: string): void {
    this.#latest.delete(`${collection}\n${id}`);
    this.#changed.push({ collection, id, keys: [], value: undefined, what: "gone" });
  }

  clear(collection: string): void {
    // What follows must not go to a place before it.
    this.#latest.clear();
    this.#changed.push({ collection, id: "", keys: [], value: undefined, what: "emptied" });
  }

  load(state: State): boolean {
    const numbers = readdirSync(this.#folder)
      .map((name) => FILE.exec(name)?.[1])
      .filter((number) => number !== undefined)
      .sort((left, right) => Number(right) - Number(left));
    const [newest, ...older] = numbers;
    for (const number of older) rmSync(this.#path(Number(number)));
    this.#number = Number(newest ?? 1);
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      if (name.endsWith(".tmp") || (INDEX.test(name) && path !== this.#indexPath)) rmSync(path);
    }
    const path = this.#path(this.#number);
    const descriptor = this.#attempt("open the journal", () => openSync(path, "a+", 0o600));
    this.#descriptor = descriptor;
    this.#file.use(descriptor);
    if (newest !== undefined) {
      const { end, cut, damaged, live, indexed } = replay(descriptor, this.#indexPath, state, this.#file);
      if (damaged) throw damagedAt(path, end);
      if (cut) this.#attempt("cut off the unfinished end", () => ftruncateSync(descriptor, end));
      this.#bytes = end;
      // Not the file's length: a sandbox that is started anew each day would never get rid of what is dead in it.
      this.#shortest = live;
      this.#indexed = indexed;
    }
    this.#changed = [];
    this.#latest.clear();
    this.#batches = "";
    return this.#bytes > 0;
  }

  commit(): void {
    if (this.#broken !== undefined) throw notWritten(this.#folder, this.#broken);
    if (this.#changed.length === 0) return;
    const batch = new Batch();
    for (const changed of this.#changed) batch.add(changeOf(changed));
    this.#batches += batch.end().text;
    this.#changed = [];
    this.#latest.clear();
  }

  flush(): void {
    if (this.#broken !== undefined) throw notWritten(this.#folder, this.#broken);
    if (this.#batches === "") return;
    const batches = this.#batches;
    this.#batches = "";
    try {
      if (this.#descriptor === undefined) throw new Error("the journal is not open");
      this.#bytes += this.#writer.write(this.#descriptor, batches);
      if (this.#forced) fdatasyncSync(this.#descriptor);
    } catch (error) {
      // Memory is ahead of the disk from here on; going on would answer what a restart forgets.
      this.#broken = error;
      throw notWritten(this.#folder, error);
    }
    try {
      this.#rewrite?.add(batches);
    } catch (error) {
      this.#giveUp(error);
    }
  }

  tidy(state: State): void {
    const failed = this.#failed;
    this.#failed = undefined;
    if (failed !== undefined) throw notRewritten(this.#folder, failed);
    if (this.#rewrite !== undefined || this.#build !== undefined || this.#broken !== undefined) return;
    if (this.#bytes >= Math.max(this.#smallest, this.#shortest * 3)) {
      this.#rewrite = new Rewrite(`${this.#path(this.#number + 1)}.tmp`, state);
      this.#goOn();
    } else if (this.#bytes - this.#indexed >= Math.max(this.#unindexed, this.#indexed / 3)) this.#makeIndex(state);
  }

  /** An index that cannot be made is no loss of anything but time at the next start, so nobody is told. */
  #makeIndex(state: State): void {
    if (this.#descriptor === undefined) return;
    const end = this.#bytes;
    this.#indexed = end;
    try {
      const build = new IndexBuild(this.#indexPath, this.#descriptor, end, shapesOf(state));
      this.#build = build;
      build.make(() => {
        if (this.#build === build) this.#build = undefined;
      });
    } catch {
      this.#build = undefined;
    }
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

  /** The new journal takes the place of the old one, whose objects it holds in their last state. */
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
    this.#file.use(rewrite.descriptor);
    rewrite.takeOver();
    const [descriptor, old, index] = [this.#descriptor, this.#path(this.#number), this.#indexPath];
    if (descriptor !== undefined) closeSync(descriptor);
    this.#descriptor = rewrite.descriptor;
    this.#number += 1;
    this.#shortest = Math.min(rewrite.bytes, this.#bytes);
    this.#bytes = rewrite.bytes;
    this.#rewrite = undefined;
    this.#indexed = 0;
    rm(index, { force: true }, () => undefined);
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
    this.#build?.abandon();
    this.#build = undefined;
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#file.use(undefined);
    this.#broken = new Error("the journal is closed");
  }

  #path(number: number): string {
    return join(this.#folder, `journal-${String(number).padStart(6, "0")}.log`);
  }

  get #indexPath(): string {
    return this.#path(this.#number).replace(/log$/, "index");
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

interface Changed {
  readonly collection: string;
  readonly id: string;
  readonly keys: readonly string[];
  /** Written as it is when the change is committed, so that an object put twice is written once. */
  readonly value: unknown;
  readonly what: "put" | "gone" | "emptied";
}

const changeOf = ({ collection, id, keys, value, what }: Changed): Change => ({
  collection,
  id,
  keys,
  object: what === "put" ? { text: encode(value) } : what,
});

function damagedAt(path: string, at: number): StoreError {
  return new StoreError(
    "store.damaged",
    `byte ${at} of ${path}: what follows is not as it was written. Put back a copy of the folder, or start with another one.`,
  );
}

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
