import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { StoreError } from "./store-error.ts";

/**
 * Makes a folder for the owner alone, and those above it, one by one: Node 20's own recursive way never returns where the
 * system refuses every name, as under `/proc`.
 *
 * @throws StoreError `store.unusable`
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  let place = path;
  try {
    for (; !isFolder(place); place = dirname(place)) missing.push(place);
    for (const folder of missing.toReversed()) {
      place = folder;
      // Another process may have been quicker.
      if (!isFolder(folder)) mkdirSync(folder, { mode: 0o700 });
    }
  } catch (error) {
    throw new StoreError(
      "store.unusable",
      `cannot make the folder ${place}: ${(error as Error).message}. Name a folder that you can write to.`,
      { cause: error },
    );
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
