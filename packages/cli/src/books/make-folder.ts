import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { CliError } from "../errors.ts";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "the disk is read-only",
  ENOENT: "no folder can be made there",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "there is a file of that name",
};

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Makes a folder and those above it, one by one: Node 20's own recursive way never returns where the system refuses
 * every name, as under `/proc`.
 *
 * @param mode permissions of what is made, less the process's mask. Default: all
 * @throws CliError `folder.cannot-make`, which names the folder and the reason
 */
export function makeFolder(path: string, mode = 0o777): void {
  const missing: string[] = [];
  let place = path;
  try {
    for (; !isFolder(place); place = dirname(place)) missing.push(place);
    for (const folder of missing.toReversed()) {
      place = folder;
      // Another process may have been quicker.
      if (!isFolder(folder)) mkdirSync(folder, { mode });
    }
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    throw new CliError(
      "folder.cannot-make",
      `cannot make the folder ${place}: ${REASONS[code] ?? (error as Error).message}`,
      {
        remedy: "name a folder that you can write to",
        cause: error,
      },
    );
  }
}
