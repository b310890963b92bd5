import { closeSync, fdatasync, fstat, openSync, rmSync } from "node:fs";
import type { State } from "../engine/state.ts";
import { Batch, type Change } from "./batch.ts";
import { decode, encode } from "./codec.ts";
import { LineWriter } from "./line-writer.ts";
import { StoredObjects } from "./stored-objects.ts";

/** Objects in one batch: under a millisecond of work. */
const PER_BATCH = 64;

/** A slice ends with the batch that reaches this, in bytes: a few milliseconds of work. */
const SLICE = 128 * 1024;

/**
 * A journal that is written anew beside the old one, in slices, while calls go on.
 *
 * Each object is written as it is when its turn comes, and every later change follows in a batch of its own, so that the last
 * batch about an object always holds its last state, whatever happened between the slices.
 */
export class Rewrite {
  readonly path: string;
  readonly descriptor: number;
  /** Written so far. */
  bytes = 0;
  /** Where objects that were not read yet stand in the new file. */
  readonly #offsets = new Map<StoredObjects, Float64Array>();
  /** Batches that wait for the disk; undefined while nothing is forced. */
  #held: string | undefined;
  readonly #writer = new LineWriter();
  readonly #rows: Generator<Row, void>;

  /** @throws Error of the file system */
  constructor(path: string, state: State) {
    this.path = path;
    this.descriptor = openSync(path, "w+", 0o600);
    this.#rows = rowsOf(state);
  }

  /** Writes the next slice. @returns whether there may be more */
  step(): boolean {
    const end = this.bytes + SLICE;
    while (this.bytes < end) {
      const batch = new Batch();
      const rows: Row[] = [];
      for (let row = this.#rows.next(); ; row = this.#rows.next()) {
        if (row.done === true) {
          if (!batch.empty) this.#write(batch, rows);
          return false;
        }
        batch.add(row.value.change);
        rows.push(row.value);
        if (rows.length === PER_BATCH) break;
      }
      this.#write(batch, rows);
    }
    return true;
  }

  #write(batch: Batch, rows: readonly Row[]): void {
    const { text, starts } = batch.end();
    for (const [index, { unread }] of rows.entries()) {
      if (unread === undefined) continue;
      let offsets = this.#offsets.get(unread.objects);
      if (offsets === undefined) {
        offsets = new Float64Array(unread.objects.count);
        this.#offsets.set(unread.objects, offsets);
      }
      offsets[unread.number] = this.bytes + (starts[index] as number);
    }
    this.add(text);
  }

  /** The new file is in force: objects that were not read yet are read there. */
  takeOver(): void {
    for (const [objects, offsets] of this.#offsets) objects.moveTo(offsets);
  }

  /** Takes batches that have just been added to the old journal. */
  add(text: string): void {
    if (this.#held !== undefined) this.#held += text;
    else this.bytes += this.#writer.write(this.descriptor, text);
  }

  /** Calls back when other work has had its turn: the answer comes from another thread. */
  pause(done: (error: Error | null) => void): void {
    fstat(this.descriptor, done);
  }

  /** Forces what is written to the disk, beside other work. Batches that come meanwhile are held: their writing would wait for it. */
  force(done: (error: Error | null) => void): void {
    this.#held = "";
    fdatasync(this.descriptor, done);
  }

  /** Writes what was held. */
  release(): void {
    const held = this.#held ?? "";
    this.#held = undefined;
    this.add(held);
  }

  /** Takes the file away. */
  abandon(): void {
    closeSync(this.descriptor);
    rmSync(this.path, { force: true });
  }
}

interface Row {
  readonly change: Change;
  /** An object that was not read yet. */
  readonly unread: { readonly objects: StoredObjects; readonly number: number } | undefined;
}

/** Objects that come while the others are written are met too, or stand in batches of their own. */
function* rowsOf(state: State): Generator<Row, void> {
  for (const collection of state.collections()) {
    const { name } = collection;
    for (const { id, value, earlier } of collection.kept()) {
      const objects = collection.earlier;
      if (value === undefined && earlier !== undefined && objects instanceof StoredObjects) {
        // Objects that nobody has asked for stay so: their text is copied.
        const text = objects.text(earlier);
        const keys = collection.indexCount > 0 || collection.ordered ? collection.keysOf(decode(text)) : [];
        yield { change: { collection: name, id, keys, object: { text } }, unread: { objects, number: earlier } };
      } else {
        const change = { collection: name, id, keys: collection.keysOf(value), object: { text: encode(value) } };
        yield { change, unread: undefined };
      }
    }
  }
}
