import type pg from "pg";

/** Rows to be made up. */
export interface Filling {
  readonly table: string;
  readonly from: number;
  readonly to: number;
  readonly accounts: number;
}

/** Rows of a settlement of the model. */
const SETTLEMENT = 500;
const COLUMNS = `account_id, file_id, line, ordinal, settlement_id, posted_at, type, type_key, transaction_id, reference_id,
  permission_id, order_id, store_name, currency, description, amount_minor, percentage_fee_minor, fixed_fee_minor,
  total_fee_minor, net_minor, extra`;

/**
 * Makes up rows as settlements have them: in files of 500, each of one account and one day. Accounts are of very different
 * sizes: the largest of 200 has about a sixth of all rows, the smaller half together an eighth. Three years of days.
 */
export async function fill(client: pg.Client, { table, from, to, accounts }: Filling): Promise<void> {
  await client.query(
    `insert into ${table} (${COLUMNS})
     select 'merchant-' || a.account, a.file, n % ${SETTLEMENT} + 7, 0, (5000000000 + a.file)::text,
       1672531200000 + (a.file * 7919 % 1096) * 86400000 + (n % 86400) * 1000, 'Capture', 'capture',
       'P01-' || lpad((hashint8(n)::bigint & 9999999)::text, 7, '0') || '-' || lpad(n::text, 10, '0') || '-C' || (n % 999999),
       'ref-' || n, 'P01-' || lpad((hashint8(n)::bigint & 9999999)::text, 7, '0') || '-' || lpad(n::text, 10, '0'),
       'order-' || n, null, 'USD', null, n % 20000 + 500, -(n % 600), -30, -(n % 600) - 30, n % 20000 + 470 - n % 600, null
     from generate_series($1::bigint, $2::bigint - 1) as n,
       lateral (select n / ${SETTLEMENT} as file,
         floor($3::int * power((hashint8(n / ${SETTLEMENT})::bigint & 1048575) / 1048576.0, 3))::int as account) as a`,
    [from, to, accounts],
  );
}

/** Something that the ledger asks every day. */
export interface Question {
  readonly name: string;
  readonly text: (table: string) => string;
  readonly values: (client: pg.Client, ask: number) => Promise<unknown[]>;
}

interface Known {
  account_id: string;
  settlement_id: string;
  transaction_id: string;
  file_id: string;
}

let known: Known[] = [];

/** A row that is there, another one for every asking; rows of large accounts come up more often, as they do in life. */
async function some(client: pg.Client, ask: number): Promise<Known> {
  if (known.length === 0) {
    const { rows } = await client.query<Known>(
      `select account_id, settlement_id, transaction_id, file_id from settlement_row tablesample system (5) repeatable (7)
       where line % 97 = 0 limit 400`,
    );
    known = rows;
  }
  const row = known[ask % known.length];
  if (row === undefined) throw new Error("the model has no rows");
  return row;
}

/** The questions, over whichever layout. */
export function questions(accounts: number): readonly Question[] {
  known = [];
  return [
    {
      name: "a transaction by its id",
      text: (table) => `select * from ${table} where account_id = $1 and transaction_id = $2`,
      values: async (client, ask) => {
        const row = await some(client, ask);
        return [row.account_id, row.transaction_id];
      },
    },
    {
      name: "the rows of a settlement (500)",
      text: (table) => `select count(*), sum(net_minor) from ${table} where account_id = $1 and settlement_id = $2`,
      values: async (client, ask) => {
        const row = await some(client, ask);
        return [row.account_id, row.settlement_id];
      },
    },
    {
      name: "a row by file and line",
      text: (table) => `select * from ${table} where account_id = $1 and file_id = $2 and line = 10`,
      values: async (client, ask) => {
        const row = await some(client, ask);
        return [row.account_id, row.file_id];
      },
    },
    {
      name: "a small account's latest 50 rows",
      text: (table) => `select * from ${table} where account_id = $1 order by posted_at desc limit 50`,
      values: async (_client, ask) => [`merchant-${Math.floor(accounts / 2) + (ask % Math.floor(accounts / 2))}`],
    },
  ];
}
