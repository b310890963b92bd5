/** Builds the models of this package in DuckDB, as dbt would: no dbt is needed for what it does to this SQL. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { exportIncrement, folderTarget } from "@amazon-pay-kit/ledger/export";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { reconcile } from "../../packages/ledger/src/reconcile/reconcile.ts";
import {
  booksFixture,
  capture,
  load,
  settlementFile,
  transfer,
} from "../../packages/ledger/src/reconcile/testing/books-fixture.ts";
import type { Ledger } from "../../packages/ledger/src/ledger.ts";

const DBT = import.meta.dirname;

const filesIn = (folder: string): string[] =>
  readdirSync(join(DBT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sql"))
    .map((name) => join(DBT, folder, name));

/** A test of a column: its name, or its name with what it takes. */
type ColumnTest = string | Readonly<Record<string, { values?: string[]; to?: string; field?: string }>>;

interface ModelFile {
  readonly models: readonly {
    readonly name: string;
    readonly columns: readonly { readonly name: string; readonly tests: readonly ColumnTest[] }[];
  }[];
}

/** The rows that break a test of a column. */
function brokenBy(model: string, column: string, test: ColumnTest): string {
  const [name, given] = typeof test === "string" ? [test, undefined] : (Object.entries(test)[0] ?? ["", undefined]);
  if (name === "not_null") return `select * from ${model} where ${column} is null`;
  if (name === "unique") return `select ${column} from ${model} group by ${column} having count(*) > 1`;
  if (name === "accepted_values")
    return `select * from ${model} where ${column} not in (${(given?.values ?? []).map((one) => `'${one}'`).join(", ")})`;
  if (name === "relationships") {
    const to = /^ref\('(\w+)'\)$/.exec(given?.to ?? "")?.[1] ?? "";
    return `select * from ${model} where ${column} not in (select ${given?.field} from ${to})`;
  }
  throw new Error(`no test is called ${name}`);
}

describe("the dbt package", () => {
  const folder = mkdtempSync(join(tmpdir(), "apay-dbt-"));
  let ledger: Ledger;
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
  const resolved = (sql: string): string =>
    sql
      .replaceAll(/\{\{\s*source\('amazon_pay', '(\w+)'\)\s*\}\}/g, "source_$1")
      .replaceAll(/\{\{\s*ref\('(\w+)'\)\s*\}\}/g, "$1");

  beforeAll(async () => {
    ledger = await booksFixture();
    const settle = (id: string, from: number, to: number, paid: string) =>
      load(
        ledger,
        settlementFile(id, `2026-01-${from}T00:00:00`, `2026-01-${to}T00:00:00`, [
          capture(`2026-01-${from}T10:00:00`, `P01-1111111-10000${from}-C1000${from}`, "100.00", "-2.90"),
          transfer(`2026-01-${to - 1}T10:00:00`, paid),
        ]),
      );
    await settle("5000000001", 10, 15, "96.80");
    await settle("5000000002", 15, 20, "90.00");
    await reconcile(ledger);
    await exportIncrement({ ...ledger, accountId: "shop" }, { target: folderTarget(folder) });
    instance = await DuckDBInstance.create(":memory:");
    connection = await instance.connect();
    for (const table of ["rows", "settlements", "exceptions"])
      await ask(
        `create view source_${table} as select * from read_parquet('${folder}/${table}/**/*.parquet', hive_partitioning = true)`,
      );
    // Models that others refer to come first.
    const waiting = new Map(filesIn("models").map((path) => [basename(path, ".sql"), readFileSync(path, "utf8")]));
    while (waiting.size > 0) {
      const ready = [...waiting].filter(([, sql]) =>
        [...sql.matchAll(/ref\('(\w+)'\)/g)].every(([, name = ""]) => !waiting.has(name)),
      );
      expect(ready).not.toEqual([]);
      for (const [name, sql] of ready) {
        await ask(`create table ${name} as ${resolved(sql)}`);
        waiting.delete(name);
      }
    }
  }, 120_000);
  afterAll(async () => {
    connection?.closeSync();
    instance?.closeSync();
    await ledger?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("passes its own tests, of columns and of models", async () => {
    const { models } = parse(readFileSync(join(DBT, "models/schema.yml"), "utf8")) as ModelFile;
    let count = 0;
    for (const { name, columns } of models) {
      for (const { name: column, tests } of columns) {
        for (const test of tests) {
          expect([name, column, test, await ask(brokenBy(name, column, test))]).toEqual([name, column, test, []]);
          count += 1;
        }
      }
    }
    for (const path of filesIn("tests"))
      expect([path, await ask(resolved(readFileSync(path, "utf8")))]).toEqual([path, []]);
    expect(count).toBeGreaterThan(10);
  });

  it("says what the ledger says, to the cent", async () => {
    expect(
      await ask(
        "select posted_on, cast(taken as varchar), cast(net as varchar) from amazon_pay_daily_sales order by 1",
      ),
    ).toEqual([
      ["2026-01-10", "100.0000", "96.8000"],
      ["2026-01-15", "100.0000", "96.8000"],
    ]);
    expect(await ask("select settlement_id, cast(payout as varchar) from amazon_pay_payouts order by 1")).toEqual([
      ["5000000001", "96.8000"],
      ["5000000002", "90.0000"],
    ]);
    const open = await ledger.exceptions.list({ status: "open" });
    expect(await ask("select cast(sum(exceptions) as integer) from amazon_pay_open_exceptions")).toEqual([
      [open.items.length],
    ]);
  });

  it("knows its sources and models by the names under which the files of the lake lie", () => {
    const sources = parse(readFileSync(join(DBT, "models/sources.yml"), "utf8")) as {
      sources: { tables: { name: string }[] }[];
    };
    expect(sources.sources[0]?.tables.map(({ name }) => name)).toEqual(["rows", "settlements", "exceptions"]);
  });
});
