import { groupBy } from "@amazon-pay-kit/backports";
import { sql } from "kysely";
import { chosenRows, conditions, type RowFilter } from "./search.ts";
import { stretchesOf } from "./stretches.ts";
import { rowTotals, type RowTotal } from "./totals/row-totals.ts";
import { type Scope, scopeOf, type ViewContext } from "./view.ts";

/** What the rows of one currency add up to, in minor units. */
export interface RowSums {
  readonly currency: string;
  readonly rows: number;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
}

/** This many rows that an id or amount finds are added up while somebody waits: each is a look-up of its own. */
const MOST_ROWS = 5000;

/**
 * What all rows of a search add up to, by currency. Without a text the sums of files answer it, however many rows there are.
 *
 * @returns `null` where a text finds more rows than can be added up while somebody waits (5,000)
 */
export async function sumRows(context: ViewContext, filter: RowFilter): Promise<readonly RowSums[] | null> {
  const text = (filter.text ?? "").trim();
  const scope = await scopeOf(context, filter);
  if (text === "" && scope.totals !== undefined)
    return keptSums(await rowTotals(context, scope.totals, filter), filter);
  if (text === "") return sumsOfDays(context, filter, scope);
  const query = chosenRows(context, filter, null)
    .where(scope.of())
    .select(["currency", "amount_minor", "total_fee_minor", "net_minor"])
    .where((eb) => eb.or(conditions(text, scope.all).map(({ find }) => find(eb))))
    .limit(MOST_ROWS + 1);
  const found = await context.store.db
    .selectFrom(query.as("row"))
    .select((eb) => [
      "currency",
      eb.fn.countAll<number>().as("rows"),
      eb.fn.sum<bigint>("amount_minor").as("amount_minor"),
      eb.fn.sum<bigint>("total_fee_minor").as("fee_minor"),
      eb.fn.sum<bigint>("net_minor").as("net_minor"),
    ])
    .groupBy("currency")
    .orderBy("currency")
    .execute();
  if (found.reduce((sum, { rows }) => sum + rows, 0) > MOST_ROWS) return null;
  return found.map((sum) => ({
    currency: sum.currency,
    rows: sum.rows,
    amountMinor: sum.amount_minor,
    feeMinor: sum.fee_minor,
    netMinor: sum.net_minor,
  }));
}

/** By currency, of what is kept by type. */
function keptSums(totals: readonly RowTotal[], { typeKey, currency }: RowFilter): readonly RowSums[] {
  const own = totals.filter(
    (one) =>
      (typeKey === undefined || one.typeKey === typeKey) && (currency === undefined || one.currency === currency),
  );
  return [...groupBy(own, (one) => one.currency)].map(([name, some]) => ({
    currency: name,
    rows: some.reduce((sum, one) => sum + one.rows, 0),
    amountMinor: some.reduce((sum, one) => sum + one.amountMinor, 0n),
    feeMinor: some.reduce((sum, one) => sum + one.feeMinor, 0n),
    netMinor: some.reduce((sum, one) => sum + one.netMinor, 0n),
  }));
}

interface Sums {
  readonly currency: string;
  readonly rows: number | string;
  readonly amount_minor: bigint;
  readonly fee_minor: bigint;
  readonly net_minor: bigint;
}

/** Sums of whole days as they are kept, and of the rows of a part of a day, where the period begins or ends within one. */
async function sumsOfDays({ store }: ViewContext, filter: RowFilter, scope: Scope): Promise<readonly RowSums[]> {
  const { days, rows } = stretchesOf(filter);
  const chosen = sql`${scope.of()}
    ${filter.typeKey === undefined ? sql`` : sql`and type_key = ${filter.typeKey}`}
    ${filter.currency === undefined ? sql`` : sql`and currency = ${filter.currency}`}`;
  const columns = sql`currency, amount_minor, total_fee_minor, net_minor`;
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
  const { rows: found } = await sql<Sums>`
    select currency, sum(row_count) as rows, sum(amount_minor) as amount_minor, sum(total_fee_minor) as fee_minor,
      sum(net_minor) as net_minor
    from (${sql.join(parts, sql` union all `)}) as part group by currency order by currency
  `.execute(store.db);
  return found.map((sum) => ({
    currency: sum.currency,
    rows: Number(sum.rows),
    amountMinor: sum.amount_minor,
    feeMinor: sum.fee_minor,
    netMinor: sum.net_minor,
  }));
}
