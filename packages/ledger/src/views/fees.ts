import { sql } from "kysely";
import { settlementTotals } from "./totals/settlement-totals.ts";
import { type Scope, scopeOf, type AccountFilter, type PeriodFilter, type ViewContext } from "./view.ts";

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

type FeeFilter = AccountFilter & PeriodFilter & { readonly currency?: string | undefined };

/** As the index has it. */
const ENDED = sql<number>`coalesce(s.end_at, 0)`;

function chosen({ store: { db } }: ViewContext, scope: Scope, request: FeeFilter) {
  let query = db
    .selectFrom("settlement as s")
    .leftJoin("settlement_fee as f", (join) =>
      join
        .onRef("f.account_id", "=", "s.account_id")
        .onRef("f.settlement_id", "=", "s.settlement_id")
        .onRef("f.currency", "=", "s.currency"),
    )
    .where(scope.of("s.account_id"));
  if (request.currency !== undefined) query = query.where("s.currency", "=", request.currency);
  if (request.from !== undefined) query = query.where(ENDED, ">=", request.from);
  if (request.until !== undefined) query = query.where("s.end_at", "is not", null).where(ENDED, "<", request.until);
  return query;
}

/** Fees of the settlements that ended at one moment, in one currency. */
export interface FeeSum extends Omit<FeePoint, "accountId" | "settlementId" | "expectedMinor"> {
  readonly settlements: number;
}

interface SumRow {
  readonly currency: string;
  readonly endAt: number | string | null;
  readonly settlements: number | string;
  readonly activity: bigint | string;
  readonly fees: bigint | string;
  readonly difference: bigint | string;
  readonly leak: bigint | string;
}

/**
 * What fees come to, by currency and the moment at which settlements ended, oldest first: what totals and months are made of,
 * without a look at each settlement of many accounts.
 */
export async function sumFeesOverTime(context: ViewContext, request: FeeFilter = {}): Promise<readonly FeeSum[]> {
  const scope = await scopeOf(context, request);
  if (scope.totals !== undefined) {
    const { currency, from = 0, until = Number.POSITIVE_INFINITY } = request;
    return (await settlementTotals(context, scope.totals))
      .filter((one) => (currency ?? one.currency) === one.currency && one.at >= from && one.at < until)
      .map(({ at, rows: _rows, transferMinor: _transfer, ...one }) => ({ ...one, endAt: at }))
      .sort((left, right) => left.endAt - right.endAt);
  }
  const rows: readonly SumRow[] = await chosen(context, scope, request)
    .select(({ fn }) => [
      "s.currency",
      "s.end_at as endAt",
      fn.countAll<number>().as("settlements"),
      fn.sum<bigint>("s.activity_minor").as("activity"),
      fn.sum<bigint>("s.fees_minor").as("fees"),
      sql<bigint | string>`sum(coalesce(f.actual_minor, 0) - coalesce(f.expected_minor, 0))`.as("difference"),
      sql<bigint | string>`sum(coalesce(f.leak_minor, 0))`.as("leak"),
    ])
    .groupBy(["s.currency", "s.end_at"])
    .execute();
  return rows
    .map((row) => ({
      currency: row.currency,
      endAt: Number(row.endAt ?? 0),
      settlements: Number(row.settlements),
      activityMinor: BigInt(row.activity),
      feesMinor: BigInt(row.fees),
      differenceMinor: BigInt(row.difference),
      leakMinor: BigInt(row.leak),
    }))
    .sort((left, right) => left.endAt - right.endAt);
}

/**
 * Fees by settlement, oldest first: what the fee page draws.
 *
 * @param request with `limit`, the newest of them alone
 */
export async function feesOverTime(
  context: ViewContext,
  request: FeeFilter & { readonly limit?: number | undefined } = {},
): Promise<readonly FeePoint[]> {
  const scope = await scopeOf(context, request);
  let query = chosen(context, scope, request)
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
    .orderBy(scope.sorted(sql`coalesce(s.end_at, 0)`), "desc")
    .orderBy("s.account_id", "desc")
    .orderBy("s.settlement_id", "desc")
    .orderBy("s.currency", "desc");
  if (request.limit !== undefined) query = query.limit(request.limit);
  return (await query.execute()).toReversed().map((row) => ({
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
