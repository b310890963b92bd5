import { chosenRows, conditions, type RowFilter } from "./search.ts";
import { accountIds, type ViewContext } from "./view.ts";

/** What the rows of one currency add up to, in minor units. */
export interface RowSums {
  readonly currency: string;
  readonly rows: number;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
}

/** This many rows are added up while somebody waits. */
const MOST_ROWS = 50_000;

/**
 * What all rows of a search add up to, by currency.
 *
 * @returns `null` where more rows match than can be added up while somebody waits (50,000)
 */
export async function sumRows(context: ViewContext, filter: RowFilter): Promise<readonly RowSums[] | null> {
  const text = (filter.text ?? "").trim();
  let query = chosenRows(context, filter, await accountIds(context, filter))
    .select(["currency", "amount_minor", "total_fee_minor", "net_minor"])
    .limit(MOST_ROWS + 1);
  if (text !== "") query = query.where((eb) => eb.or(conditions(text).map((part) => part(eb))));
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
