import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseAmount } from "@amazon-pay-kit/money";
import { readCsv } from "@amazon-pay-kit/reports/csv";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import type { BooksContext } from "../books/context.ts";
import { type Ledger, openLedger } from "../ledger.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import { apiV2Source } from "../ingest/reports/sources/api-v2/source.ts";
import { openShop, type TestShop } from "../ingest/reports/sync/testing/shop-fixture.ts";
import { ExportError } from "./errors.ts";
import { exportBooks, exportBooksTo, type ExportOptions } from "./export-books.ts";
import { DATEV_COLUMNS } from "./formats/datev-columns.ts";
import { EXPORT_FORMATS } from "./formats/index.ts";
import { calendarOf, dayAfter, UTC } from "@amazon-pay-kit/money";
import { settlementsOf } from "./journal/sources.ts";
import { bookRow } from "./journal/book-row.ts";
import { JOURNAL_DETAILS, journalEntries } from "./journal/entries.ts";
import { type ExportScope, scopedBooks } from "./scope.ts";

let shop: TestShop;
let ledger: Ledger;
let onPostgres: Ledger;
let context: BooksContext;
let folder: string;

const parquetRows = async (path: string): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file: await asyncBufferFromFile(path), compressors: { GZIP: (bytes) => gunzipSync(bytes) } });

async function filled(place: { dataDir: string; databaseUrl?: string }): Promise<Ledger> {
  const opened = await openLedger({ ...place, clock: shop.clock });
  const sources = [apiV2Source(shop.client)];
  await opened.sync({ accounts: [{ accountId: "my shop", region: "na", environment: "sandbox", sources }] });
  await reconcile({ store: opened.store, clock: shop.clock });
  return opened;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "apay-export-"));
  shop = await openShop({ days: 30, orders: 150 });
  ledger = await filled({ dataDir: ":memory:" });
  onPostgres = await filled({ dataDir: ":memory:", databaseUrl: await freshDatabase() });
  context = { store: ledger.store, clock: shop.clock };
});

afterAll(async () => {
  await ledger.close();
  await onPostgres.close();
  await shop.sandbox.close();
  rmSync(folder, { recursive: true });
});

async function bytesOf(options: ExportOptions, books = context): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of exportBooks(books, options)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** What is written to files, one after the other: programs that take few lines in one get several. */
async function writtenOf(options: ExportOptions, books = context): Promise<Buffer> {
  const place = mkdtempSync(join(tmpdir(), "apay-written-"));
  try {
    const paths = await exportBooksTo(books, options, join(place, "export.csv"));
    return Buffer.concat(paths.map((path) => readFileSync(path)));
  } finally {
    rmSync(place, { recursive: true });
  }
}

const textOf = async (options: ExportOptions): Promise<string> => (await bytesOf(options)).toString("utf8");

async function recordsOf(text: string): Promise<Record<string, string>[]> {
  const found: Record<string, string>[] = [];
  let names: readonly string[] | null = null;
  for await (const { cells } of readCsv(new TextEncoder().encode(text))) {
    if (names === null) names = cells;
    else found.push(Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""])));
  }
  return found;
}

/** Runs a program over a journal. Where it is not installed the check is left out, except in CI, which installs it. */
function proved(program: string, args: readonly string[]): void {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (error !== undefined && process.env["CI"] !== "true") {
    process.stderr.write(`${program} is not installed: its check of the journal is left out here\n`);
    return;
  }
  expect({ error, status, output: `${stdout}${stderr}` }).toMatchObject({ error: undefined, status: 0 });
}

