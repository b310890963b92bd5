/** A settlement file into SQLite: by the ledger, and by bare prepared inserts of rows that are in memory already. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openLedger } from "@amazon-pay-kit/ledger";
import { serveWorks } from "../serve-works.mjs";
import { openSqlite } from "../sqlite.mjs";

const ACCOUNT = { accountId: "shop", region: "na", environment: "live" };
const rows = [];
let columns = [];

/** An empty ledger with one account. */
async function emptyLedger(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const ledger = await openLedger({ dataDir: folder });
  await ledger.accounts.add(ACCOUNT);
  return ledger;
}

/** What must be the same for everyone who has loaded the file. */
function checked(database) {
  const row = database.prepare("select count(*) as count, sum(net_minor) as net from settlement_row").get();
  return { rows: Number(row.count), net: Number(row.net) };
}

async function insertAll(folder, timer, { indexesLast }) {
  await (await emptyLedger(folder)).close();
  const database = await openSqlite(join(folder, "ledger.sqlite"));
  const indexes = database
    .prepare(
      "select name, sql from sqlite_master where type = 'index' and tbl_name = 'settlement_row' and sql is not null",
    )
    .all();
  const text = `insert into settlement_row (${columns.join(",")}) values (${columns.map(() => "?").join(",")})`;
  timer.begin();
  database.exec("begin");
  if (indexesLast) for (const { name } of indexes) database.exec(`drop index ${name}`);
  const insert = database.prepare(text);
  for (const row of rows) insert.run(...row);
  if (indexesLast) for (const { sql } of indexes) database.exec(sql);
  database.exec("commit");
  timer.stop();
  const found = checked(database);
  database.close();
  return found;
}

serveWorks({
  async kit({ path, folder }, timer) {
    const ledger = await emptyLedger(folder);
    timer.begin();
    const loaded = await ledger.loadFile({ accountId: ACCOUNT.accountId, file: path });
    timer.stop();
    await ledger.close();
    if (loaded.state !== "loaded" || loaded.errors > 0) throw new Error(`not loaded: ${JSON.stringify(loaded)}`);
    const database = await openSqlite(join(folder, "ledger.sqlite"));
    const found = checked(database);
    database.close();
    return found;
  },

  /** Takes the rows of a loaded ledger into memory, money as the ledger binds it. */
  async remember({ folder }) {
    const database = await openSqlite(join(folder, "ledger.sqlite"));
    const statement = database.prepare("select * from settlement_row order by line");
    for (const row of statement.iterate()) {
      columns = Object.keys(row);
      rows.push(columns.map((name) => (name.endsWith("_minor") ? BigInt(row[name]) : row[name])));
    }
    database.close();
  },

  bare: ({ folder }, timer) => insertAll(folder, timer, { indexesLast: false }),
  bareIndexesLast: ({ folder }, timer) => insertAll(folder, timer, { indexesLast: true }),
});
