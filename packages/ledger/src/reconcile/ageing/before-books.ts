import { booksBegin } from "../step/history.ts";
import { readMark, setMarks } from "../step/marks.ts";
import type { Step } from "../step/step.ts";
import { openRecordsBetween, openReportedBetween } from "./open-items.ts";

/** Where the books of each currency began when the last run looked. */
const BEGINS = "books-begin";

type Begins = Readonly<Record<string, number>>;

async function beginsNow(step: Step): Promise<Begins> {
  if (step.settings.history === "complete") return {};
  return Object.fromEntries([...(await booksBegin(step))].map(([currency, { startAt }]) => [currency, startAt]));
}

/**
 * Takes what is older than the first settlement out of the open items: it was settled, if at all, in settlements that the
 * books do not have. Reports go back 90 days, and an order book years: without this, every old order would be unsettled and
 * part of the next transfer. Where `history` is `complete`, nothing is older than the books.
 */
export async function closeBeforeBooks(step: Step): Promise<void> {
  const begins = await beginsNow(step);
  for (const [currency, startAt] of Object.entries(begins)) {
    await step.db
      .deleteFrom("open_item")
      .where("account_id", "=", step.accountId)
      .where("currency", "=", currency)
      .where("occurred_at", "<", startAt)
      .execute();
  }
  await setMarks(step, [BEGINS], JSON.stringify(begins));
}

/** Opens what an earlier run took out, where a settlement has come that began before the others. */
export async function reopenInBooks(step: Step): Promise<void> {
  const known = JSON.parse((await readMark(step, BEGINS)) ?? "{}") as Begins;
  const begins = await beginsNow(step);
  for (const [currency, before] of Object.entries(known)) {
    const startAt = begins[currency] ?? before;
    if (startAt >= before) continue;
    await openReportedBetween(step, currency, startAt, before);
    await openRecordsBetween(step, currency, startAt, before);
  }
}
