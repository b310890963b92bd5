import { accountIds, type AccountFilter, type ViewContext } from "./view.ts";

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
  /** Sum of the differences that the fee audit found; 0 when every fee was as expected or none was audited. */
  readonly differenceMinor: bigint;
}

/** Fees by settlement, oldest first: what the fee page draws. */
export async function feesOverTime(
  context: ViewContext,
  request: AccountFilter & { readonly currency?: string | undefined; readonly sinceAt?: number | undefined } = {},
): Promise<readonly FeePoint[]> {
  const accounts = await accountIds(context, request);
  const { db } = context.store;
  let query = db
    .selectFrom("settlement as s")
    .select((eb) => [
      "s.account_id",
      "s.settlement_id",
      "s.currency",
      "s.end_at",
      "s.activity_minor",
      "s.fees_minor",
      eb
        .selectFrom("exception as e")
        .whereRef("e.account_id", "=", "s.account_id")
        .whereRef("e.settlement_id", "=", "s.settlement_id")
        .whereRef("e.currency", "=", "s.currency")
        .where("e.code", "=", "fee.mismatch")
        .where("e.status", "!=", "resolved")
        .select((inner) => inner.fn.sum<bigint>("e.amount_minor").as("difference_minor"))
        .as("difference_minor"),
    ])
    .where("s.account_id", "in", accounts);
  if (request.currency !== undefined) query = query.where("s.currency", "=", request.currency);
  if (request.sinceAt !== undefined) query = query.where("s.end_at", ">=", request.sinceAt);
  const rows = await query.orderBy("s.end_at").orderBy("s.account_id").orderBy("s.settlement_id").execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    settlementId: row.settlement_id,
    currency: row.currency,
    endAt: row.end_at ?? 0,
    activityMinor: row.activity_minor,
    feesMinor: row.fees_minor,
    differenceMinor: row.difference_minor ?? 0n,
  }));
}
