import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadSqlite, type SqliteDatabase } from "@amazon-pay-kit/backports";
import { StoreError } from "./store-error.ts";

/** SQLITE_BUSY. */
const BUSY = 5;

/**
 * Takes a folder for this process alone, until it gives it free or dies: the operating system holds the lock (SQLite asks
 * for it), so that it ends with the process however that ends. A number in a file would outlive a process that was
 * killed, and may by then be another's.
 *
 * @returns gives the folder free
 * @throws StoreError `store.in-use`
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const { DatabaseSync } = await loadSqlite();
  const owner = join(folder, "owner");
  let lock: SqliteDatabase;
  try {
    lock = new DatabaseSync(join(folder, "lock"));
  } catch (error) {
    throw new StoreError("store.unusable", `cannot open ${join(folder, "lock")}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  try {
    lock.exec("pragma busy_timeout = 0");
    lock.exec("begin exclusive");
    writeFileSync(owner, String(process.pid), { mode: 0o600 });
  } catch (error) {
    lock.close();
    if ((error as { readonly errcode?: number }).errcode === BUSY) throw inUse(folder, owner, error);
    throw new StoreError("store.unusable", `cannot lock ${folder}: ${(error as Error).message}`, { cause: error });
  }
  return () => {
    rmSync(owner, { force: true });
    lock.close();
  };
}

function inUse(folder: string, owner: string, cause: unknown): StoreError {
  let by = "another process";
  try {
    by = `process ${readFileSync(owner, "utf8")}`;
  } catch {
    // It has only just begun to write it.
  }
  return new StoreError(
    "store.in-use",
    `the data folder ${folder} is in use by ${by}: stop that sandbox, or use another folder`,
    { cause },
  );
}
