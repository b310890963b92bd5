import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { type S3Server, startS3 } from "../../../../../tests/s3/server.ts";
import type { Ledger } from "../../ledger.ts";
import { explainException } from "../../reconcile/exceptions/index.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../../reconcile/testing/books-fixture.ts";
import { withdrawReport } from "../../ingest/reports/withdraw-report.ts";
import { exportIncrement, type Increment, type IncrementOptions } from "./export-increment.ts";
import type { LakeManifest } from "./manifest.ts";
import { folderTarget, lakeTarget, type LakeTarget } from "./target.ts";

const first = settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-15T00:00:00", [
  capture("2026-01-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
  capture("2026-01-03T10:00:00", "P01-1111111-1000002-C100002", "0.10", "-0.01", "0.00"),
  transfer("2026-01-14T10:00:00", "96.89"),
]);
const second = settlementFile("5000000002", "2026-01-15T00:00:00", "2026-01-29T00:00:00", [
  capture("2026-01-20T10:00:00", "P01-1111111-1000003-C100003", "50.00", "-1.60"),
  transfer("2026-01-28T10:00:00", "48.10"),
]);

/** All files below a folder, with `/`. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** A target that breaks when it is about to do something for the so-many-th time. */
function breaking(target: LakeTarget, after: number): LakeTarget {
  let left = after;
  const step = <T>(work: () => Promise<T>): Promise<T> => {
    left -= 1;
    return left < 0 ? Promise.reject(new Error("the power is gone")) : work();
  };
  return {
    ...target,
    write: (path, text) => step(() => target.write(path, text)),
    put: (path, file) => step(() => target.put(path, file)),
    remove: (path) => step(() => target.remove(path)),
  };
}

