import { afterEach, beforeEach, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { openMemoryArchive } from "../../archive/memory/open.ts";
import { type Ledger, openLedger } from "../../ledger.ts";
import { testAccount } from "../../../../worker/src/jobs/testing/merchants.ts";
import { captureFile } from "../../store/conformance/report-files.ts";
import { storedLines } from "./sync/testing/truth.ts";
import { loadArchive } from "./load-archive.ts";

const archive = openMemoryArchive();
let ledger: Ledger;
beforeEach(async () => {
  ledger = await openLedger({ dataDir: ":memory:", archive });
  const accounts = [testAccount({ accountId: "A1", reports: 3 }), testAccount({ accountId: "A2", reports: 2 })];
  await ledger.sync({ accounts });
});
afterEach(() => ledger.close());

async function books({ store }: Ledger): Promise<object> {
  const { db } = store;
  const rows = [...(await storedLines(store, "A1")), ...(await storedLines(store, "A2"))];
  const reports = await db
    .selectFrom("report")
    .select(["account_id", "source", "report_id", "report_type", "created_at", "state"])
    .orderBy("account_id")
    .orderBy("report_id")
    .execute();
  const files = await db
    .selectFrom("file")
    .select(["account_id", "content_hash", "archive_path", "row_count"])
    .orderBy("content_hash")
    .execute();
  return { rows, reports, files };
}

async function states(target: Ledger, options: Parameters<typeof loadArchive>[1] = {}): Promise<string[]> {
  const found: string[] = [];
  for await (const { state } of loadArchive(target, options)) found.push(state);
  return found;
}

it("makes the same books on another database, and again changes nothing", async () => {
  const other = await openLedger({ databaseUrl: await freshDatabase(), archive });
  expect(await states(other)).toEqual(Array.from({ length: 5 }, () => "loaded"));
  expect(await books(other)).toEqual(await books(ledger));
  expect(await states(other)).toEqual(Array.from({ length: 5 }, () => "already-loaded"));
  for await (const { findings } of other.verifyArchive()) expect(findings).toEqual([]);
  await other.close();
});

it("leaves buyers' data out of the books where an account wants that, and takes no file with more errors than allowed", async () => {
  const fresh = openMemoryArchive();
  const source = await openLedger({ dataDir: ":memory:", archive: fresh });
  for (const accountId of ["A1", "A2"]) {
    await source.accounts.add({ accountId, region: "na", environment: "live" });
    await source.loadFile({ accountId, file: captureFile(), fileName: "capture.csv" });
  }
  const damaged = new TextEncoder().encode(new TextDecoder().decode(captureFile()).replace("10.00", "ten"));
  await source.loadFile({ accountId: "A2", file: damaged, fileName: "damaged.csv" });
  await source.close();
  const other = await openLedger({ dataDir: ":memory:", archive: fresh });
  const personalData = (accountId: string) => (accountId === "A1" ? ("drop" as const) : undefined);
  expect((await states(other, { personalData, errorLimit: 0 })).toSorted()).toEqual([
    "loaded",
    "loaded",
    "quarantined",
  ]);
  const rows = await other.store.db.selectFrom("transaction_row").select(["account_id", "personal"]).execute();
  expect(rows.map((row) => [row.account_id, row.personal?.includes("Jane Canary") ?? false]).toSorted()).toEqual([
    ["A1", false],
    ["A2", true],
  ]);
  // What could not be used is no file that is loaded already: it is tried again.
  expect((await states(other)).toSorted()).toEqual(["already-loaded", "already-loaded", "loaded"]);
  await other.close();
});

it("moves the bytes into another archive, for books that are there", async () => {
  const bucket = openMemoryArchive();
  const before = await books(ledger);
  const { store, clock, random, logger } = ledger;
  const moved = { ...ledger, store, clock, random, logger, archive: bucket };
  expect(await states(moved, { from: archive })).toEqual(Array.from({ length: 5 }, () => "already-loaded"));
  expect(await books(ledger)).toEqual(before);
  const places: string[] = [];
  for await (const { path } of bucket.entries()) places.push(path);
  const wanted: string[] = [];
  for await (const { path } of archive.entries()) wanted.push(path);
  expect(places.toSorted()).toEqual(wanted.toSorted());
});

it("loads nothing that was altered, or of which nothing says whose it is, and goes on with the rest", async () => {
  const damaged = {
    ...archive,
    receive: archive.receive.bind(archive),
    entries: archive.entries.bind(archive),
    link: archive.link.bind(archive),
    describe: async (path: string) => (path.includes("_R1") ? undefined : archive.describe(path)),
    async *read(path: string) {
      if (path.includes("_R2")) yield new Uint8Array([1]);
      yield* archive.read(path);
    },
  };
  const other = await openLedger({ dataDir: ":memory:", archive: damaged });
  expect((await states(other)).toSorted()).toEqual(["altered", "altered", "loaded", "not-described", "not-described"]);
  await other.close();
});
