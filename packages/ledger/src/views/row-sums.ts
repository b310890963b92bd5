import { sql } from "kysely";
import { chosenRows, conditions, type RowFilter } from "./search.ts";
import { stretchesOf } from "./stretches.ts";
import { accountIds, type ViewContext } from "./view.ts";

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
  const accounts = await accountIds(context, filter);
  if (text === "") return accounts.length === 0 ? [] : sumsOfDays(context, filter, accounts);
  const query = chosenRows(context, filter, accounts)
    .select(["currency", "amount_minor", "total_fee_minor", "net_minor"])
    .where((eb) => eb.or(conditions(text).map((part) => part(eb))))
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

interface Sums {
  readonly currency: string;
  readonly rows: number | string;
  readonly amount_minor: bigint;
  readonly fee_minor: bigint;
  readonly net_minor: bigint;
}

/** Sums of whole days as they are kept, and of the rows of a part of a day, where the period begins or ends within one. */
async function sumsOfDays(
  { store }: ViewContext,
  filter: RowFilter,
  accounts: readonly string[],
): Promise<readonly RowSums[]> {
  const { days, rows } = stretchesOf(filter);
  const chosen = sql`account_id in (${sql.join(accounts)})
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