describe.each(["SQLite", "PostgreSQL"])("an incremental export from %s", (database) => {
  let ledger: Ledger;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "apay-lake-test-"));
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    await load(ledger, first);
    await reconcile(ledger);
  });
  afterEach(async () => {
    await ledger.close();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (more: Partial<IncrementOptions> = {}): Promise<Increment> =>
    exportIncrement({ ...ledger, accountId: "shop" }, { target: folderTarget(folder), ...more });
  const manifest = async (): Promise<LakeManifest> =>
    JSON.parse(await readFile(join(folder, "manifest/account_id=shop/current.json"), "utf8")) as LakeManifest;
  const dataFiles = async (): Promise<string[]> =>
    (await filesIn(folder)).filter((path) => !path.startsWith("manifest/"));
  const standing = async (): Promise<string[]> => (await manifest()).files.map(({ path }) => path).sort();

  it("writes a file a day, says what is in each, and nothing again", async () => {
    expect(await run()).toMatchObject({ sequence: 1, files: 4, rows: 4, added: 4, replaced: 0, removed: 0 });
    const { files, covers } = await manifest();
    expect(files.map(({ table, day, rows }) => `${table} ${day} ${rows}`)).toEqual([
      "rows 2026-01-02 1",
      "rows 2026-01-03 1",
      "rows 2026-01-14 1",
      "settlements 2026-01-15 1",
    ]);
    expect(files[0]).toMatchObject({
      accountGroup: "all",
      minAt: "2026-01-02T10:00:00Z",
      maxAt: "2026-01-02T10:00:00Z",
      sums: { USD: { amount: "100.00", total_fee: "-3.20", net: "96.80" } },
    });
    expect(files[0]?.sources).toHaveLength(1);
    expect(covers.reportFiles).toBe(1);
    expect(await dataFiles()).toEqual(await standing());
    expect(await run()).toMatchObject({ sequence: 1, added: 0, replaced: 0 });
    expect(await run({ full: true })).toMatchObject({ sequence: 1, added: 0, replaced: 0 });
    expect(await filesIn(join(folder, "manifest"))).toEqual([
      "account_id=shop/changes/000000001.json",
      "account_id=shop/current.json",
    ]);
  });

  it("writes only the days that changed, and says what took the place of what", async () => {
    await run();
    const before = await standing();
    await load(ledger, second);
    await reconcile(ledger);
    expect(await run()).toMatchObject({ sequence: 2, added: 3, replaced: 0, removed: 0 });
    expect(await standing()).toEqual(expect.arrayContaining(before));
    // A file that was wrong is taken out again: its days go, and stay on record.
    const { report_id: wrong } = await ledger.store.db
      .selectFrom("file")
      .select("file_id as report_id")
      .orderBy("file_id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(wrong).toBeGreaterThan(0);
    const { content_hash: hash } = await ledger.store.db
      .selectFrom("file")
      .select("content_hash")
      .where("file_id", "=", wrong)
      .executeTakeFirstOrThrow();
    await withdrawReport({ ...ledger, accountId: "shop", who: "ann" }, hash, "wrong file");
    await reconcile(ledger);
    expect(await run()).toMatchObject({ sequence: 3, removed: 3 });
    expect(await standing()).toEqual(before);
    expect(await dataFiles()).toEqual(before);
    const { changes } = JSON.parse(
      await readFile(join(folder, "manifest/account_id=shop/changes/000000003.json"), "utf8"),
    ) as LakeManifest;
    expect(changes.removed).toHaveLength(3);
  });

  it("gives a changed day another name, and the manifest says whose place it took", async () => {
    await ledger.records.add(
      [
        {
          kind: "charge",
          amount: "90.00",
          currency: "USD",
          occurredAt: "2026-01-02T10:00:00Z",
          transactionId: "P01-1111111-1000001-C100001",
        },
      ],
      { accountId: "shop" },
    );
    const { exceptions } = await reconcile(ledger);
    expect(exceptions.length).toBeGreaterThan(0);
    await run();
    for (const { id } of exceptions) await explainException({ ...ledger, who: "ann" }, id, "known");
    const done = await run();
    expect(done.replaced).toBeGreaterThan(0);
    const { changes, files } = await manifest();
    for (const { path, by } of changes.replaced) {
      expect(files.map((file) => file.path)).toContain(by);
      expect(await dataFiles()).not.toContain(path);
    }
  });

  it("leaves the state before or the one after, wherever it dies", async () => {
    await run();
    const before = await standing();
    await load(ledger, second);
    await reconcile(ledger);
    let after: string[] = [];
    for (let steps = 0; ; steps += 1) {
      const target = breaking(folderTarget(folder), steps);
      const outcome = await run({ target }).then(
        () => "done",
        () => "died",
      );
      const stands = await standing();
      // Whatever the manifest names is there.
      expect(await dataFiles()).toEqual(expect.arrayContaining(stands));
      if (outcome === "done") {
        after = stands;
        break;
      }
      if (stands.length > before.length) after = stands;
      else expect(stands).toEqual(before);
    }
    await run();
    expect(await standing()).toEqual(after);
    expect(await dataFiles()).toEqual(after);
    expect((await filesIn(folder)).filter((path) => /part$|pending/.test(path))).toEqual([]);
  });

  it("is read by DuckDB, and its sums are those of the ledger to the cent", async () => {
    await load(ledger, second);
    await reconcile(ledger);
    await run({ accountGroup: "north-america", tables: ["rows", "settlements", "journal"] });
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
    try {
      const rows = `read_parquet('${folder}/rows/**/*.parquet', hive_partitioning = true)`;
      expect(
        await ask(`select account_group, currency, cast(sum(net) as varchar), count(*) from ${rows} group by all`),
      ).toEqual([["north-america", "USD", "0.0000", "5"]]);
      expect(
        await ask(
          `select cast(sum(amount) as varchar), cast(sum(total_fee) as varchar) from ${rows} where lower(type) = 'capture'`,
        ),
      ).toEqual([["150.1000", "-5.1100"]]);
      const { rows: own } = await ledger.store.db
        .selectFrom("settlement_row")
        .select(({ fn }) => fn.countAll<number>().as("rows"))
        .executeTakeFirstOrThrow();
      expect(Number(own)).toBe(5);
      expect(await ask(`select count(*) from ${rows} where day = date '2026-01-20'`)).toEqual([["1"]]);
      // By the manifest, as a reader does who wants nothing that is half done.
      await ask(`set variable files = (
        select list('${folder}/' || f.path) from (select unnest(files) as f from read_json('${folder}/manifest/*/current.json'))
        where f.table = 'journal')`);
      expect(
        await ask(
          `select cast(sum(debit) as varchar) = cast(sum(credit) as varchar) from read_parquet(getvariable('files'))`,
        ),
      ).toEqual([[true]]);
      const sums = (await manifest()).files
        .filter(({ table }) => table === "rows")
        .map((file) => file.sums["USD"]?.["amount"]);
      expect(sums).toEqual(["100.00", "0.10", "-96.89", "50.00", "-48.10"]);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });

  it("writes CSV too, and refuses to mix the two, and manifests that are none", async () => {
    await run({ format: "csv" });
    const [path = ""] = await standing();
    const text = await readFile(join(folder, path), "utf8");
    expect(text.split("\r\n")[1]).toContain("P01-1111111-1000001-C100001");
    await expect(run()).rejects.toMatchObject({ code: "lake.other-format" });
    const current = join(folder, "manifest/account_id=shop/current.json");
    for (const wrong of ["", "{}", '{"version":99}', "null", "[]"]) {
      await writeFile(current, wrong);
      await expect(run({ format: "csv" }), wrong).rejects.toMatchObject({ code: "lake.bad-manifest" });
    }
    await expect(run({ accountGroup: "../x" })).rejects.toMatchObject({ code: "lake.bad-option" });
    await expect(run({ tables: [] })).rejects.toMatchObject({ code: "lake.bad-option" });
    await expect(lakeTarget("https://example.com/x")).rejects.toMatchObject({ code: "lake.bad-target" });
    await expect(lakeTarget("s3://")).rejects.toMatchObject({ code: "lake.bad-target" });
    await expect(lakeTarget(" ")).rejects.toMatchObject({ code: "lake.bad-target" });
  });

  it("waits for the reconciler, so that no settlement is missing without a word", async () => {
    await load(ledger, second);
    await expect(run()).rejects.toMatchObject({ code: "export.not-reconciled" });
  });
});

describe("an incremental export to a bucket", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3();
  });
  afterAll(() => server.stop());

  it("has the same files and manifest as in a folder", async () => {
    const folder = await mkdtemp(join(tmpdir(), "apay-lake-test-"));
    const ledger = await booksFixture();
    const target = await lakeTarget(`s3://${server.bucket}/lake`, server);
    try {
      await load(ledger, first);
      await reconcile(ledger);
      const context = { ...ledger, accountId: "shop" };
      const there = await exportIncrement(context, { target });
      await exportIncrement(context, { target: folderTarget(folder) });
      const path = "manifest/account_id=shop/current.json";
      const read = JSON.parse((await target.read(path)) ?? "{}") as LakeManifest;
      expect(read).toEqual(JSON.parse(await readFile(join(folder, path), "utf8")));
      expect(there).toMatchObject({ sequence: 1, added: 4 });
      await load(ledger, second);
      await reconcile(ledger);
      expect(await exportIncrement(context, { target })).toMatchObject({ sequence: 2, added: 3 });
      expect(await target.read("manifest/account_id=shop/pending.json")).toBeNull();
    } finally {
      target.close();
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
