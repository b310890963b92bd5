import { type Kysely, sql } from "kysely";
import { chunks } from "../chunks.ts";
import type { Schema } from "../schema/index.ts";

/** Milliseconds of a day in UTC, by which sums are kept. */
export const SUM_DAY = 86_400_000;

/** Makes the sums of some files anew from their rows, in the transaction in which rows came, went or moved. */
export async function sumFees(db: Kysely<Schema>, accountId: string, fileIds: Iterable<number>): Promise<void> {
  for (const some of chunks([...new Set(fileIds)])) {
    const ofFiles = sql`account_id = ${accountId} and file_id in (${sql.join(some)})`;
    await sql`delete from fee_sum where ${ofFiles}`.execute(db);
    await sql`
      insert into fee_sum (account_id, file_id, settlement_id, currency, type_key, day, type, row_count,
        unnamed_count, amount_minor, percentage_fee_minor, fixed_fee_minor, total_fee_minor, net_minor)
      select account_id, file_id, settlement_id, currency, type_key, day, min(type), count(*),
        count(*) - count(permission_id), sum(amount_minor),
        sum(percentage_fee_minor), sum(fixed_fee_minor), sum(total_fee_minor), sum(net_minor)
      from (select r.*, r.posted_at / ${sql.lit(SUM_DAY)} as day from settlement_row r where ${ofFiles}) as rows
      group by account_id, file_id, settlement_id, currency, type_key, day
    `.execute(db);
  }
}

/** Files from whose sums other sums result than from their rows; none, always: for tests. */
export async function filesWithOtherSums(db: Kysely<Schema>): Promise<readonly number[]> {
  const { rows } = await sql<{ fileId: number }>`
    select f.file_id as "fileId" from file f
    left join (select account_id, file_id, count(*) as rows, sum(net_minor) as net, sum(amount_minor) as amount
      from settlement_row group by account_id, file_id) r on r.account_id = f.account_id and r.file_id = f.file_id
    left join (select account_id, file_id, sum(row_count) as rows, sum(net_minor) as net, sum(amount_minor) as amount
      from fee_sum group by account_id, file_id) s on s.account_id = f.account_id and s.file_id = f.file_id
    where f.loaded_at is not null and (coalesce(r.rows, 0) <> coalesce(s.rows, 0)
      or coalesce(r.net, 0) <> coalesce(s.net, 0) or coalesce(r.amount, 0) <> coalesce(s.amount, 0))
  `.execute(db);
  return rows.map(({ fileId }) => fileId);
}
