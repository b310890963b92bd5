import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore, type Store } from "@amazon-pay-kit/ledger";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";

const HEADER = [
  '"Amazon Payments Advanced",',
  '"Settlement Report",',
  '"SellerId","A1EXAMPLE0000"',
  '"SettlementStartDate","2026-10-01T00:00:00 +0000"',
  '"SettlementEndDate","2026-10-15T00:00:00 +0000"',
  "TransactionPostedDate,SettlementId,AmazonTransactionId,SellerReferenceId,TransactionType,AmazonOrderReferenceId,SellerOrderId,StoreName,CurrencyCode,TransactionDescription,TransactionAmount,TransactionPercentageFee,TransactionFixedFee,TotalTransactionFee,NetTransactionAmount",
];

function settlement(id: string, reference: string, store = "Shop"): Buffer {
  const rows = [
    `2026-10-02T10:00:00 +0000,${id},P01-1-1-C1,${reference},Capture,P01-1-1,O1,${store},USD,,100.00,-2.90,-0.30,-3.20,96.80`,
    `2026-10-14T23:00:00 +0000,${id},,,Transfer,,,,USD,,-96.80,0,0,0,-96.80`,
  ];
  return Buffer.from([...HEADER, ...rows, ""].join("\n"), "latin1");
}

describe("apay sync from a folder", () => {
  let folder: string;
  let store: Store | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "apay-sync-"));
    mkdirSync(join(folder, "in"));
    const shop = { region: "na", sources: ["folder"], inbox: "in" };
    writeFileSync(join(folder, "apay.config.json"), JSON.stringify({ accounts: { us: shop }, dataDir: "books" }));
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  function put(name: string, bytes: Buffer): void {
    const path = join(folder, "in", name);
    writeFileSync(path, bytes);
    const before = (systemClock.now() - 60_000) / 1000;
    utimesSync(path, before, before);
  }
  async function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
    const terminal = testTerminal(folder);
    const config = ["--config", join(folder, "apay.config.json")];
    const status = await runProgram([...args, ...config], terminal, systemClock, systemRandom);
    return { status, ...terminal.written };
  }
  async function books(): Promise<Store["db"]> {
    store ??= await openSqliteStore(join(folder, "books", "ledger.sqlite"));
    return store.db;
  }

  it("refuses a copy that a spreadsheet has saved, and the books stay those of the original", async () => {
    put("original.csv", settlement("12345678901", "8032276654432210046"));
    put("copy.csv", settlement("1.23457E+10", "8.03228E+18"));
    const { status, err } = await run("sync");
    expect(status).toBe(1);
    expect(err).toContain("a form that spreadsheets give to identifiers");
    const rows = await (await books()).selectFrom("settlement_row").select(["settlement_id", "reference_id"]).execute();
    expect(rows).toEqual([
      { settlement_id: "12345678901", reference_id: "8032276654432210046" },
      { settlement_id: "12345678901", reference_id: null },
    ]);
  });

  it("keeps a row whose letters are in another encoding, and reads them where it is named", async () => {
    put("a.csv", settlement("12345678901", "R1", "\u008a\u0094"));
    expect((await run("sync")).status).toBe(0);
    const names = async (): Promise<unknown> =>
      (await (await books()).selectFrom("settlement_row").select("store_name").execute())[0];
    expect(await names()).toEqual({ store_name: "\\x8a\\x94" });
    put("b.csv", settlement("12345678902", "R1", "\u008a\u0094"));
    expect((await run("sync", "--encoding", "shift_jis")).status).toBe(0);
    const named = (await books()).selectFrom("settlement_row").select("store_name").where("store_name", "=", "株");
    expect(await named.execute()).toHaveLength(1);
  });

  it("keeps an archive that verifies although the same file lies in the inbox twice, and came again later", async () => {
    for (const name of ["a.csv", "b.csv", "c.csv"]) put(name, settlement("12345678901", "R1"));
    expect((await run("sync")).status).toBe(0);
    put("d.csv", settlement("12345678901", "R1"));
    expect((await run("sync")).status).toBe(0);
    expect(await run("archive", "verify")).toMatchObject({ status: 0 });
    writeFileSync(join(folder, "books", "archive", ".incoming", "half-written"), "left by a process that was killed");
    expect(await run("archive", "verify")).toMatchObject({ status: 0 });
  });

  it.each([["utf-16"], ["nonsense"]])("does not read a report as %s", async (encoding) => {
    expect(await run("sync", "--encoding", encoding)).toMatchObject({ status: 2 });
    expect(await run("parse", "in/a.csv", "--encoding", encoding)).toMatchObject({ status: 2 });
  });

  it("ends with 3 when another process has an account in hand: nothing was brought in for it", async () => {
    put("a.csv", settlement("12345678901", "R1"));
    expect((await run("sync")).status).toBe(0);
    const db = await books();
    const lease = { account_id: "us", name: "sync", holder: "elsewhere", expires_at: systemClock.now() + 50_000 };
    await db.insertInto("lease").values(lease).execute();
    const { status, out, err } = await run("sync");
    expect(status).toBe(3);
    expect(`${out}${err}`).toContain("runner elsewhere");
    expect((await run("doctor")).out).toContain("sync of us: runner elsewhere");

    // Nothing is known to be missing, but more may come.
    const during = await run("reconcile");
    expect(during.err).toContain("a sync is running");
    await db.updateTable("lease").set({ name: "reconcile" }).execute();
    expect(await run("reconcile")).toMatchObject({ status: 3 });
  });

  it("unfinished, it is named by reconcile and export, which then do not end with 0", async () => {
    put("a.csv", settlement("12345678901", "R1"));
    await run("sync");
    const before = await run("export", "--format", "csv");
    expect(before.status).toBe(0);
    const db = await books();
    const report = await db.selectFrom("report").selectAll().executeTakeFirstOrThrow();
    const listed = { ...report, report_id: "later", state: "listed" as const };
    await db.insertInto("report").values(listed).execute();
    const after = await run("export", "--format", "csv");
    expect(after).toMatchObject({ status: 1, out: before.out });
    expect(after.err).toContain("unfinished us: 1 report is listed and not loaded");
    const { status, out } = await run("reconcile", "--json");
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ unfinished: [{ accountId: "us", reports: 1, running: false }] });
  });
});
