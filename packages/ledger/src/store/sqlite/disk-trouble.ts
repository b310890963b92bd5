import { access, constants } from "node:fs/promises";
import { dirname } from "node:path";
import { StoreError, type StoreErrorCode } from "../errors.ts";

/** What SQLite says of the disk below it, by its own words: not every statement method of every driver gives the number. */
const TROUBLES: readonly (readonly [words: RegExp, code: StoreErrorCode, message: string])[] = [
  [
    /^database or disk is full$/,
    "store.disk-full",
    "the disk with the ledger is full: free some space, then do it again; what was not finished is not in the books",
  ],
  [
    /^disk I\/O error$/,
    "store.disk-failed",
    "the disk with the ledger could not be read or written: check it and its connection, then do it again; what was not finished is not in the books",
  ],
  [
    /^(database disk image is malformed|file is not a database)/,
    "store.damaged",
    "the file of the ledger is damaged: put back a backup; apay doctor says what is wrong with it",
  ],
  [
    /^attempt to write a readonly database$/,
    "store.read-only",
    "the file of the ledger may be read and not written: check its permissions, those of its folder, and how the disk is mounted",
  ],
];

/**
 * The same error in words that say what to do, where it is the disk's; every other as it was.
 *
 * @example
 * run().catch((error) => { throw diskTrouble(error); });
 */
export function diskTrouble(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  for (const [words, code, message] of TROUBLES)
    if (words.test(error.message)) return new StoreError(code, message, { cause: error });
  return error;
}

const FULL = TROUBLES[0]?.[2] ?? "";

/** Whether this process may write a file and make others beside it. */
async function isWritable(location: string): Promise<boolean> {
  try {
    await Promise.all([access(location, constants.W_OK), access(dirname(location), constants.W_OK)]);
    return true;
  } catch {
    return false;
  }
}

/**
 * What to do about an error while the file of the ledger was opened. SQLite says "readonly" too where it could not make its side files,
 * which on a file that may be written is the disk's being full.
 */
export async function openingTrouble(location: string, error: unknown): Promise<string> {
  const told = diskTrouble(error) as Error;
  const readOnly = told instanceof StoreError && told.code === "store.read-only";
  return readOnly && (await isWritable(location)) ? FULL : told.message;
}

/** Does something at once, and says of the disk's errors what to do. @throws StoreError, and whatever it throws */
export function tellingTrouble<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw diskTrouble(error);
  }
}
