import type { Settings } from "../settings.ts";
import type { Step } from "./step.ts";

/** Where the books of an account in one currency begin. */
export interface HistoryStart {
  readonly startAt: number;
  /** The first settlement carries nothing in: it may well be the account's first. */
  readonly fromNothing: boolean;
}

/** The first settlement of each currency. */
export async function booksBegin(step: Step): Promise<ReadonlyMap<string, HistoryStart>> {
  const rows = await step.db
    .selectFrom("settlement")
    .select(["currency", "start_at", "opening_minor"])
    .where("account_id", "=", step.accountId)
    .orderBy("start_at")
    .execute();
  const begins = new Map<string, HistoryStart>();
  for (const row of rows) {
    if (row.start_at === null || begins.has(row.currency)) continue;
    begins.set(row.currency, { startAt: row.start_at, fromNothing: row.opening_minor === 0n });
  }
  return begins;
}

/** Whether the capture of a refund posted at this time may be older than the books, so that its absence says nothing. */
export function mayPredateBooks(
  postedAt: number,
  begin: HistoryStart | null,
  settings: Pick<Settings, "history" | "refundHorizon">,
): boolean {
  if (begin === null) return true;
  if (postedAt >= begin.startAt + settings.refundHorizon || settings.history === "complete") return false;
  return settings.history === "partial" || !begin.fromNothing;
}
