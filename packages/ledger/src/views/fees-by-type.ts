import { sql } from "kysely";
import { LIVE } from "../reconcile/exceptions/status.ts";
import { rowTotals } from "./totals/row-totals.ts";
import { stretchesOf } from "./stretches.ts";
import { type Scope, scopeOf, type AccountFilter, type PeriodFilter, type ViewContext } from "./view.ts";

/** What rows of one type cost in a period, in minor units. Fees are negative where they were taken. */
export interface TypeFees {
  /** Whose; empty where the rows of all accounts, of which there are very many, are one sum. */
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
  const scope = await scopeOf(context, filter);
  if (scope.totals !== undefined) return keptFees(context, filter, scope);
  const sums = await sumsOf(context, filter, scope);
  const off = await unexpected(context, filter, scope);
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

/** Fees by type of all accounts together, from the sums that are kept. */
async function keptFees(context: ViewContext, filter: Period, scope: Scope): Promise<readonly TypeFees[]> {
  if (scope.totals === undefined) return [];
  const totals = await rowTotals(context, scope.totals, filter);
  const off = [...(await unexpected(context, filter, scope))];
  return totals
    .filter(({ typeKey, currency }) => !MOVES.includes(typeKey) && (filter.currency ?? currency) === currency)
    .map(({ currency, type, typeKey, rows, amountMinor, percentageMinor, fixedMinor, netMinor }) => {
      const own = off.filter(([key]) => key.endsWith(` ${currency} ${typeKey}`)).map(([, one]) => one);
      return {
        accountId: "",
        currency,
        type,
        typeKey,
        rows,
        amountMinor,
        percentageMinor,
        fixedMinor,
        feeMinor: netMinor - amountMinor,
        unexpected: own.reduce((sum, one) => sum + one.rows, 0),
        differenceMinor: own.reduce((sum, one) => sum + one.minor, 0n),
      };
    });
}

/** A sum of rows, by account, currency and type. */
interface Sum {
  readonly account_id: string;
  readonly currency: string;
  readonly type_key: string;
  readonly type: string;
  readonly rows: number | string;
  readonly amount: bigint | string;
  readonly net: bigint | string;
  readonly percentage: bigint | string;
  readonly fixed: bigint | string;
}

type Period = PeriodFilter & { readonly currency?: string | undefined };

/**
 * Sums of the rows of a period. Those of whole days (in UTC) are kept as sums of each file; where the period begins or ends
 * within a day, as months of other time zones do, the rows of that part of the day are read.
 */
async function sumsOf({ store }: ViewContext, filter: Period, scope: Scope): Promise<readonly Sum[]> {
  const { days, rows } = stretchesOf(filter);
  const chosen = sql`${scope.of()} and type_key not in (${sql.join(MOVES)})
    ${filter.currency === undefined ? sql`` : sql`and currency = ${filter.currency}`}`;
  const columns = sql`account_id, settlement_id, currency, type_key, type, amount_minor, net_minor, percentage_fee_minor,
    fixed_fee_minor`;
  const parts = [
    ...(days === null
      ? []
      : [
          sql`select ${columns}, row_count from fee_sum where ${chosen}
            ${days.from === undefined ? sql`` : sql`and day >= ${days.from}`}
            ${days.until === undefined ? sql`` : sql`and day < ${days.until}`}`,
        ]),
    ...rows.map(
      ({ from, until }) => sql`select ${columns}, 1 as row_count from settlement_row where ${chosen}
        and posted_at >= ${from} and posted_at < ${until}`,
    ),
  ];
  if (parts.length === 0) return [];
  const signed = (column: string) =>
    sql`coalesce(sum(case when s.sign_convention = 'amount-minus-fee' then -r.${sql.ref(column)}
      else r.${sql.ref(column)} end), 0)`;
  const { rows: found } = await sql<Sum>`
    select r.account_id, r.currency, r.type_key, min(r.type) as type, sum(r.row_count) as rows,
      sum(r.amount_minor) as amount, sum(r.net_minor) as net, ${signed("percentage_fee_minor")} as percentage,
      ${signed("fixed_fee_minor")} as fixed
    from (${sql.join(parts, sql` union all `)}) as r
    left join settlement s on s.account_id = r.account_id and s.settlement_id = r.settlement_id and s.currency = r.currency
    group by r.account_id, r.currency, r.type_key
    order by r.account_id, r.currency, r.type_key
  `.execute(store.db);
  return found;
}

/** Fee differences that still stand, by account, currency and type of row. */
async function unexpected(
  { store: { db } }: ViewContext,
  filter: PeriodFilter & { readonly currency?: string | undefined },
  scope: Scope,
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
    .where(scope.of("e.account_id"))
    .where("e.code", "=", "fee.mismatch")
    .where("e.status", "in", [...LIVE]);
  if (filter.currency !== undefined) query = query.where("r.currency", "=", filter.currency);
  // With a sign the column is no way into the index by time, which would read every row of the period for the few that differ.
  const at = sql<number>`+r.posted_at`;
  if (filter.from !== undefined) query = query.where(at, ">=", filter.from);
  if (filter.until !== undefined) query = query.where(at, "<", filter.until);
  const found = await query.groupBy(["r.account_id", "r.currency", "r.type_key"]).execute();
  return new Map(
    found.map((one) => [
      `${one.account_id} ${one.currency} ${one.type_key}`,
      { rows: Number(one.rows), minor: BigInt(one.minor ?? 0) },
    ]),
  );
}
