import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { StoreError } from "../errors.ts";

const SQLITE_BUSY = 5;
const PAUSE = 50;

/** How long to go on asking while another process writes: a load of a million rows takes a good part of this. */
export const BUSY_TIMEOUT = 5 * 60_000;

/** Not every statement method of every driver gives the number; all give SQLite's words for it. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return "errcode" in error
    ? (Number(error.errcode) & 0xff) === SQLITE_BUSY
    : error.message.includes("database is locked");
}

/**
 * Does something on the writing connection, and again while another process holds the right to write. Between the tries
 * this process goes on with its other work.
 *
 * @throws StoreError `store.busy` when the other process does not come to an end
 */
export async function retryWhileBusy<T>(clock: Clock, attempt: () => T, timeout = BUSY_TIMEOUT): Promise<T> {
  const start = clock.now();
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (clock.now() - start >= timeout) {
        const seconds = Math.round(timeout / 1000);
        throw new StoreError(
          "store.busy",
          `another process has been writing to the ledger for ${seconds} seconds: end it, or try again later`,
          {
            cause: error,
          },
        );
      }
      await clock.sleep(PAUSE);
    }
  }
}
