import { closeSync, openSync, readSync } from "node:fs";
import type { State } from "../engine/state.ts";
import { decode } from "./codec.ts";
import { StoreError } from "./store-error.ts";

const BLOCK = 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * Reads a journal into a state.
 *
 * @returns where its last whole line ends, and whether something unfinished comes after it
 * @throws StoreError `store.damaged` for a whole line that cannot be read
 */
export function replay(path: string, state: State): { readonly end: number; readonly cut: boolean } {
  const descriptor = openSync(path, "r");
  try {
    let end = 0;
    let number = 0;
    let rest = Buffer.alloc(0);
    const block = Buffer.allocUnsafe(BLOCK);
    for (let size = readSync(descriptor, block); size > 0; size = readSync(descriptor, block)) {
      const text = Buffer.concat([rest, block.subarray(0, size)]);
      let start = 0;
      for (let at = text.indexOf(LINE_FEED); at >= 0; at = text.indexOf(LINE_FEED, start)) {
        number += 1;
        apply(text.toString("utf8", start, at), state, path, number);
        end += at + 1 - start;
        start = at + 1;
      }
      rest = text.subarray(start);
    }
    return { end, cut: rest.length > 0 };
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
