import { sql } from "kysely";
import { chosenRows } from "./search.ts";
import { accountIds, type AccountFilter, type PeriodFilter, type ViewContext } from "./view.ts";

/** What rows of one type cost in a period, in minor units. Fees are negative where they were taken. */
export interface TypeFees {
  readonly accountId: string;
  readonly currency: string;
  /** As the first of the rows has it: `Capture`. */
  readonly type: string;
  readonly typeKey: string;
  readonly rows: number;
  /** Gross. */
  readonly amountMinor: bigint;
  readonly percentageMinor: bigint;
  readonly fixedMinor: bigint;
  /** What the fees did to the balance: net less gross. */
  readonly feeMinor: bigint;
  /** Rows whose fee is not that of the schedule, open or explained. */
  readonly unexpected: number;
  /** Actual less expected fees of those rows. */
  readonly differenceMinor: bigint;
}

/** Rows of these only move the balance between Amazon Pay, its reserve and the bank. */
const MOVES = ["transfer", "reserve", "carryover", "debt"];

/**
 * Fees by type of row, of the rows that were posted in a period, whichever settlement they are in: what is booked as
 * expense of a month or quarter. Their sum over all time is that of the settlements.
 */
export async function feesByType(
  context: ViewContext,
  filter: AccountFilter & PeriodFilter & { readonly currency?: string | undefined } = {},
): Promise<readonly TypeFees[]> {
  const accounts = await accountIds(context, filter);
  const rows = chosenRows(context, filter, accounts).selectAll().where("type_key", "not in", MOVES);
  const mirrored = sql<boolean>`s.sign_convention = 'amount-minus-fee'`;
  const signed = (column: "percentage_fee_minor" | "fixed_fee_minor") =>
    sql<
      bigint | string
    >`coalesce(sum(case when ${mirrored} then -r.${sql.ref(column)} else r.${sql.ref(column)} end), 0)`;
  const sums = await context.store.db
    .selectFrom(rows.as("r"))
    .leftJoin("settlement as s", (join) =>
      join
        .onRef("s.account_id", "=", "r.account_id")
        .onRef("s.settlement_id", "=", "r.settlement_id")
        .onRef("s.currency", "=", "r.currency"),
    )
    .select(({ fn }) => [
      "r.account_id",
      "r.currency",
      "r.type_key",
      fn.min<string>("r.type").as("type"),
      fn.countAll<number>().as("rows"),
      fn.sum<bigint | string>("r.amount_minor").as("amount"),
      fn.sum<bigint | string>("r.net_minor").as("net"),
      signed("percentage_fee_minor").as("percentage"),
      signed("fixed_fee_minor").as("fixed"),
    ])
    .groupBy(["r.account_id", "r.currency", "r.type_key"])
    .orderBy("r.account_id")
    .orderBy("r.currency")
    .orderBy("r.type_key")
    .execute();
  const off = await unexpected(context, filter, accounts);
  return sums.map((sum) => {
    const found = off.get(`${sum.account_id} ${sum.currency} ${sum.type_key}`);
    return {
      accountId: sum.account_id,
      currency: sum.currency,
      type: sum.type,
      typeKey: sum.type_key,
      rows: Number(sum.rows),
      amountMinor: BigInt(sum.amount),
      percentageMinor: BigInt(sum.percentage),
      fixedMinor: BigInt(sum.fixed),
      feeMinor: BigInt(sum.net) - BigInt(sum.amount),
      unexpected: found?.rows ?? 0,
      differenceMinor: found?.minor ?? 0n,
    };
  });
}

/** Fee differences that still stand, by account, currency and type of row. */
async function unexpected(
  { store: { db } }: ViewContext,
  filter: PeriodFilter & { readonly currency?: string | undefined },
  accounts: readonly string[],
): Promise<ReadonlyMap<string, { readonly rows: number; readonly minor: bigint }>> {
  let query = db
    .selectFrom("exception as e")
    .innerJoin("settlement_row as r", (join) =>
      join
        .onRef("r.account_id", "=", "e.account_id")
        .onRef("r.file_id", "=", "e.file_id")
        .onRef("r.line", "=", "e.line"),
    )
    .select(({ fn }) => [
      "r.account_id",
      "r.currency",
      "r.type_key",
      fn.countAll<number>().as("rows"),
      fn.sum<bigint | string | null>("e.amount_minor").as("minor"),
    ])
    .where("e.account_id", "in", [...accounts])
    .where("e.code", "=", "fee.mismatch")
    .where("e.status", "!=", "resolved");
  if (filter.currency !== undefined) query = query.where("r.currency", "=", filter.currency);
  if (filter.from !== undefined) query = query.where("r.posted_at", ">=", filter.from);
  if (filter.until !== undefined) query = query.where("r.posted_at", "<", filter.until);
  const found = await query.groupBy(["r.account_id", "r.currency", "r.type_key"]).execute();
  return new Map(
    found.map((one) => [
      `${one.account_id} ${one.currency} ${one.type_key}`,
      { rows: Number(one.rows), minor: BigInt(one.minor ?? 0) },
    ]),
  );
}
