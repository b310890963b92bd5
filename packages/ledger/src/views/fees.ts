import { accountIds, type AccountFilter, type PeriodFilter, type ViewContext } from "./view.ts";

/** Fees of one settlement against what was taken in it. */
export interface FeePoint {
  readonly accountId: string;
  readonly settlementId: string;
  readonly currency: string;
  readonly endAt: number;
  /** Gross of everything that bears a fee, in minor units. */
  readonly activityMinor: bigint;
  /** Fees as the file has them: negative. */
  readonly feesMinor: bigint;
  /** What the audited rows should have cost by the schedule; null when none was audited. */
  readonly expectedMinor: bigint | null;
  /** Actual less expected fees of the audited rows; 0 when all were as expected or none was audited. */
  readonly differenceMinor: bigint;
  /** Fees of authorizations that were never captured. */
  readonly leakMinor: bigint;
}

/** Fees by settlement, oldest first: what the fee page draws. */
export async function feesOverTime(
  context: ViewContext,
  request: AccountFilter & PeriodFilter & { readonly currency?: string | undefined } = {},
): Promise<readonly FeePoint[]> {
  const accounts = await accountIds(context, request);
  const { db } = context.store;
  let query = db
    .selectFrom("settlement as s")
    .leftJoin("settlement_fee as f", (join) =>
      join
        .onRef("f.account_id", "=", "s.account_id")
        .onRef("f.settlement_id", "=", "s.settlement_id")
        .onRef("f.currency", "=", "s.currency"),
    )
    .select([
      "s.account_id",
      "s.settlement_id",
      "s.currency",
      "s.end_at",
      "s.activity_minor",
      "s.fees_minor",
      "f.actual_minor",
      "f.expected_minor",
      "f.leak_minor",
    ])
    .where("s.account_id", "in", accounts);
  if (request.currency !== undefined) query = query.where("s.currency", "=", request.currency);
  if (request.from !== undefined) query = query.where("s.end_at", ">=", request.from);
  if (request.until !== undefined) query = query.where("s.end_at", "<", request.until);
  const rows = await query
    .orderBy("s.end_at")
    .orderBy("s.account_id")
    .orderBy("s.settlement_id")
    .orderBy("s.currency")
    .execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    settlementId: row.settlement_id,
    currency: row.currency,
    endAt: row.end_at ?? 0,
    activityMinor: row.activity_minor,
    feesMinor: row.fees_minor,
    expectedMinor: row.expected_minor,
    differenceMinor: (row.actual_minor ?? 0n) - (row.expected_minor ?? 0n),
    leakMinor: row.leak_minor ?? 0n,
  }));
}
