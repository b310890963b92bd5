import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "./store-error.ts";

/** Folders that this process has locked: the same number in a lock file may also be left from an earlier life. */
const held = new Set<string>();

/**
 * Takes a folder for this process alone. The lock of a process that has died does not count.
 *
 * @returns gives the folder free
 * @throws StoreError `store.in-use`
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, "lock");
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx", mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw new StoreError("store.unusable", `cannot write ${file}: ${(error as Error).message}`, { cause: error });
      }
      const owner = ownerOf(file);
      if (held.has(folder) || attempt > 2 || (owner !== process.pid && isAlive(owner))) {
        throw new StoreError(
          "store.in-use",
          `the data folder ${folder} is in use by process ${owner}: stop that sandbox, or use another folder (if no sandbox runs, remove ${file})`,
          { cause: error },
        );
      }
      rmSync(file, { force: true });
    }
  }
  held.add(folder);
  return () => {
    held.delete(folder);
    rmSync(file, { force: true });
  };
}

function ownerOf(file: string): number {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
