import type { Kysely } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import { compareMonth, type PeriodChange } from "./compare.ts";
import { hashOf } from "./document.ts";
import { freeze } from "./freeze.ts";
import { type ClosedMonth, documentOf } from "./kept.ts";

/** A closed month beside the books of now. */
export interface ComparedMonth {
  readonly accountId: string;
  readonly month: string;
  readonly hash: string;
  /** Whether the record of the close itself was altered: a hash is not that of its text, or not the one that it follows. */
  readonly broken: boolean;
  readonly change: PeriodChange;
}

const UNCHANGED: PeriodChange = { differences: [], added: [], gone: [] };

/** Whether what stands in the table is what was written when the month was closed. */
function isWhole(month: ClosedMonth, previous: ClosedMonth | null): boolean {
  const document = documentOf(month);
  return (
    document !== null &&
    hashOf(month.text) === month.hash &&
    document.account === month.accountId &&
    document.month === month.month &&
    document.previousHash === month.previousHash &&
    month.previousHash === (previous?.hash ?? null) &&
    document.timeZone === month.timeZone &&
    Date.parse(document.from) === month.from &&
    Date.parse(document.until) === month.until
  );
}

/**
 * Works a closed month out again, with the moments that it was closed with, and compares.
 *
 * @param previous the month that was closed before it
 */
export async function comparedMonth(
  db: Kysely<Schema>,
  month: ClosedMonth,
  previous: ClosedMonth | null,
): Promise<ComparedMonth> {
  const { accountId, hash } = month;
  const document = documentOf(month);
  const base = { accountId, month: month.month, hash };
  if (document === null || !isWhole(month, previous)) return { ...base, broken: true, change: UNCHANGED };
  const now = await freeze(db, accountId, month, month.previousHash);
  return { ...base, broken: false, change: compareMonth(document, now) };
}
