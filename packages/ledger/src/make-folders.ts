import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/**
 * Makes a folder and those above it, one by one: Node 20's own recursive way never returns where the system refuses every
 * name, as under `/proc`.
 *
 * @returns what was made, from the top
 * @throws the system's error
 */
export async function makeFolders(folder: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let place = resolve(folder); !(await isFolder(place)); place = dirname(place)) missing.unshift(place);
  for (const place of missing) {
    try {
      await mkdir(place);
    } catch (error) {
      // Another process may have been quicker.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !(await isFolder(place))) throw error;
    }
  }
  return missing;
}
