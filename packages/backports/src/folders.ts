import { mkdirSync, statSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isCode(error, "ENOENT")) return false;
    throw error;
  }
}

function isFolderSync(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Makes a folder and those above it, one by one: Node 20's `mkdir` with `recursive` never returns where the system refuses
 * every name, as under `/proc`. Node 22 has `mkdir(folder, { recursive: true })`.
 *
 * @returns what was made, from the top
 * @throws the system's error, with `code` and `path`
 */
export async function makeFolders(folder: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let place = resolve(folder); !(await isFolder(place)); place = dirname(place)) missing.unshift(place);
  for (const place of missing) {
    try {
      await mkdir(place);
    } catch (error) {
      // Another process may have been quicker.
      if (!isCode(error, "EEXIST") || !(await isFolder(place))) throw error;
    }
  }
  return missing;
}

/**
 * {@link makeFolders} at once, where nothing else runs yet.
 *
 * @param mode permissions of what is made, less the process's mask. Default: all
 * @throws the system's error, with `code` and `path`
 */
export function makeFoldersSync(folder: string, mode = 0o777): void {
  const missing: string[] = [];
  for (let place = folder; !isFolderSync(place); place = dirname(place)) missing.unshift(place);
  for (const place of missing) {
    try {
      mkdirSync(place, { mode });
    } catch (error) {
      // Another process may have been quicker.
      if (!isCode(error, "EEXIST") || !isFolderSync(place)) throw error;
    }
  }
}
