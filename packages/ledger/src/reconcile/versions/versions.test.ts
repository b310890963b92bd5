import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { filesWithOtherSums } from "../../store/rows/fee-sums.ts";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { BooksContext } from "../../books/context.ts";
import { exportBooks } from "../../export/export-books.ts";
import type { Ledger } from "../../ledger.ts";
import { balancesAt, feesByType, listSettlements, searchRows } from "../../views/index.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";
import { acceptSettlement } from "./accept-settlement.ts";
import { listSettlementVersions } from "./list-versions.ts";

const SETTLEMENT = "5000000001";
const FIRST = "P01-1111111-1000001-C100001";
const SECOND = "P01-1111111-1000002-C100002";

/** January: 180.96 and 100.00 captured, all of it paid out. */
const january = (fixed: string, paid: string): Uint8Array =>
  settlementFile(SETTLEMENT, "2026-01-01T00:00:00", "2026-01-31T00:00:00", [
    capture("2026-01-02T10:00:00", FIRST, "180.96", "-3.44", fixed),
    capture("2026-01-03T10:00:00", SECOND, "100.00", "-2.90"),
    transfer("2026-01-30T23:59:00", paid),
  ]);
const delivered = january("-0.35", "273.97");
const reissued = january("0.00", "274.32");
const february = settlementFile("5000000002", "2026-01-31T00:00:00", "2026-02-28T00:00:00", [
  capture("2026-02-02T10:00:00", "P01-1111111-1000003-C100003", "50.00", "-1.45"),
  transfer("2026-02-27T23:59:00", "48.25"),
]);

