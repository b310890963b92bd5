import type { Kysely, Selectable } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import type { PeriodTable } from "../../store/schema/periods.ts";
import type { PeriodDocument } from "./document.ts";

/** A month that is closed. */
export interface ClosedMonth {
  readonly periodId: number;
  readonly accountId: string;
  readonly month: string;
  readonly timeZone: string;
  readonly from: number;
  readonly until: number;
  readonly hash: string;
  readonly previousHash: string | null;
  /** Canonical text of {@link document}, of which the hash is. */
  readonly text: string;
  readonly closedAt: number;
  readonly who: string;
  readonly note: string | null;
}

/** The closed months of an account, in their order. */
export async function closedMonths(db: Kysely<Schema>, accountId: string): Promise<readonly ClosedMonth[]> {
  const rows: readonly Selectable<PeriodTable>[] = await db
    .selectFrom("period")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("reopened_at", "is", null)
    .orderBy("month")
    .execute();
  return rows.map((row) => ({
    periodId: row.period_id,
    accountId: row.account_id,
    month: row.month,
    timeZone: row.time_zone,
    from: row.from_at,
    until: row.until_at,
    hash: row.hash,
    previousHash: row.previous_hash,
    text: row.document,
    closedAt: row.closed_at,
    who: row.who,
    note: row.note,
  }));
}

/** What was frozen of a month; null where its text was damaged. */
export function documentOf({ text }: ClosedMonth): PeriodDocument | null {
  try {
    return JSON.parse(text) as PeriodDocument;
  } catch {
    return null;
  }
}
