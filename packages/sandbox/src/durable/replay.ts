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
