import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { connect } from "./database.ts";
import { openSqliteStore } from "./open.ts";
import { fixStatistics } from "./statistics.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apay-statistics-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("finds rows and records by their ids, not by walking through the files of an account", async () => {
  const path = join(folder, "ledger.sqlite");
  await (await openSqliteStore(path)).close();
  const database = await connect(path);
  const plan = database
    .statement(
      `explain query plan select r.line, c.record_id from settlement_row r
       join record c on c.account_id = r.account_id and c.transaction_id = r.transaction_id
       where r.account_id = 'shop' and r.file_id in (1, 2, 3) and c.currency = r.currency`,
    )
    .all()
    .map((row) => row["detail"]);
  database.close();
  expect(plan).toEqual([
    expect.stringMatching(/^SEARCH r .*\(account_id=\? AND file_id=\?\)/),
    expect.stringMatching(/^SEARCH c USING INDEX record_by_transaction_id /),
  ]);
});

it("gives back the statistics of an index that was dropped and built again", async () => {
  const path = join(folder, "ledger.sqlite");
  await (await openSqliteStore(path)).close();
  const database = await connect(path);
  const all = () => database.statement("select tbl, idx, stat from sqlite_stat1 order by tbl, idx").all();
  const before = all();
  expect(before.map((row) => row["idx"])).toContain("settlement_row_by_transaction_id");
  database.exec("begin");
  const name = "settlement_row_by_posted_at";
  const text = String(database.statement(`select sql from sqlite_master where name = '${name}'`).get()?.["sql"]);
  database.exec(`drop index ${name}`);
  expect(all()).not.toEqual(before);
  database.exec(text);
  fixStatistics(database);
  expect(all()).toEqual(before);
  database.exec("commit");
  database.close();
});
