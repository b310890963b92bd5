import { closeSync, openSync, readSync, writeFileSync, writeSync } from "node:fs";
import { constants } from "node:os";

/** How the disk fails. */
export const FAULTS = {
  /** One call fails, after a part of what it was to write: a bad sector. */
  once: { error: constants.errno.EIO, times: 1n, torn: true },
  /** That call and all after it fail: a full disk, until somebody frees some. */
  "from-then-on": { error: constants.errno.ENOSPC, times: 1n << 40n, torn: false },
} as const;

/** One of {@link FAULTS}. */
export type Fault = keyof typeof FAULTS;

/** Names of the calls by the number that failing-io.c gives them. */
export const CALLS = [
  "none",
  "write",
  "sync",
  "truncate",
  "rename",
  "link",
  "unlink",
  "create",
  "make folder",
] as const;

/** Words of the state, each 64 bits wide, in the order of failing-io.c. */
const WORDS = ["seen", "from", "times", "error", "torn", "failed", "kind"] as const;
type State = Record<(typeof WORDS)[number], bigint>;

/** Makes the file through which a process is told what is to fail. */
export function makePlanFile(path: string): void {
  writeFileSync(path, Buffer.alloc(WORDS.length * 8));
}

/** What is to fail in a process with failing-io.c in it, and what did. */
export class Plan {
  readonly #fd: number;

  constructor(path: string) {
    this.#fd = openSync(path, "r+");
  }

  /** Counts from 0 again; the call with this number fails, from 1. With 0 none does. */
  set(from: number, fault: Fault = "once"): void {
    const { error, times, torn } = FAULTS[fault];
    this.#write({
      seen: 0n,
      from: BigInt(from),
      times,
      error: BigInt(error),
      torn: torn ? 1n : 0n,
      failed: 0n,
      kind: 0n,
    });
  }

  get state(): State {
    const bytes = Buffer.alloc(WORDS.length * 8);
    readSync(this.#fd, bytes, 0, bytes.length, 0);
    return Object.fromEntries(WORDS.map((word, index) => [word, bytes.readBigInt64LE(index * 8)])) as State;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #write(state: State): void {
    const bytes = Buffer.alloc(WORDS.length * 8);
    for (const [index, word] of WORDS.entries()) bytes.writeBigInt64LE(state[word], index * 8);
    writeSync(this.#fd, bytes, 0, bytes.length, 0);
  }
}
