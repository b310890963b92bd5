import type { Kysely } from "kysely";
import type { Schema } from "../../store/schema/index.ts";

/** A settlement that was delivered again with other contents, about which nobody has decided. */
export interface UnacceptedSettlement {
  readonly settlementId: string;
  readonly currency: string;
  readonly startAt: number | null;
  readonly endAt: number | null;
}

/** The settlements of an account of which the version that counts was not accepted, in the order of their time. */
export async function unacceptedSettlements(
  db: Kysely<Schema>,
  accountId: string,
): Promise<readonly UnacceptedSettlement[]> {
  const rows = await db
    .selectFrom("settlement_version as v")
    .innerJoin("settlement as s", (join) =>
      join.onRef("s.account_id", "=", "v.account_id").onRef("s.settlement_id", "=", "v.settlement_id"),
    )
    .select(["s.settlement_id", "s.currency", "s.start_at", "s.end_at"])
    .where("v.account_id", "=", accountId)
    .where("v.counts", "=", 1)
    .where("v.accepted_at", "is", null)
    .orderBy("s.end_at")
    .orderBy("s.settlement_id")
    .execute();
  return rows.map((row) => ({
    settlementId: row.settlement_id,
    currency: row.currency,
    startAt: row.start_at,
    endAt: row.end_at,
  }));
}
