/** The merchant's own records into the books: a file by the ledger, and bare prepared inserts of the same rows from memory. */
import { createReadStream, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openLedger } from "@amazon-pay-kit/ledger";
import { serveWorks } from "../serve-works.mjs";
import { openSqlite } from "../sqlite.mjs";

const ACCOUNT = { accountId: "shop", region: "na", environment: "live" };
const rows = [];
let columns = [];

async function emptyLedger(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const ledger = await openLedger({ dataDir: folder });
  await ledger.accounts.add(ACCOUNT);
  return ledger;
}

/** What must be the same for everyone. */
function checked(database) {
  const row = database.prepare("select count(*) as count, sum(amount_minor) as total from record").get();
  return { rows: Number(row.count), total: Number(row.total) };
}

async function insertAll(folder, timer, { indexesLast }) {
  await (await emptyLedger(folder)).close();
  const database = await openSqlite(join(folder, "ledger.sqlite"));
  const indexes = database
    .prepare("select name, sql from sqlite_master where type = 'index' and tbl_name = 'record' and sql is not null")
    .all();
  const text = `insert into record (${columns.join(",")}) values (${columns.map(() => "?").join(",")})`;
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
    await ledger.records.import(createReadStream(path), { accountId: ACCOUNT.accountId, fileName: "orders.csv" });
    timer.stop();
    await ledger.close();
    const database = await openSqlite(join(folder, "ledger.sqlite"));
    const found = checked(database);
    database.close();
    return found;
  },

  async remember({ folder }) {
    const database = await openSqlite(join(folder, "ledger.sqlite"));
    for (const row of database.prepare("select * from record order by record_id").iterate()) {
      columns = Object.keys(row);
      rows.push(columns.map((name) => (name.endsWith("_minor") ? BigInt(row[name]) : row[name])));
    }
    database.close();
  },

  bare: ({ folder }, timer) => insertAll(folder, timer, { indexesLast: false }),
  bareIndexesLast: ({ folder }, timer) => insertAll(folder, timer, { indexesLast: true }),
});
