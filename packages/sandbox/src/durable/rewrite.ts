import { closeSync, fdatasync, fstat, openSync, rmSync } from "node:fs";
import type { State } from "../engine/state.ts";
import { encode } from "./codec.ts";
import { LineWriter } from "./line-writer.ts";

/** Objects on one line: under a millisecond of work. */
const PER_LINE = 64;

/** A slice ends with the line that reaches this, in bytes: a few milliseconds of work. */
const SLICE = 128 * 1024;

/**
 * A journal that is written anew beside the old one, in slices, while calls go on.
 *
 * Each object is written as it is when its turn comes, and every later change follows as a line of its own, so that the last
 * line about an object always holds its last state, whatever happened between the slices.
 */
export class Rewrite {
  readonly path: string;
  readonly descriptor: number;
  /** Written so far. */
  bytes = 0;
  /** Lines that wait for the disk; undefined while nothing is forced. */
  #held: string | undefined;
  readonly #writer = new LineWriter();
  readonly #rows: Generator<unknown, void>;

  /** @throws Error of the file system */
  constructor(path: string, state: State) {
    this.path = path;
    this.descriptor = openSync(path, "w", 0o600);
    this.#rows = rowsOf(state);
  }

  /** Writes the next slice. @returns whether there may be more */
  step(): boolean {
    const end = this.bytes + SLICE;
    while (this.bytes < end) {
      const batch: unknown[] = [];
      while (batch.length < PER_LINE) {
        const { value, done } = this.#rows.next();
        if (done === true) {
          if (batch.length > 0) this.add(`${encode(batch)}\n`);
          return false;
        }
        batch.push(value);
      }
      this.add(`${encode(batch)}\n`);
    }
    return true;
  }

  /** Takes lines that have just been added to the old journal. */
  add(lines: string): void {
    if (this.#held !== undefined) this.#held += lines;
    else this.bytes += this.#writer.write(this.descriptor, lines);
  }

  /** Calls back when other work has had its turn: the answer comes from another thread. */
  pause(done: (error: Error | null) => void): void {
    fstat(this.descriptor, done);
  }

  /** Forces what is written to the disk, beside other work. Lines that come meanwhile are held: their writing would wait for it. */
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

/** Objects that come while the others are written are met too, or stand in lines of their own. */
function* rowsOf(state: State): Generator<unknown, void> {
  for (const collection of state.collections()) {
    for (const [id, value] of collection.entries()) yield [collection.name, id, value];
  }
}