describe.each(["SQLite", "PostgreSQL"])("a settlement that comes again with other contents on %s", (database) => {
  let ledger: Ledger;
  let books: BooksContext;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    books = { store: ledger.store, clock: ledger.clock, accountId: "shop", who: "maria" };
    await load(ledger, delivered, february);
    expect((await reconcile(ledger)).exceptions).toEqual([]);
  });
  afterEach(async () => {
    expect(await filesWithOtherSums(ledger.store.db)).toEqual([]);
    await ledger.close();
  });

  const text = async (format: string, scope: object = {}): Promise<string> => {
    let written = "";
    for await (const piece of exportBooks(books, { format, ...scope })) written += Buffer.from(piece).toString();
    return written;
  };
  const transferred = async (): Promise<readonly bigint[]> =>
    (await listSettlements(ledger, {})).items.map(({ transferMinor }) => transferMinor);
  const hashes = async (): Promise<readonly string[]> =>
    (await listSettlementVersions(books, SETTLEMENT)).map(({ hash }) => hash);

  it("refuses to accept what is not there, or was delivered once", async () => {
    await expect(acceptSettlement(books, { settlementId: "1" })).rejects.toMatchObject({ code: "books.not-found" });
    await expect(acceptSettlement(books, { settlementId: SETTLEMENT })).rejects.toThrowError(/nothing to accept/);
    await load(ledger, reissued);
    for (const version of ["", "zz"])
      await expect(acceptSettlement(books, { settlementId: SETTLEMENT, version })).rejects.toMatchObject({
        code: "books.not-found",
      });
  });

  it("is one exception, which names both files and what differs, and counts once everywhere", async () => {
    await load(ledger, reissued);
    const { exceptions, settlements } = await reconcile(ledger);
    expect(exceptions.map(({ code }) => code)).toEqual(["settlement.reissued"]);
    expect(exceptions[0]).toMatchObject({ settlementId: SETTLEMENT, amount: "-0.35", currency: "USD", line: 7 });
    for (const hash of await hashes()) expect(exceptions[0]?.message).toContain(hash.slice(0, 12));
    expect(exceptions[0]?.message).toContain("the transfer was -273.97 USD, is -274.32");
    expect(settlements.map(({ rows, fees, closing }) => [rows, fees, closing])).toEqual([
      [3, "-6.64", "0.00"],
      [2, "-1.75", "0.00"],
    ]);
    expect(await transferred()).toEqual([-4825n, -27432n]);
    expect((await feesByType(ledger, {})).reduce((sum, { feeMinor }) => sum + feeMinor, 0n)).toBe(-839n);
    expect((await searchRows(ledger, { text: FIRST })).items).toHaveLength(1);
    const [balance] = await balancesAt(ledger, { accountId: "shop", before: Date.UTC(2026, 1, 10) });
    expect(balance).toMatchObject({ currency: "USD", balanceMinor: 4825n });
    expect((await text("csv")).split("\n").filter((line) => line.includes(SETTLEMENT))).toHaveLength(3);
    expect((await reconcile(ledger, { full: true })).exceptions.map(({ code }) => code)).toEqual([
      "settlement.reissued",
    ]);
  });

  it("shows each version with its file and its differences, figures and lines", async () => {
    await load(ledger, reissued);
    await reconcile(ledger);
    const [first, second] = await listSettlementVersions(books, SETTLEMENT);
    expect(first).toMatchObject({ counts: false, accepted: false, differences: [] });
    expect(second).toMatchObject({ counts: true, accepted: false, more: false });
    expect(second?.differences).toEqual([
      { what: "figure", figure: "transfer", currency: "USD", before: "-273.97", after: "-274.32" },
      { what: "figure", figure: "fees", currency: "USD", before: "-6.99", after: "-6.64" },
      {
        what: "changed",
        line: 7,
        lineBefore: 7,
        type: "Capture",
        transactionId: FIRST,
        orderId: null,
        currency: "USD",
        columns: [
          { column: "transactionFixedFee", before: "-0.35", after: "0.00" },
          { column: "totalTransactionFee", before: "-3.79", after: "-3.44" },
          { column: "netTransactionAmount", before: "177.17", after: "177.52" },
        ],
      },
      expect.objectContaining({ what: "changed", line: 9, type: "Transfer", transactionId: null }),
    ]);
  });

  it("keeps journals of its period back until somebody accepts a version, and no others", async () => {
    await load(ledger, reissued);
    await reconcile(ledger);
    const refused = text("hledger", { from: Date.UTC(2026, 0, 1), until: Date.UTC(2026, 1, 1) });
    await expect(refused).rejects.toMatchObject({
      code: "export.not-accepted",
      message: expect.stringContaining(`apay settlements accept ${SETTLEMENT}`),
    });
    expect(await text("hledger", { from: Date.UTC(2026, 1, 1), until: Date.UTC(2026, 2, 1) })).toContain("48.25");
    expect(await acceptSettlement(books, { settlementId: SETTLEMENT })).toMatchObject({ changed: false });
    const journal = await text("hledger");
    expect(journal).toContain("274.32");
    expect(journal).not.toContain("273.97");
    expect((await reconcile(ledger)).exceptions).toEqual([]);
    expect((await reconcile(ledger, { full: true })).exceptions).toEqual([]);
    const events = await ledger.store.db.selectFrom("exception_event").select(["what", "who"]).execute();
    expect(events).toContainEqual({ what: "resolved", who: "maria" });
  });

  it("an older version counts when that is accepted, and a third one asks anew", async () => {
    await load(ledger, reissued);
    await reconcile(ledger);
    const [oldest = ""] = await hashes();
    const accepted = await acceptSettlement(books, { settlementId: SETTLEMENT, version: oldest.slice(0, 8) });
    expect(accepted).toMatchObject({ hash: oldest, changed: true });
    await expect(text("hledger")).rejects.toMatchObject({ code: "export.not-reconciled" });
    expect((await reconcile(ledger)).exceptions).toEqual([]);
    expect(await transferred()).toEqual([-4825n, -27397n]);
    await load(ledger, january("-0.30", "274.02"));
    const { exceptions } = await reconcile(ledger);
    expect(exceptions.map(({ code }) => code)).toEqual(["settlement.reissued"]);
    expect(exceptions[0]?.message).toContain("was -273.97 USD, is -274.02");
    expect((await listSettlementVersions(books, SETTLEMENT)).map(({ accepted }) => accepted)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("gives the same books whichever of several files came first, once the service has dated them", async () => {
    await load(ledger, delivered, reissued, delivered);
    await reconcile(ledger);
    expect(await transferred()).toEqual([-4825n, -27432n]);
    expect((await listSettlementVersions(books, SETTLEMENT)).map(({ counts }) => counts)).toEqual([false, true]);
  });

  it("own records go with the row of the version that counts", async () => {
    const record = { kind: "charge" as const, amount: "180.96", currency: "USD", orderId: "1001" };
    await ledger.records.add([
      { ...record, transactionId: FIRST, occurredAt: "2026-01-02T10:00:00Z" },
      { ...record, amount: "100.00", transactionId: SECOND, occurredAt: "2026-01-03T10:00:00Z" },
      { ...record, amount: "50.00", transactionId: "P01-1111111-1000003-C100003", occurredAt: "2026-02-02T10:00:00Z" },
    ]);
    await reconcile(ledger);
    await load(
      ledger,
      settlementFile(SETTLEMENT, "2026-01-01T00:00:00", "2026-01-31T00:00:00", [
        capture("2026-01-03T10:00:00", SECOND, "100.00", "-2.90"),
        transfer("2026-01-30T23:59:00", "96.80"),
      ]),
    );
    const codes = (await reconcile(ledger)).exceptions.map(({ code }) => code).sort();
    expect(codes).toEqual(["capture.unsettled", "settlement.reissued"]);
    const [oldest = ""] = await hashes();
    await acceptSettlement(books, { settlementId: SETTLEMENT, version: oldest });
    expect((await reconcile(ledger)).exceptions.map(({ code }) => code)).toEqual([]);
  });
});
