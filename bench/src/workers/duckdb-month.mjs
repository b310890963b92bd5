/** The month as somebody does it who takes DuckDB: copies with their hash, typed tables, matched, balanced, compared with the bank. */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

const [month, work, out] = process.argv.slice(2);
if (out === undefined) {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, "archive"), { recursive: true });
  for (const name of readdirSync(join(month, "inbox"))) {
    const from = join(month, "inbox", name);
    createHash("sha256").update(readFileSync(from)).digest("hex");
    copyFileSync(from, join(work, "archive", name));
  }
}
const instance = await DuckDBInstance.create(join(work, "books.duckdb"));
const db = await instance.connect();
if (out !== undefined) {
  await db.run(`copy (select * from row order by posted) to '${out}' (format parquet)`);
  process.exit(0);
}
const COLUMNS = [
  "TransactionPostedDate",
  "SettlementId",
  "AmazonTransactionId",
  "SellerReferenceId",
  "TransactionType",
  "AmazonOrderReferenceId",
  "SellerOrderId",
  "StoreName",
  "CurrencyCode",
  "TransactionDescription",
  "TransactionAmount",
  "TransactionPercentageFee",
  "TransactionFixedFee",
  "TotalTransactionFee",
  "NetTransactionAmount",
];
// Said, not found out: to look into each of a thousand files for its dialect takes longer than to read it.
const DIALECT = `auto_detect = false, delim = ',', quote = '"', escape = '"', skip = 6, header = false,
  columns = {${COLUMNS.map((name) => `'${name}': 'VARCHAR'`).join(", ")}}, null_padding = true, ignore_errors = false`;
const money = (name) => `cast(round(cast(${name} as decimal(18, 2)) * 100) as bigint)`;
await db.run(`create table row as select strptime(TransactionPostedDate, '%Y-%m-%dT%H:%M:%S %z') as posted,
  SettlementId as settlement, AmazonTransactionId as id, SellerReferenceId as reference, TransactionType as type,
  AmazonOrderReferenceId as permission, SellerOrderId as "order", CurrencyCode as currency,
  ${money("TransactionAmount")} as amount, ${money("TotalTransactionFee")} as fee, ${money("NetTransactionAmount")} as net,
  ${money("TransactionPercentageFee")} as percentage, ${money("TransactionFixedFee")} as fixed
  from read_csv('${join(work, "archive", "*.csv")}', ${DIALECT})`);
await db.run(`create table orders as select *, ${money("amount")} as minor from
  read_csv('${join(month, "orders.csv")}', header = true, all_varchar = true)`);
await db.run(`create table bank as select *, ${money("amount")} as minor from
  read_csv('${join(month, "bank.csv")}', header = true, all_varchar = true)`);
const one = async (sql) => Number((await (await db.runAndReadAll(sql)).getRows())[0][0]);
const found = {
  rows: await one("select count(*) from row"),
  unmatched: await one("select count(*) from orders o anti join row r on r.id = o.transactionId"),
  differing: await one(
    "select count(*) from orders o join row r on r.id = o.transactionId where abs(r.amount) <> o.minor",
  ),
  wrong: await one("select count(*) from row where fee <> percentage + fixed or net <> amount + fee"),
  balanced: await one("select count(*) from (select settlement from row group by 1 having sum(net) = 0)"),
  deposits: await one(
    "select count(*) from row r join bank b on b.reference = r.settlement and b.minor = -r.net where r.type = 'Transfer'",
  ),
};
process.stdout.write(`${JSON.stringify(found)}\n`);
process.exit(0);
