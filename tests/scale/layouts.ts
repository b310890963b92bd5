import type pg from "pg";

/** Another way to lay the rows out. */
export interface Layout {
  readonly name: string;
  readonly table: string;
  readonly by: string;
  /** Statements that make the partitions. */
  readonly partitions: readonly string[];
}

const MONTH_STARTS = Array.from({ length: 38 }, (_none, index) => Date.UTC(2023, index, 1));
const HASHES = 32;

export const LAYOUTS: readonly Layout[] = [
  {
    name: "by month",
    table: "row_by_month",
    by: "range (posted_at)",
    partitions: MONTH_STARTS.slice(0, -1).map(
      (start, index) =>
        `create table row_by_month_${index} partition of row_by_month for values from (${start}) to (${MONTH_STARTS[index + 1]})`,
    ),
  },
  {
    name: "by account",
    table: "row_by_account",
    by: "hash (account_id)",
    partitions: Array.from(
      { length: HASHES },
      (_none, index) =>
        `create table row_by_account_${index} partition of row_by_account for values with (modulus ${HASHES}, remainder ${index})`,
    ),
  },
];

/** Copies the rows into another layout, with the same indexes; a unique key must hold what the partitions go by. */
export async function layOut(client: pg.Client, { table, by, partitions }: Layout): Promise<void> {
  await client.query(`create table ${table} (like settlement_row) partition by ${by}`);
  for (const partition of partitions) await client.query(partition);
  await client.query(`insert into ${table} select * from settlement_row`);
  const { rows } = await client.query<{ definition: string; primary: boolean }>(
    `select pg_get_indexdef(indexrelid) as definition, indisprimary as primary from pg_index where indrelid = 'settlement_row'::regclass`,
  );
  for (const { definition, primary } of rows) {
    if (primary) {
      const key = by.includes("posted_at") ? "account_id, file_id, line, posted_at" : "account_id, file_id, line";
      await client.query(`alter table ${table} add primary key (${key})`);
    } else {
      await client.query(definition.replace(/create index \S+ on \S+/i, `create index on ${table}`));
    }
  }
  await client.query(`vacuum analyze ${table}`);
}