describe("an export that cannot be made", () => {
  it.each([
    [{ format: "abacus" }, "export.format"],
    [{ format: "datev", what: "rows" }, "export.format"],
    [{ format: "beancount", what: "settlements" }, "export.format"],
    [{ format: "parquet" }, "export.needs-folder"],
    [{ format: "beancount", settings: { accounts: { clearing: "no account" } } }, "export.account"],
    [{ format: "datev", settings: { accounts: { fees: "Fees" } } }, "export.account"],
    [{ format: "csv", what: "journal", settings: { accounts: { tips: "x" } } }, "export.account"],
    [{ format: "datev", settings: { datev: { fiscalYearStart: "13-01" } } }, "export.setting"],
    [{ format: "datev", settings: { datev: { fiscalYearStart: "01-20" } } }, "export.several-years"],
    [{ format: "datev", settings: { accounts: { fees: "497100" } } }, "export.account"],
  ] as [ExportOptions, string][])("%j is %s", async (options, code) => {
    await expect(bytesOf(options)).rejects.toMatchObject({ name: ExportError.name, code });
  });

  it("leaves neither a part of a file nor the name of one", async () => {
    const path = join(folder, "broken.csv");
    const settings = { datev: { fiscalYearStart: "01-20" } };
    await expect(exportBooksTo(context, { format: "datev", settings }, path)).rejects.toThrow(ExportError);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("what a program would read wrongly or lack", () => {
  const settlementLike = async (changes: { account_id: string; currency: string }) => {
    const { db } = ledger.store;
    const row = await db.selectFrom("settlement").selectAll().orderBy("end_at").executeTakeFirstOrThrow();
    await db
      .insertInto("settlement")
      .values({ ...row, ...changes })
      .execute();
    const rows = db.selectFrom("settlement_row").selectAll().where("settlement_id", "=", row.settlement_id);
    const { row_id: _, ...copied } = (await rows.executeTakeFirstOrThrow()) as Record<string, unknown>;
    await db
      .insertInto("settlement_row")
      .values({ ...copied, ...changes, line: 9999 } as never)
      .execute();
    return async () => {
      for (const table of ["settlement", "settlement_row"] as const)
        await db.deleteFrom(table).where("currency", "=", changes.currency).execute();
    };
  };

  it.each(["xero", "datev"])("keeps %s to one currency a file", async (format) => {
    const undo = await settlementLike({ account_id: "my shop", currency: "JPY" });
    await expect(bytesOf({ format })).rejects.toMatchObject({
      code: "export.several-currencies",
      message: expect.stringContaining("JPY, USD") as string,
    });
    expect((await textOf({ format, currency: "USD" })).length).toBeGreaterThan(500);
    await undo();
  });

  it("refuses verdicts and journals that would lack a settlement, and gives its rows", async () => {
    const { db } = ledger.store;
    const file = await db.selectFrom("file").selectAll().where("kind", "=", "settlement").executeTakeFirstOrThrow();
    const mark = { account_id: file.account_id, subject: `file:${file.file_id}` };
    const set = (to: string) =>
      db
        .updateTable("reconcile_mark")
        .set({ mark: to })
        .where((eb) => eb.and(mark))
        .execute();
    const before = await textOf({ format: "csv" });
    await set("rows");
    for (const options of [
      { format: "beancount" },
      { format: "csv", what: "settlements" },
      { format: "csv", what: "exceptions" },
    ] as const)
      await expect(bytesOf(options)).rejects.toMatchObject({
        code: "export.not-reconciled",
        message: expect.stringContaining("apay reconcile") as string,
      });
    expect(await textOf({ format: "csv" })).toBe(before);
    await set("done");
    expect((await textOf({ format: "beancount" })).length).toBeGreaterThan(500);
  });
});

describe("a folder of Parquet", () => {
  it("keeps to what is there: months that are gone are removed, others' files and other months stay", async () => {
    const [kept, gone, other] = [
      "rows/account_id=my%20shop/notes.txt",
      "rows/account_id=my%20shop/month=2019-01/part-0.parquet",
      "rows/account_id=other/month=2019-01/part-0.parquet",
    ].map((path) => join(folder, path)) as [string, string, string];
    for (const path of [kept, gone, other]) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, "");
    }
    await exportBooksTo(context, { format: "parquet", from: Date.UTC(2026, 0, 1) }, folder);
    expect([kept, gone, other].map((path) => existsSync(path))).toEqual([true, true, true]);
    await exportBooksTo(context, { format: "parquet" }, folder);
    expect([kept, gone, other].map((path) => existsSync(path))).toEqual([true, false, true]);
    expect(existsSync(dirname(gone))).toBe(false);
    expect(readdirSync(folder)).toEqual(["rows"]);
    rmSync(join(folder, "rows"), { recursive: true });
  });
});

describe("tables", () => {
  it("has every row with its file and line, and the sums of the settlements", async () => {
    const rows = await recordsOf(await textOf({ format: "csv" }));
    const stored = await ledger.store.db.selectFrom("settlement_row").selectAll().execute();
    expect(rows).toHaveLength(stored.length);
    expect(rows.length).toBeGreaterThan(100);
    const sum = rows.reduce((total, row) => total + parseAmount(row["net"] ?? "", row["currency"] ?? ""), 0n);
    expect(sum).toBe(stored.reduce((total, row) => total + row.net_minor, 0n));
    const hashes = new Set(
      (await ledger.store.db.selectFrom("file").select("content_hash").execute()).map((file) => file.content_hash),
    );
    expect(rows.every((row) => hashes.has(row["file_sha256"] ?? "") && Number(row["line"]) > 6)).toBe(true);
  });

  it("gives the same rows as NDJSON and as Parquet", async () => {
    const rows = await recordsOf(await textOf({ format: "csv" }));
    const objects = (await textOf({ format: "ndjson" }))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(objects.map((object) => object["net"])).toEqual(rows.map((row) => row["net"]));
    expect(objects.map((object) => object["line"])).toEqual(rows.map((row) => Number(row["line"])));
    const paths = await exportBooksTo(context, { format: "parquet" }, folder);
    expect(paths).toEqual(
      [
        "rows/account_id=my%20shop/month=2026-01/part-0.parquet",
        "rows/account_id=my%20shop/month=2026-02/part-0.parquet",
      ].slice(0, paths.length),
    );
    const read: Record<string, unknown>[] = [];
    for (const path of paths) read.push(...(await parquetRows(join(folder, path))));
    expect(read.map((row) => [row["transaction_id"], Math.round(Number(row["net"]) * 100), row["line"]])).toEqual(
      rows.map((row) => [
        row["transaction_id"] || null,
        Number(parseAmount(row["net"] ?? "", "USD")),
        Number(row["line"]),
      ]),
    );
    // The reader of the test makes floats of decimals; what is written is exact, of one scale for all currencies.
    const { schema, row_groups: groups } = await parquetMetadataAsync(
      await asyncBufferFromFile(join(folder, paths[0] ?? "")),
    );
    expect(schema.find(({ name }) => name === "net")).toMatchObject({
      type: "INT64",
      converted_type: "DECIMAL",
      scale: 4,
      precision: 18,
    });
    expect(groups[0]?.columns[0]?.meta_data?.codec).toBe("GZIP");
    rmSync(join(folder, "rows"), { recursive: true });
  });

  it("keeps to the scope", async () => {
    const all = await recordsOf(await textOf({ format: "csv" }));
    const settlementId = all[0]?.["settlement_id"] ?? "";
    const some = await recordsOf(await textOf({ format: "csv", settlementId }));
    expect(some).toEqual(all.filter((row) => row["settlement_id"] === settlementId));
    for (const what of ["rows", "settlements"] as const)
      await expect(textOf({ format: "csv", what, until: 0 })).rejects.toMatchObject({ code: "export.nothing" });
    const verdicts = await recordsOf(await textOf({ format: "csv", what: "settlements" }));
    expect(verdicts.map((row) => row["status"])).toEqual(verdicts.map(() => "balanced"));
    expect(await recordsOf(await textOf({ format: "csv", what: "exceptions" }))).toEqual([]);
  });

  it("never hands a spreadsheet a formula", async () => {
    const { db } = ledger.store;
    const row = await db
      .selectFrom("settlement_row")
      .selectAll()
      .where("type_key", "=", "capture")
      .executeTakeFirstOrThrow();
    const place = { account_id: row.account_id, file_id: row.file_id, line: row.line };
    const set = (description: string | null) =>
      db
        .updateTable("settlement_row")
        .set({ description })
        .where((eb) => eb.and(place))
        .execute();
    await set('=HYPERLINK("http://example.com")');
    const text = await textOf({ format: "csv" });
    await set(row.description);
    expect(text).toContain(`"'=HYPERLINK(""http://example.com"")"`);
    expect(text).toContain(",-");
  });
});

describe("the journal", () => {
  it.each(["settlement", "row"] as const)(
    "balances, entry by %s, and ends where the settlements do",
    async (detail) => {
      const clearing = new Map<string, bigint>();
      let entries = 0;
      for await (const entry of journalEntries(await scopedBooks(context, {}), detail)) {
        entries += 1;
        expect(entry.postings.reduce((sum, posting) => sum + posting.minor, 0n)).toBe(0n);
        for (const { role, minor } of entry.postings) clearing.set(role, (clearing.get(role) ?? 0n) + minor);
        if (entry.clearingAfter !== null) expect(clearing.get("clearing") ?? 0n).toBe(entry.clearingAfter);
      }
      const settlements = await ledger.store.db.selectFrom("settlement").selectAll().orderBy("end_at").execute();
      expect(entries).toBeGreaterThanOrEqual(settlements.length);
      const last = settlements.at(-1);
      expect((clearing.get("clearing") ?? 0n) + (clearing.get("reserve") ?? 0n)).toBe(last?.closing_minor);
      const paid = settlements.reduce((sum, settlement) => sum - settlement.payout_minor, 0n);
      expect(clearing.get("transit")).toBe(paid);
      const fees = settlements.reduce((sum, settlement) => sum - settlement.fees_minor, 0n);
      expect(clearing.get("fees")).toBeGreaterThanOrEqual(fees);
      expect([...clearing.keys()]).not.toContain("differences");
      expect([...clearing.keys()]).not.toContain("unknown");
    },
  );

  it("has the entries of what was asked for, each as it stands in the whole journal", async () => {
    const entriesOf = async (scope: ExportScope) => {
      const found: string[] = [];
      for await (const entry of journalEntries(await scopedBooks(context, scope), "settlement"))
        found.push(
          JSON.stringify(entry, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
        );
      return found;
    };
    const whole = await entriesOf({});
    const settlements = await ledger.store.db.selectFrom("settlement").selectAll().orderBy("end_at").execute();
    const [, second] = settlements;
    if (second === undefined) throw new TypeError("the shop has too few settlements");
    const days = whole.map((entry) => (JSON.parse(entry) as { day: string }).day);
    const day = days[1] ?? "";
    const from = UTC.startOf(day);
    const until = UTC.startOf(dayAfter(day));
    const ofDays = (fits: (day: string) => boolean) => whole.filter((_, index) => fits(days[index] ?? ""));
    expect(await entriesOf({ settlementId: second.settlement_id })).toEqual(
      whole.filter((entry) => entry.includes(`"settlementId":"${second.settlement_id}"`)),
    );
    expect(await entriesOf({ from, until })).toEqual(ofDays((one) => one === day));
    expect(await entriesOf({ from: until })).toEqual(ofDays((one) => one > day));
    expect(await entriesOf({ until: from })).toEqual(ofDays((one) => one < day));
    expect(await entriesOf({ currency: second.currency })).toEqual(whole);
    expect(await entriesOf({ currency: "JPY" })).toEqual([]);
  });

  it("says so where a settlement does not begin with what the one before left", async () => {
    const { db } = ledger.store;
    const [, second] = await db.selectFrom("settlement").selectAll().orderBy("end_at").execute();
    if (second === undefined) throw new TypeError("the shop has but one settlement");
    const alter = (opening: bigint) =>
      db
        .updateTable("settlement")
        .set({ opening_minor: opening })
        .where("settlement_id", "=", second.settlement_id)
        .execute();
    await alter(second.opening_minor + 700n);
    const roles: string[] = [];
    for await (const entry of journalEntries(await scopedBooks(context, {}), "settlement"))
      for (const { role, minor } of entry.postings)
        if (role === "differences") roles.push(`${settlementsOf(entry)} ${minor}`);
    await alter(second.opening_minor);
    expect(roles).toEqual([`${second.settlement_id} -700`]);
  });

  it.each(["UTC", "Asia/Tokyo", "America/Los_Angeles"])(
    "books each row in the month it was posted in, however finely: %s",
    async (timeZone) => {
      const calendar = calendarOf(timeZone);
      const rows = await context.store.db.selectFrom("settlement_row").selectAll().execute();
      const truth = new Map<string, bigint>();
      const add = (sums: Map<string, bigint>, key: string, minor: bigint): void => {
        sums.set(key, (sums.get(key) ?? 0n) + minor);
      };
      for (const row of rows)
        for (const { role, minor } of bookRow({
          typeKey: row.type_key,
          store: row.store_name,
          amount: row.amount_minor,
          net: row.net_minor,
        }))
          if (role === "receivable" || role === "refunds" || role === "fees")
            add(truth, `${calendar.dayOf(row.posted_at).slice(0, 7)} ${row.currency} ${role}`, minor);
      const months = [...new Set([...truth.keys()].map((key) => key.slice(0, 7)))].sort();
      expect(months.length).toBeGreaterThan(timeZone === "America/Los_Angeles" ? 0 : 1);
      for (const detail of JOURNAL_DETAILS) {
        const booked = new Map<string, bigint>();
        for (const month of months) {
          const following = dayAfter(`${month}-01`, 31).slice(0, 7);
          const scope = { timeZone, from: calendar.startOf(`${month}-01`), until: calendar.startOf(`${following}-01`) };
          const numbers: string[] = [];
          for await (const entry of journalEntries(await scopedBooks(context, scope), detail)) {
            expect(entry.day.slice(0, 7)).toBe(month);
            expect(entry.postings.reduce((sum, { minor }) => sum + minor, 0n)).toBe(0n);
            numbers.push(`${entry.accountId} ${entry.number}`);
            for (const { role, minor } of entry.postings)
              if (role === "receivable" || role === "refunds" || role === "fees")
                add(booked, `${month} ${entry.currency} ${role}`, minor);
          }
          expect(new Set(numbers).size, `${detail} ${month}: no number twice`).toBe(numbers.length);
        }
        expect(Object.fromEntries([...booked].sort()), detail).toEqual(Object.fromEntries([...truth].sort()));
      }
    },
  );

  it("is no file where there is nothing to write: a settlement that there is not, a month without any", async () => {
    for (const options of [{ settlementId: "9999" }, { from: 0, until: 1 }, { currency: "CHF" }])
      await expect(bytesOf({ format: "xero", ...options }), JSON.stringify(options)).rejects.toMatchObject({
        code: "export.nothing",
      });
  });

  it.each(JOURNAL_DETAILS)("is right in the eyes of bean-check and hledger, entry by %s", async (detail) => {
    const beancount = join(folder, "books.beancount");
    const hledger = join(folder, "books.journal");
    await exportBooksTo(context, { format: "beancount", detail }, beancount);
    await exportBooksTo(context, { format: "hledger", detail }, hledger);
    expect(readFileSync(beancount, "utf8")).toContain('report-sha256: "');
    if (detail === "settlement")
      expect(readFileSync(beancount, "utf8")).toContain(" balance Assets:AmazonPay:My-shop:Clearing");
    proved("bean-check", [beancount]);
    proved("hledger", ["-f", hledger, "check", "--strict"]);
    rmSync(beancount);
    rmSync(hledger);
  });

  it("writes DATEV's batch to its rules", async () => {
    const bytes = await bytesOf({ format: "datev", settings: { accounts: { fees: "4971" } } });
    const text = new TextDecoder("windows-1252").decode(bytes);
    const [head = "", names = "", ...lines] = text.trimEnd().split("\r\n");
    const fields = head.split(";");
    expect(fields).toHaveLength(31);
    expect(fields.slice(0, 5)).toEqual(['"EXTF"', "700", "21", '"Buchungsstapel"', "13"]);
    expect(fields[12]).toBe("20260101");
    expect(names.split(";")).toEqual(DATEV_COLUMNS);
    expect(DATEV_COLUMNS).toHaveLength(125);
    expect(names).toContain("BU-Schlüssel");
    expect(lines.length).toBeGreaterThan(10);
    let clearing = 0n;
    for (const line of lines) {
      const cells = line.split(";");
      expect(cells).toHaveLength(125);
      expect(cells[0]).toMatch(/^\d+,\d\d$/);
      expect(cells[9]).toMatch(/^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])$/);
      expect(cells[6]).toBe("1500");
      clearing += parseAmount((cells[0] ?? "").replace(",", "."), "USD") * (cells[1] === '"S"' ? 1n : -1n);
    }
    expect(fields[21]).toBe('"USD"');
    expect(lines.some((line) => line.split(";")[7] === "4971")).toBe(true);
    const wide = await textOf({
      format: "datev",
      settings: { accounts: { fees: "49711" }, datev: { accountDigits: 5 } },
    });
    expect(
      new Set(
        wide
          .split("\r\n")
          .slice(2, -1)
          .map((line) => line.split(";")[6]),
      ),
    ).toEqual(new Set(["15000"]));
    expect(wide).toContain(";15000;49711;");
    const last = await ledger.store.db
      .selectFrom("settlement")
      .selectAll()
      .orderBy("end_at", "desc")
      .executeTakeFirstOrThrow();
    expect(clearing).toBe(last.closing_minor - -last.reserve_minor);
  });

  it.each([
    ["xero", "*Amount", null],
    ["quickbooks", "Debits", "Credits"],
    ["csv", "debit", "credit"],
  ])("adds up to zero for %s", async (format, debit, credit) => {
    const rows = await recordsOf(await textOf({ format, what: "journal" }));
    const minor = (text: string | undefined): bigint =>
      text === undefined || text === "" ? 0n : parseAmount(text, "USD");
    const sum = rows.reduce(
      (total, row) => total + minor(row[debit]) - (credit === null ? 0n : minor(row[credit])),
      0n,
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(sum).toBe(0n);
  });
});

describe("an export in a time zone", () => {
  /** The same said by another formatter, without the calendar. */
  const dayIn = (timeZone: string, at: number): string =>
    new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);

  it("refuses a time zone that there is not", async () => {
    await expect(bytesOf({ format: "csv", timeZone: "Mars/Olympus" })).rejects.toMatchObject({
      code: "time.unknown-time-zone",
    });
  });

  it("books what ends at 15:00Z on 31 December in January in Tokyo", async () => {
    const { db } = ledger.store;
    const first = await db.selectFrom("settlement").selectAll().orderBy("end_at").executeTakeFirstOrThrow();
    const set = (end: number | null) =>
      db.updateTable("settlement").set({ end_at: end }).where("settlement_id", "=", first.settlement_id).execute();
    const end = Date.UTC(2025, 11, 31, 15);
    await set(end);
    const mine = await db
      .selectFrom("settlement_row")
      .select(["file_id", "line", "posted_at"])
      .where("settlement_id", "=", first.settlement_id)
      .execute();
    const post = (at: (posted: number) => number) =>
      Promise.all(
        mine.map(({ file_id, line, posted_at }) =>
          db
            .updateTable("settlement_row")
            .set({ posted_at: at(Number(posted_at)) })
            .where("file_id", "=", file_id)
            .where("line", "=", line)
            .execute(),
        ),
      );
    await post(() => end);
    const dates = async (timeZone?: string) =>
      (await recordsOf(await textOf({ format: "csv", what: "journal", timeZone }))).map(({ date }) => date);
    const found = [(await dates())[0], (await dates("Asia/Tokyo"))[0], (await dates("America/New_York"))[0]];
    await set(first.end_at);
    await post((posted) => posted);
    expect(found).toEqual(["2025-12-31", "2026-01-01", "2025-12-31"]);
  });

  it.each(["Asia/Tokyo", "America/Los_Angeles"])(
    "dates every row by the days of %s, on both stores",
    async (timeZone) => {
      const stored = await ledger.store.db.selectFrom("settlement_row").select(["line", "posted_at"]).execute();
      const days = new Set(stored.map(({ posted_at: at }) => dayIn(timeZone, Number(at))));
      const options = { format: "csv", what: "journal", detail: "row", timeZone } as const;
      const text = await textOf(options);
      const dates = new Set(
        (await recordsOf(text)).filter((row) => row["transaction_id"]).map(({ date }) => date ?? ""),
      );
      expect(dates.size).toBeGreaterThan(20);
      expect([...dates].filter((day) => !days.has(day))).toEqual([]);
      expect(text).not.toBe(await textOf({ ...options, timeZone: "UTC" }));
      for (const { name } of EXPORT_FORMATS.filter(({ stream }) => stream !== undefined)) {
        const other = { store: onPostgres.store, clock: shop.clock };
        const job: ExportOptions = {
          format: name,
          detail: "row",
          timeZone,
          settings: { datev: { fiscalYearStart: "07-01" } },
        };
        expect((await writtenOf(job)).equals(await writtenOf(job, other)), name).toBe(true);
      }
      for (const [format, file] of [
        ["beancount", "zone.beancount"],
        ["hledger", "zone.journal"],
      ] as const)
        await exportBooksTo(context, { format, timeZone }, join(folder, file));
      proved("bean-check", [join(folder, "zone.beancount")]);
      proved("hledger", ["-f", join(folder, "zone.journal"), "check", "--strict"]);
      for (const file of ["zone.beancount", "zone.journal"]) rmSync(join(folder, file));
    },
  );

  it("writes Parquet in exact decimals of every currency, and refuses what none of them holds", async () => {
    const { db } = ledger.store;
    const row = await db.selectFrom("settlement_row").selectAll().executeTakeFirstOrThrow();
    const place = { account_id: row.account_id, file_id: row.file_id, line: row.line };
    const set = (currency: string, amount: bigint) =>
      db
        .updateTable("settlement_row")
        .set({ currency, amount_minor: amount })
        .where((eb) => eb.and(place))
        .execute();
    const amountIn = async (currency: string, amount: bigint): Promise<unknown> => {
      await set(currency, amount);
      try {
        const [path = ""] = await exportBooksTo(context, { format: "parquet", currency }, folder);
        const read = await parquetRows(join(folder, path));
        return read.find((one) => one["line"] === row.line)?.["amount"];
      } finally {
        await set(row.currency, row.amount_minor);
        rmSync(join(folder, "rows"), { recursive: true, force: true });
      }
    };
    expect(await amountIn("JPY", 1234n)).toBe(1234);
    expect(await amountIn("EUR", -5n)).toBeCloseTo(-0.05, 12);
    expect(Math.round(Number(await amountIn("EUR", 9_999_999_999_999_900n)))).toBe(99_999_999_999_999);
    await expect(amountIn("EUR", 10_000_000_000_000_000n)).rejects.toMatchObject({ code: "export.too-large" });
    await expect(amountIn("JPY", -100_000_000_000_000n)).rejects.toMatchObject({ code: "export.too-large" });
  });

  it("divides Parquet by the months of the time zone, so that a month from midnight to midnight is one file", async () => {
    const timeZone = "Asia/Tokyo";
    await exportBooksTo(context, { format: "parquet", timeZone }, folder);
    const month = join(folder, "rows/account_id=my%20shop/month=2026-01/part-0.parquet");
    const whole = readFileSync(month);
    const [from, until] = [Date.UTC(2025, 11, 31, 15), Date.UTC(2026, 0, 31, 15)];
    const paths = await exportBooksTo(context, { format: "parquet", timeZone, from, until }, folder);
    expect(paths).toEqual(["rows/account_id=my%20shop/month=2026-01/part-0.parquet"]);
    expect(readFileSync(month).equals(whole)).toBe(true);
    rmSync(join(folder, "rows"), { recursive: true });
  });
});

describe("both stores", () => {
  it.each(EXPORT_FORMATS.filter(({ stream }) => stream !== undefined).map(({ name }) => name))(
    "give the same bytes as %s",
    async (format) => {
      const other = { store: onPostgres.store, clock: shop.clock };
      for (const detail of ["settlement", "row"] as const) {
        const bytes = await writtenOf({ format, detail });
        expect(bytes.equals(await writtenOf({ format, detail }, other))).toBe(true);
        expect(bytes.length).toBeGreaterThan(500);
      }
    },
  );

  it("and put a file in place as a whole", async () => {
    const path = join(folder, "rows.csv");
    expect(await exportBooksTo(context, { format: "csv" }, path)).toEqual([path]);
    expect(readFileSync(path)).toEqual(await bytesOf({ format: "csv" }));
    expect(existsSync(`${path}.part`)).toBe(false);
  });
});
