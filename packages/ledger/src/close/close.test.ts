import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import type { BooksContext } from "../books/context.ts";
import type { Ledger } from "../ledger.ts";
import { explainException } from "../reconcile/exceptions/index.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../reconcile/testing/books-fixture.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import { importStatement } from "../ingest/bank/index.ts";
import { canonicalText, checkClosed, findClose, closeMonth, periodHash, reopenMonth } from "./index.ts";

/** Two settlements of April, one that crosses into May, one of May; the second one can be left out. */
const APRIL_1 = settlementFile("5000000001", "2026-04-01T00:00:00", "2026-04-08T00:00:00", [
  capture("2026-04-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
  transfer("2026-04-08T00:00:00", "96.80"),
]);
const APRIL_2 = settlementFile("5000000002", "2026-04-08T00:00:00", "2026-04-15T00:00:00", [
  capture("2026-04-09T10:00:00", "P01-1111111-1000002-C100002", "50.00", "-1.45"),
  transfer("2026-04-15T00:00:00", "48.25"),
]);
const ACROSS = settlementFile("5000000003", "2026-04-15T00:00:00", "2026-05-15T00:00:00", [
  capture("2026-04-29T10:00:00", "P01-1111111-1000003-C100003", "10.00", "-0.29"),
  capture("2026-05-03T10:00:00", "P01-1111111-1000004-C100004", "20.00", "-0.58"),
  transfer("2026-05-15T00:00:00", "28.53"),
]);
const MAY = settlementFile("5000000004", "2026-05-15T00:00:00", "2026-06-01T12:00:00", [
  capture("2026-05-20T10:00:00", "P01-1111111-1000005-C100005", "30.00", "-0.87"),
]);
const BANK = new TextEncoder().encode(
  "date,amount,currency,reference,text\n2026-04-10,96.80,USD,1,AMAZON PAY\n2026-04-17,48.25,USD,2,AMAZON PAY\n2026-05-18,28.53,USD,3,AMAZON PAY\n2026-05-29,-5.00,USD,,RENT\n",
);

async function* bytes(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

describe.each(["SQLite", "PostgreSQL"])("closing a month on %s", (name) => {
  let ledger: Ledger;
  let context: BooksContext;
  beforeEach(async () => {
    ledger = await booksFixture(name === "SQLite" ? undefined : await freshDatabase());
    context = { store: ledger.store, clock: ledger.clock, who: "mara" };
  });
  afterEach(() => ledger.close());

  async function books(...files: readonly Uint8Array[]): Promise<void> {
    await load(ledger, ...files);
    await reconcile(context);
  }

  const changedCodes = async (): Promise<readonly string[]> =>
    (await reconcile(context)).exceptions.filter(({ code }) => code === "period.changed").map(({ message }) => message);

  it("refuses what is no month, an unfinished month and months out of order, and says what is missing", async () => {
    await expect(closeMonth(context, { month: "2026-13" })).rejects.toMatchObject({ code: "close.month" });
    await expect(closeMonth(context, { month: "June" })).rejects.toThrow(/write 2026-06/);
    const nothing = await closeMonth(context, { month: "2026-04" });
    expect(nothing.closed).toBe(false);
    expect(nothing.accounts[0]?.checklist.filter(({ state }) => state === "blocks").map(({ check }) => check)).toEqual([
      "reports-complete",
    ]);
    await books(APRIL_1, APRIL_2);
    const short = await closeMonth(context, { month: "2026-04" });
    expect(short.accounts[0]?.checklist.find(({ check }) => check === "reports-complete")).toMatchObject({
      state: "blocks",
      message: expect.stringContaining("reach to 2026-04-15T00:00:00Z") as string,
    });
    await load(ledger, ACROSS);
    const waiting = await closeMonth(context, { month: "2026-04" });
    expect(waiting.accounts[0]?.checklist.find(({ check }) => check === "reconciled")?.state).toBe("blocks");
    await reconcile(context);
    const later = await closeMonth(context, { month: "2026-07" });
    expect(later.accounts[0]?.checklist.find(({ check }) => check === "month-over")?.state).toBe("blocks");
    expect(await checkClosed(context)).toEqual({ months: 0, changed: [] });
  });

  it("freezes figures, chains months, and is idempotent", async () => {
    await books(APRIL_1, APRIL_2, ACROSS, MAY);
    await importStatement(context, bytes(BANK), { fileName: "bank.csv" });
    await reconcile(context);
    const dry = await closeMonth(context, { month: "2026-04", dryRun: true });
    expect(dry).toMatchObject({ closed: false, hash: null });
    expect((await checkClosed(context)).months).toBe(0);
    const april = await closeMonth(context, { month: "2026-04", note: "first" });
    expect(april.closed).toBe(true);
    expect(april.previousHash).toBeNull();
    const document = april.accounts[0]?.document;
    expect(april.hash).toBe(periodHash(canonicalText(document)));
    expect(document?.figures).toEqual([
      {
        currency: "USD",
        opening: { balance: "0.00", reserve: "0.00", transit: "0.00" },
        closing: { balance: "9.41", reserve: "0.00", transit: "0.00" },
        types: [
          { type: "capture", count: 3, amount: "160.00", fees: "-5.54", net: "154.46" },
          { type: "transfer", count: 2, amount: "-145.05", fees: "0.00", net: "-145.05" },
        ],
        transfers: [
          {
            settlementId: "5000000001",
            transferredAt: "2026-04-08T00:00:00Z",
            amount: "96.80",
            deposits: [{ bookedAt: "2026-04-10", amount: "96.80", currency: "USD" }],
          },
          {
            settlementId: "5000000002",
            transferredAt: "2026-04-15T00:00:00Z",
            amount: "48.25",
            deposits: [{ bookedAt: "2026-04-17", amount: "48.25", currency: "USD" }],
          },
        ],
        unsettled: { sales: { count: 0, amount: "0.00" }, refunds: { count: 0, amount: "0.00" } },
        exceptions: [],
      },
    ]);
    expect(document?.files.map(({ kind }) => kind)).toEqual([
      "settlement-report",
      "settlement-report",
      "settlement-report",
      "statement",
    ]);
    const again = await closeMonth(context, { month: "2026-04" });
    expect(again).toMatchObject({ closed: true, hash: april.hash });
    const may = await closeMonth(context, { month: "2026-05" });
    expect(may).toMatchObject({ closed: true, previousHash: april.hash });
    expect(await checkClosed(context)).toEqual({ months: 2, changed: [] });
    expect(await changedCodes()).toEqual([]);
  });

  it("cannot leave a month out, nor open one that others follow", async () => {
    await books(APRIL_1, APRIL_2, ACROSS, MAY);
    const april = await closeMonth(context, { month: "2026-04" });
    await closeMonth(context, { month: "2026-05" });
    await expect(reopenMonth(context, { month: "2026-04", note: "x" })).rejects.toMatchObject({
      code: "close.later-closed",
    });
    await expect(reopenMonth(context, { month: "2026-05", note: " " })).rejects.toMatchObject({
      code: "close.note-missing",
    });
    await expect(reopenMonth(context, { month: "2026-03", note: "x" })).rejects.toMatchObject({
      code: "close.not-closed",
    });
    await reopenMonth(context, { month: "2026-05", note: "report came late" });
    await reopenMonth(context, { month: "2026-04", note: "report came late" });
    const may = await closeMonth(context, { month: "2026-05" });
    expect(may).toMatchObject({ closed: true, previousHash: null });
    const out = await closeMonth(context, { month: "2026-04" });
    expect(out.accounts[0]?.checklist.find(({ check }) => check === "months-before")?.state).toBe("blocks");
    const kept = await ledger.store.db
      .selectFrom("period")
      .select(["hash", "reopened_note"])
      .orderBy("period_id")
      .execute();
    expect(kept.map(({ reopened_note }) => reopened_note)).toEqual(["report came late", "report came late", null]);
    expect(kept[0]?.hash).toBe(april.hash);
  });

  it("tells what a report that came late has changed, until it is explained or gone", async () => {
    await books(APRIL_1, ACROSS, MAY);
    const gap = await closeMonth(context, { month: "2026-04" });
    // The gap keeps it from being closed; the close is made where the books do not know of one.
    expect(gap.closed).toBe(false);
    await ledger.store.db.deleteFrom("coverage").execute();
    const april = await closeMonth(context, { month: "2026-04" });
    expect(april.closed).toBe(true);
    await load(ledger, APRIL_2);
    const [message, ...others] = await changedCodes();
    expect(others).toEqual([]);
    expect(message).toMatch(/the closed month 2026-04 has changed: .* \(USD\).*new since: /);
    const { changed } = await checkClosed(context);
    expect(changed.map(({ month }) => month)).toEqual(["2026-04"]);
    expect(changed[0]?.change.differences).toContainEqual({
      currency: "USD",
      figure: "capture amount",
      before: "110.00",
      now: "160.00",
    });
    expect(changed[0]?.change.added.map(({ kind }) => kind)).toEqual(["settlement-report"]);
    const { exceptions } = await reconcile(context, { full: true });
    const id = exceptions.find(({ code }) => code === "period.changed")?.id ?? "";
    expect(exceptions.find(({ code }) => code === "period.changed")).toMatchObject({
      settlementId: null,
      currency: "USD",
    });
    await explainException(context, id, "booked in May");
    expect(await changedCodes()).toEqual([]);
    expect((await checkClosed(context)).changed).toHaveLength(1);
  });

  it("finds a close that was altered in the database, and a chain that was broken", async () => {
    await books(APRIL_1, APRIL_2, ACROSS, MAY);
    await closeMonth(context, { month: "2026-04" });
    await closeMonth(context, { month: "2026-05" });
    const { db } = ledger.store;
    const first = await db.selectFrom("period").selectAll().where("month", "=", "2026-04").executeTakeFirstOrThrow();
    const forged = first.document.replaceAll('"160.00"', '"150.00"');
    await db.updateTable("period").set({ document: forged }).where("period_id", "=", first.period_id).execute();
    expect((await checkClosed(context)).changed.map(({ month, broken }) => [month, broken])).toEqual([
      ["2026-04", true],
    ]);
    await db
      .updateTable("period")
      .set({ document: forged, hash: periodHash(forged) })
      .where("period_id", "=", first.period_id)
      .execute();
    const { changed } = await checkClosed(context);
    expect(changed.map(({ month, broken }) => [month, broken])).toEqual([
      ["2026-04", false],
      ["2026-05", true],
    ]);
    expect((await reconcile(context, { full: true })).exceptions.map(({ code }) => code)).toContain("period.changed");
  });

  it("knows a close by its hash, and says when it is gone: the end of a chain shows nothing of what was cut off", async () => {
    await books(APRIL_1, APRIL_2, ACROSS, MAY);
    const april = await closeMonth(context, { month: "2026-04" });
    const may = await closeMonth({ ...context, who: "mara" }, { month: "2026-05" });
    expect(await findClose(context, april.hash ?? "")).toMatchObject({ month: "2026-04", reopened: null });
    await reopenMonth({ ...context, who: "mara" }, { month: "2026-05", note: "late" });
    expect(await findClose(context, may.hash ?? "")).toMatchObject({ month: "2026-05", reopened: { who: "mara" } });
    await ledger.store.db.deleteFrom("period").where("month", "=", "2026-05").execute();
    expect(await checkClosed(context)).toEqual({ months: 1, changed: [] });
    expect(await findClose(context, may.hash ?? "")).toBeNull();
  });
});

describe("the month of a zone", () => {
  it.each([
    ["UTC", "9.41"],
    ["Asia/Tokyo", "9.41"],
    ["America/Los_Angeles", "28.53"],
  ])("is that of %s", async (timeZone, closing) => {
    const ledger = await booksFixture();
    const context = { store: ledger.store, clock: ledger.clock };
    await load(
      ledger,
      settlementFile("5000000003", "2026-04-15T00:00:00", "2026-05-15T00:00:00", [
        capture("2026-04-29T10:00:00", "P01-1111111-1000003-C100003", "10.00", "-0.29"),
        capture("2026-05-01T03:00:00", "P01-1111111-1000004-C100004", "20.00", "-0.58"),
        transfer("2026-05-15T00:00:00", "28.53"),
      ]),
    );
    await reconcile(context);
    const { accounts, closed } = await closeMonth(context, { month: "2026-04", timeZone });
    expect(closed).toBe(true);
    expect(accounts[0]?.document.figures[0]?.closing.balance).toBe(closing);
    await ledger.close();
  });
});
