import type { SqliteDatabase } from "./database.ts";

/** Rows of the tables as the planner is to imagine them, and those of one account among them. */
const ROWS = 1_000_000;
const OF_ACCOUNT = 500_000;

/** How many rows of an account share a value, by column, or by table and column where it differs. */
const SHARE: Readonly<Record<string, number>> = {
  __proto__: null as never,
  file_id: 1000,
  settlement_id: 1000,
  import_id: 1000,
  first_file_id: 1000,
  kind: 100_000,
  // Of the index of transfers: more than a settlement has rows, so that the way to those of one settlement is its id.
  "settlement_row.type_key": 20_000,
  state: 100_000,
  status: 100_000,
  code: 50_000,
  // Exceptions are few, and fewer of one code stand open: the way to them is their code, unless the place is known.
  "exception.code": 2000,
  "exception.file_id": 20,
  "exception.settlement_id": 20,
  source: 100_000,
  counterpart: 100_000,
  currency: 100_000,
  report_type: 50_000,
  amount_minor: 50,
  net_minor: 50,
};
const OTHERWISE = 4;

interface IndexShape {
  readonly table: string;
  /** As `sqlite_stat1` names it: the key of a table without row ids goes by the table's name. */
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly string[];
}

function indexesOf(database: SqliteDatabase): readonly IndexShape[] {
  const found = database
    .statement(
      `select t.name as "table", i.name as name, i."unique" as "unique", i.origin as origin, c.name as "column"
       from pragma_table_list t join pragma_index_list(t.name) i join pragma_index_xinfo(i.name) c
       where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite_%' and c.key = 1 order by t.name, i.name, c.seqno`,
    )
    .all();
  const indexes = new Map<string, IndexShape & { readonly columns: string[] }>();
  for (const row of found) {
    const [table, index, column] = [String(row["table"]), String(row["name"]), String(row["column"])];
    const known = indexes.get(index);
    if (known !== undefined) known.columns.push(column);
    else {
      const name = row["origin"] === "pk" ? table : index;
      indexes.set(index, { table, name, unique: Number(row["unique"]) === 1, columns: [column] });
    }
  }
  return [...indexes.values()];
}

/** `rows  rows with the same first column  rows with the same first two …`, as `ANALYZE` writes it. */
function statisticsOf(index: IndexShape): string {
  let shared = ROWS;
  const figures = [shared];
  for (const [place, column] of index.columns.entries()) {
    const last = index.unique && place === index.columns.length - 1;
    const share = last
      ? 1
      : column === "account_id"
        ? OF_ACCOUNT
        : (SHARE[`${index.table}.${column}`] ?? SHARE[column] ?? OTHERWISE);
    shared = Math.min(shared, share);
    figures.push(shared);
  }
  // Without it the planner goes through all accounts in turn for what an index after them has: it takes them for a few.
  return `${figures.join(" ")} noskipscan`;
}

/**
 * Tells SQLite's planner how selective every index is, once and for all.
 *
 * A database that was never analysed leaves it guessing, and it has guessed that all files of an account are as good a way to
 * a row as its transaction id: fifty million steps for pairing twenty thousand rows. Statistics of the moment would be better
 * only until the next load. With fixed ones the plan of a query is the same in every ledger, small or large.
 *
 * Dropping an index drops its statistics, so anyone who does that calls this again.
 */
export function fixStatistics(database: SqliteDatabase): void {
  const wanted = indexesOf(database).map((index) => [index.table, index.name, statisticsOf(index)] as const);
  const table = database.statement("select 1 from sqlite_master where name = 'sqlite_stat1'").get();
  const known = table === undefined ? [] : database.statement("select tbl, idx, stat from sqlite_stat1").all();
  const text = (rows: readonly (readonly string[])[]) =>
    rows
      .map((row) => row.join(" "))
      .toSorted()
      .join("\n");
  const before = text(known.map((row) => [String(row["tbl"]), String(row["idx"]), String(row["stat"])]));
  if (before === text(wanted)) return;
  // A savepoint is a transaction of its own, or a part of the one that there is.
  database.exec("savepoint statistics");
  try {
    if (table === undefined) database.exec("analyze sqlite_schema");
    database.exec("delete from sqlite_stat1");
    const insert = database.statement("insert into sqlite_stat1 (tbl, idx, stat) values (?, ?, ?)");
    for (const row of wanted) insert.run(...row);
    database.exec("release statistics");
  } catch (error) {
    database.exec("rollback to statistics; release statistics");
    throw error;
  }
  database.exec("analyze sqlite_schema");
}
