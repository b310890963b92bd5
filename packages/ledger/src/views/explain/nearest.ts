import { type RawBuilder, sql } from "kysely";
import { accountIds, type ViewContext } from "../view.ts";
import type { Wanted } from "./find.ts";

/** An amount in the books that is close to one that is not there. */
export interface NearestAmount {
  readonly accountId: string;
  /** `deposit`, `transfer`, `row` (of a settlement), `record` or `exception`. */
  readonly what: string;
  /** What it can be explained by: the settlement, transaction, order or exception; the day of a deposit. */
  readonly id: string;
  /** Without its sign, as it was asked for. */
  readonly amountMinor: bigint;
  readonly currency: string;
}

const MOST = 3;

/** Where amounts are, and what each is named by. */
const PLACES = [
  {
    what: "deposit",
    table: "bank_line",
    amount: "amount_minor",
    id: sql`coalesce(reference, text, cast(bank_line_id as text))`,
  },
  { what: "transfer", table: "settlement", amount: "payout_minor", id: sql`settlement_id` },
  { what: "row", table: "settlement_row", amount: "amount_minor", id: sql`coalesce(transaction_id, settlement_id)` },
  {
    what: "record",
    table: "record",
    amount: "amount_minor",
    id: sql`coalesce(order_id, transaction_id, reference_id, permission_id, cast(record_id as text))`,
  },
  { what: "exception", table: "exception", amount: "amount_minor", id: sql`exception_id` },
] as const;

/** Accounts beyond which it is cheaper to look at every row once. */
const MOST_ACCOUNTS = 20;
const EACH_WAY = 20;

/** Restricts rows to the amounts next to one, of either sign: the index by amounts has them, where a sort would read all rows. */
async function sizesAround(
  { store }: ViewContext,
  accounts: readonly string[],
  minor: bigint,
  currency: string | undefined,
): Promise<RawBuilder<unknown>> {
  if (accounts.length > MOST_ACCOUNTS) return sql`1 = 1`;
  const amounts = new Set<bigint>();
  for (const account of accounts) {
    for (const size of [minor, -minor]) {
      for (const [compared, direction] of [
        [">=", "asc"],
        ["<", "desc"],
      ] as const) {
        let query = store.db
          .selectFrom("settlement_row")
          .select("amount_minor")
          .where("account_id", "=", account)
          .where("amount_minor", "!=", 0n)
          .where("amount_minor", compared, size);
        if (currency !== undefined) query = query.where("currency", "=", currency);
        for (const row of await query.orderBy("amount_minor", direction).limit(EACH_WAY).execute()) {
          amounts.add(row.amount_minor);
        }
      }
    }
  }
  return amounts.size === 0 ? sql`1 = 0` : sql`amount_minor in (${sql.join([...amounts])})`;
}

/** The amounts that are nearest to one that nothing in the books is as large as. */
export async function nearestAmounts(context: ViewContext, wanted: Wanted): Promise<readonly NearestAmount[]> {
  const accounts = await accountIds(context, wanted);
  if (accounts.length === 0) return [];
  const found: (NearestAmount & { readonly apart: bigint })[] = [];
  for (const { minor, fits } of wanted.amounts) {
    if (minor === 0n) continue;
    for (const { what, table, amount, id } of PLACES) {
      const size = sql`abs(${sql.ref(amount)})`;
      const near =
        table === "settlement_row" ? await sizesAround(context, accounts, minor, wanted.currency) : sql`1 = 1`;
      const { rows } = await sql<{ accountId: string; id: string; amountMinor: bigint | string; currency: string }>`
        select account_id as "accountId", ${id} as id, ${size} as "amountMinor", currency from ${sql.table(table)}
        where account_id in (${sql.join([...accounts])}) and ${sql.ref(amount)} <> 0 and currency is not null
          ${wanted.currency === undefined ? sql`` : sql`and currency = ${wanted.currency}`} and ${near}
        order by abs(${size} - ${minor}), account_id limit 20
      `.execute(context.store.db);
      for (const row of rows.filter((one) => fits(one.currency))) {
        const amountMinor = BigInt(row.amountMinor);
        const apart = amountMinor < minor ? minor - amountMinor : amountMinor - minor;
        found.push({ ...row, what, amountMinor, apart });
      }
    }
  }
  return found
    .sort((left, right) => (left.apart < right.apart ? -1 : left.apart > right.apart ? 1 : 0))
    .slice(0, MOST)
    .map(({ apart: _apart, ...one }) => one);
}
