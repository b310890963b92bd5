import { closeSync, fdatasync, fstat, openSync, rmSync } from "node:fs";
import type { State } from "../engine/state.ts";
import { Batch, type Change } from "./batch.ts";
import { decode, encode } from "./codec.ts";
import { LineWriter } from "./line-writer.ts";

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
  /** Where objects that were not read yet stand in the new file, by their numbers. */
  readonly offsets: Float64Array<ArrayBuffer>;
  /** Batches that wait for the disk; undefined while nothing is forced. */
  #held: string | undefined;
  readonly #writer = new LineWriter();
  readonly #rows: Generator<Row, void>;

  /**
   * @param unread how many objects of the old journal have numbers
   * @throws Error of the file system
   */
  constructor(path: string, state: State, unread: number) {
    this.path = path;
    this.descriptor = openSync(path, "w+", 0o600);
    this.offsets = new Float64Array(unread);
    this.#rows = rowsOf(state);
  }

  /** Writes the next slice. @returns whether there may be more */
  step(): boolean {
    const end = this.bytes + SLICE;
    while (this.bytes < end) {
      const batch = new Batch();
      const places: (number | undefined)[] = [];
      for (let row = this.#rows.next(); ; row = this.#rows.next()) {
        if (row.done === true) {
          if (!batch.empty) this.#write(batch, places);
          return false;
        }
        batch.add(row.value.change);
        places.push(row.value.place);
        if (places.length === PER_BATCH) break;
      }
      this.#write(batch, places);
    }
    return true;
  }

  #write(batch: Batch, places: readonly (number | undefined)[]): void {
    const { text, starts } = batch.end();
    for (const [index, place] of places.entries()) {
      if (place !== undefined) this.offsets[place] = this.bytes + (starts[index] as number);
    }
    this.add(text);
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
  /** Number of an object that was not read yet. */
  readonly place: number | undefined;
}

/** Objects that come while the others are written are met too, or stand in batches of their own. */
function* rowsOf(state: State): Generator<Row, void> {
  for (const collection of state.collections()) {
    const { name, unread, keyCount } = collection;
    for (const [id, value] of collection.stored()) {
      // Objects that nobody has asked for stay so: their text is copied.
      const place = typeof value === "number" ? value : undefined;
      const text = (place === undefined ? undefined : unread?.text(place)) ?? encode(value);
      const keys = keyCount === 0 ? [] : collection.keysOf(place === undefined ? value : decode(text));
      yield { change: { collection: name, id, keys, object: { text } }, place };
    }
  }
}
