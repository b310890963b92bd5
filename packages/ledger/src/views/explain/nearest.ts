import { type RawBuilder, sql } from "kysely";
import { scopeOf, type ViewContext } from "../view.ts";
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

const EACH_WAY = 20;

type Place = (typeof PLACES)[number];

/** Restricts rows to the amounts next to one, of either sign: the index by amounts has them, where a sort would read all rows. */
async function sizesAround(
  { store }: ViewContext,
  { table, amount }: Place,
  of: RawBuilder<unknown>,
  minor: bigint,
): Promise<RawBuilder<unknown>> {
  const amounts = new Set<bigint>();
  const column = sql.ref(amount);
  for (const size of [minor, -minor]) {
    for (const compared of [
      sql`${column} >= ${size} order by ${column}`,
      sql`${column} < ${size} order by ${column} desc`,
    ]) {
      const { rows } = await sql<{ minor: bigint | string }>`select ${column} as minor from ${sql.table(table)}
        where ${of} and ${column} <> 0 and ${compared} limit ${EACH_WAY}`.execute(store.db);
      for (const row of rows) amounts.add(BigInt(row.minor));
    }
  }
  return amounts.size === 0 ? sql`1 = 0` : sql`${column} in (${sql.join([...amounts])})`;
}

/** The amounts that are nearest to one that nothing in the books is as large as. */
export async function nearestAmounts(context: ViewContext, wanted: Wanted): Promise<readonly NearestAmount[]> {
  const scope = await scopeOf(context, wanted);
  const found: (NearestAmount & { readonly apart: bigint })[] = [];
  for (const { minor, fits } of wanted.amounts) {
    if (minor === 0n) continue;
    for (const place of PLACES) {
      const { what, table, amount, id } = place;
      const size = sql`abs(${sql.ref(amount)})`;
      const chosen = sql`${scope.of()} and currency is not null
          ${wanted.currency === undefined ? sql`` : sql`and currency = ${wanted.currency}`}`;
      const near = await sizesAround(context, place, chosen, minor);
      const { rows } = await sql<{ accountId: string; id: string; amountMinor: bigint | string; currency: string }>`
        select account_id as "accountId", ${id} as id, ${size} as "amountMinor", currency from ${sql.table(table)}
        where ${chosen} and ${sql.ref(amount)} <> 0 and ${near}
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
