import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../../reconcile/testing/books-fixture.ts";
import { explain } from "./explain.ts";

const ID = "P01-1111111-1000001-C100001";

describe.each(["SQLite", "PostgreSQL"])("finding what a person asks for on %s", (database) => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    await load(
      ledger,
      settlementFile("5000000001", "2026-05-05T00:00:00", "2026-05-12T00:00:00", [
        { ...capture("2026-05-06T10:00:00", ID, "222.89", "-6.46"), sellerOrder: "#1019" },
        transfer("2026-05-11T23:00:00", "216.13"),
      ]),
      settlementFile("5000000002", "2026-05-12T00:00:00", "2026-05-19T00:00:00", [
        capture("2026-05-13T10:00:00", "P01-1111111-1000002-C100002", "100.00", "-2.90"),
        transfer("2026-05-18T23:00:00", "96.80"),
      ]),
    );
    const records = [
      "kind,orderId,amount,currency,occurredAt,status",
      "charge,#1019,222.89,USD,2026-05-06T07:38:34Z,captured",
      "charge,#9,246.83,USD,2026-05-06T09:00:00Z,captured",
    ];
    const of = (lines: readonly string[]) =>
      (async function* () {
        yield new TextEncoder().encode(`${lines.join("\n")}\n`);
      })();
    await ledger.records.import(of(records), { fileName: "orders.csv" });
    await ledger.bank.import(
      of(["bookedAt,amount,currency,text", "2026-06-06,312.93,USD,AMAZON PAY DES:PAYOUT 68267"]),
      {
        fileName: "bank.csv",
      },
    );
    await reconcile(ledger);
  });
  afterEach(() => ledger.close());

  it("an order is one block, and its record is settled where it was matched", async () => {
    const { transactions } = await explain(ledger, { query: "#1019" });
    expect(transactions).toHaveLength(1);
    expect(transactions[0]?.rows.map(({ transactionId }) => transactionId)).toEqual([ID]);
    expect(transactions[0]?.records).toMatchObject([{ orderId: "#1019", settled: true, status: "captured" }]);
  });

  it("the amount of an unpaid order finds its record and its exception, once", async () => {
    const { transactions, exceptions } = await explain(ledger, { query: "246.83" });
    expect(transactions).toHaveLength(1);
    expect(transactions[0]).toMatchObject({ rows: [], records: [{ orderId: "#9", settled: false }] });
    expect(transactions[0]?.exceptions).toMatchObject([{ code: "capture.unsettled", orderId: "#9" }]);
    expect(exceptions).toEqual([]);
  });

  it("the id of an exception leads to what it is about", async () => {
    const [found] = (await explain(ledger, { query: "#9" })).transactions[0]?.exceptions ?? [];
    const { transactions, exceptions } = await explain(ledger, { query: found?.exceptionId.slice(0, 12) ?? "" });
    expect(exceptions).toMatchObject([{ code: "capture.unsettled", file: "orders.csv", line: 3 }]);
    expect(transactions).toMatchObject([{ records: [{ orderId: "#9" }] }]);
  });

  it("a deposit is found by amount, by words of the bank and by its day, with all transfers that it pays", async () => {
    for (const query of ["312.93", "des:payout", "2026-06-06"]) {
      const { deposits } = await explain(ledger, { query });
      expect(deposits.map(({ transfers }) => transfers.map(({ settlementId }) => settlementId))).toEqual([
        ["5000000001", "5000000002"],
      ]);
    }
  });

  it("transfers that add up to a deposit are named where no rule links them: there is another one between", async () => {
    await load(
      ledger,
      settlementFile("5000000003", "2026-05-19T00:00:00", "2026-05-26T00:00:00", [
        capture("2026-05-20T10:00:00", "P01-1111111-1000003-C100003", "51.50", "-1.50"),
        transfer("2026-05-25T23:00:00", "50.00"),
      ]),
      settlementFile("5000000004", "2026-05-26T00:00:00", "2026-06-02T00:00:00", [
        capture("2026-05-27T10:00:00", "P01-1111111-1000004-C100004", "72.70", "-2.11"),
        transfer("2026-06-01T23:00:00", "70.59"),
      ]),
      settlementFile("5000000005", "2026-06-02T00:00:00", "2026-06-09T00:00:00", [
        capture("2026-06-03T10:00:00", "P01-1111111-1000005-C100005", "93.20", "-2.70"),
        transfer("2026-06-08T23:00:00", "90.50"),
      ]),
    );
    const lines = ["bookedAt,amount,currency,text", "2026-06-12,140.50,USD,AMAZON PAY DES:PAYOUT 99999"];
    await ledger.bank.import(
      (async function* () {
        yield new TextEncoder().encode(`${lines.join("\n")}\n`);
      })(),
      { fileName: "bank2.csv" },
    );
    await reconcile(ledger);
    const { deposits } = await explain(ledger, { query: "140.50" });
    expect(deposits.map(({ sums }) => sums.map((parts) => parts.map(({ settlementId }) => settlementId)))).toEqual([
      [["5000000003", "5000000005"]],
    ]);
  });

  it("a day finds the settlements that ended or transferred on it", async () => {
    const ids = async (query: string) =>
      (await explain(ledger, { query })).settlements.map(({ settlement }) => settlement.settlementId);
    expect(await ids("2026-05-11")).toEqual(["5000000001"]);
    expect(await ids("2026-05-19")).toEqual(["5000000002"]);
    expect(await ids("2026-05-01")).toEqual([]);
  });

  it("says how an amount was read, and which amounts are nearest where nothing is as large", async () => {
    const german = await explain(ledger, { query: "216,13" });
    expect(german).toMatchObject({ readAs: "216.13", nearest: [] });
    expect(german.settlements).toHaveLength(1);
    const { nearest, readAs } = await explain(ledger, { query: "216.50" });
    expect(readAs).toBeNull();
    expect(nearest[0]).toMatchObject({ what: "transfer", id: "5000000001", amountMinor: 21613n, currency: "USD" });
    expect((await explain(ledger, { query: "48.211,07" })).readAs).toBe("48211.07");
    expect((await explain(ledger, { query: "no such thing" })).nearest).toEqual([]);
  });
});
