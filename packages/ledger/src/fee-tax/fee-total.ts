import { type Kysely, sql } from "kysely";
import type { Schema } from "../store/schema/index.ts";
import { SUM_DAY } from "../store/rows/fee-sums.ts";

/**
 * What the fees of a stretch of time came to in one currency, positive where taken: as journals book them, an authorization as a
 * whole. Sums of whole days in UTC are kept; of the days in which the stretch begins and ends the rows are read.
 */
export async function feeTotal(
  db: Kysely<Schema>,
  of: { readonly accountId: string; readonly currency: string; readonly from: number; readonly until: number },
): Promise<bigint> {
  const { accountId, currency, from, until } = of;
  const [first, end] = [Math.ceil(from / SUM_DAY), Math.floor(until / SUM_DAY)];
  const chosen = sql`account_id = ${accountId} and currency = ${currency} and type_key not in ('carryover', 'debt')`;
  const columns = sql`type_key, amount_minor, net_minor`;
  const stretches =
    first >= end
      ? [{ from, until }]
      : [
          { from, until: first * SUM_DAY },
          { from: end * SUM_DAY, until },
        ].filter((one) => one.from < one.until);
  const parts = [
    ...(first >= end ? [] : [sql`select ${columns} from fee_sum where ${chosen} and day >= ${first} and day < ${end}`]),
    ...stretches.map(
      (one) => sql`select ${columns} from settlement_row where ${chosen}
        and posted_at >= ${one.from} and posted_at < ${one.until}`,
    ),
  ];
  const { rows } = await sql<{ total: bigint | string | null }>`
    select sum(case when type_key = 'authorization' then -net_minor else amount_minor - net_minor end) as total
    from (${sql.join(parts, sql` union all `)}) as parts
  `.execute(db);
  return BigInt(rows[0]?.total ?? 0);
}
