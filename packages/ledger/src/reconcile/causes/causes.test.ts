import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { Ledger } from "../../ledger.ts";
import { listExceptions, listOpenItems } from "../../views/index.ts";
import { closeMonth } from "../../close/index.ts";
import { withdrawReport } from "../../ingest/reports/withdraw-report.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";

const id = (number: number): string => `P01-1111111-100000${number}-C10000${number}`;

/** A week with one capture, paid out whole. */
function week(number: number, day: number): Uint8Array {
  const two = (value: number): string => String(value).padStart(2, "0");
  return settlementFile(`500000000${number}`, `2026-03-${two(day)}T00:00:00`, `2026-03-${two(day + 7)}T00:00:00`, [
    capture(`2026-03-${two(day + 1)}T10:00:00`, id(number), "100.00", "-2.90"),
    transfer(`2026-03-${two(day + 6)}T23:59:00`, "96.80"),
  ]);
}

describe.each(["SQLite", "PostgreSQL"])("causes on %s", (database) => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
  });
  afterEach(() => ledger.close());

  const bank = (lines: readonly string[]): Promise<unknown> =>
    ledger.bank.import(
      (async function* () {
        yield new TextEncoder().encode(`bookedAt,amount,currency,text\n${lines.join("\n")}\n`);
      })(),
      { fileName: "bank.csv" },
    );
  const order = (number: number, occurredAt: string) => ({
    kind: "charge" as const,
    amount: "100.00",
    currency: "USD",
    orderId: `#10${number}`,
    referenceId: `ref-${number}`,
    transactionId: id(number),
    occurredAt,
  });

  it("one lost settlement is one cause: the gap, what it would have settled, and its deposit", async () => {
    await load(ledger, week(1, 1), week(3, 15));
    await ledger.records.add([
      order(1, "2026-03-02T10:00:00Z"),
      order(2, "2026-03-09T10:00:00Z"),
      order(3, "2026-03-16T10:00:00Z"),
    ]);
    await bank([
      "2026-03-10,96.80,USD,AMAZON PAYMENTS A",
      "2026-03-17,50.00,USD,AMAZON PAYMENTS B",
      "2026-03-24,96.80,USD,AMAZON PAYMENTS C",
      "2026-04-20,5.00,USD,OTHER",
    ]);
    const { exceptions } = await reconcile(ledger);
    const [head, ...others] = exceptions;
    expect(new Set(exceptions.map(({ cause }) => cause)).size).toBe(1);
    expect(head?.cause).toBe(head?.id);
    expect(["report.missing", "settlement.gap"]).toContain(head?.code);
    expect(others.map(({ code }) => code).sort()).toEqual(
      expect.arrayContaining(["bank.unknown-deposit", "capture.unsettled"]),
    );
    expect(head?.message).toMatch(/one lost settlement report brings .*1 × capture\.unsettled.*100\.00 USD at risk/);
    expect((await reconcile(ledger, { full: true })).exceptions).toEqual(exceptions);
  });

  it("a settlement file of which no row can be read is one cause with its gap, its orders and its deposit", async () => {
    const text = new TextDecoder().decode(week(2, 8)).replaceAll('"USD"', '"US$"');
    await load(ledger, week(1, 1), new TextEncoder().encode(text), week(3, 15));
    await ledger.records.add([
      order(1, "2026-03-02T10:00:00Z"),
      order(2, "2026-03-09T10:00:00Z"),
      order(3, "2026-03-16T10:00:00Z"),
    ]);
    await bank([
      "2026-03-10,96.80,USD,AMAZON PAYMENTS A",
      "2026-03-17,96.80,USD,AMAZON PAYMENTS B",
      "2026-03-24,96.80,USD,AMAZON PAYMENTS C",
      "2026-04-20,5.00,USD,OTHER",
    ]);
    const { exceptions } = await reconcile(ledger);
    // The others are about the time after the last report, and about the day of the test.
    const unreadable = exceptions.filter(({ code }) => code === "row.unreadable");
    const head = unreadable.find(({ id: own, cause }) => own === cause);
    expect(head?.message).toMatch(/one lost settlement report brings/);
    const together = exceptions.filter(({ cause }) => cause === head?.id).map(({ code }) => code);
    expect(together.toSorted()).toEqual(
      ["bank.unknown-deposit", "capture.unsettled", "row.unreadable", "row.unreadable", "settlement.gap"].toSorted(),
    );
  });

  it("a settlement file of which no row can be read is said line by line, and its month is not closed", async () => {
    const bad = (at: string, amount: string) => ({
      at,
      type: "Capture",
      id: id(9),
      amount,
      net: "96.80",
      currency: "XX",
    });
    await load(
      ledger,
      settlementFile("5000000001", "2026-03-01T00:00:00", "2026-04-02T00:00:00", [
        capture("2026-03-02T10:00:00", id(1), "100.00", "-2.90"),
        transfer("2026-04-01T23:59:00", "96.80"),
      ]),
      settlementFile("5000000009", "2026-03-08T00:00:00", "2026-03-15T00:00:00", [
        bad("2026-03-09T10:00:00", "100.00"),
        bad("2026-03-10T10:00:00", "1OO.00"),
      ]),
    );
    const { exceptions } = await reconcile(ledger);
    const unreadable = exceptions.filter(({ code }) => code === "row.unreadable");
    expect(unreadable.map(({ line, settlementId, severity }) => [line, settlementId, severity])).toEqual([
      [7, null, "error"],
      [8, null, "error"],
    ]);
    expect(new Set(unreadable.map(({ cause }) => cause)).size).toBe(1);
    expect((await reconcile(ledger, { full: true })).exceptions).toEqual(exceptions);
    const { accounts } = await closeMonth(ledger, { month: "2026-03", dryRun: true });
    expect(accounts[0]?.checklist.find(({ check }) => check === "reports-complete")).toMatchObject({
      state: "blocks",
      message: expect.stringMatching(/^none of the 2 rows of .* can be read$/) as string,
    });
    // A later file that can be read takes nothing of it away; taking the bad one out does.
    const [file] = await ledger.store.db.selectFrom("file").select("content_hash").where("row_count", "=", 0).execute();
    await withdrawReport({ ...ledger, who: "mara" }, file?.content_hash.slice(0, 16) ?? "", "unreadable");
    expect((await reconcile(ledger)).exceptions.filter(({ code }) => code === "row.unreadable")).toEqual([]);
  });

  it("an unpaid order has its number, reference, file and line everywhere", async () => {
    await load(ledger, week(1, 1));
    const text =
      "kind,orderId,referenceId,amount,currency,occurredAt\ncharge,#9,ref-9,19.99,USD,2026-03-03T09:00:00Z\n";
    await ledger.records.import(
      (async function* () {
        yield new TextEncoder().encode(text);
      })(),
      { fileName: "orders.csv" },
    );
    const { exceptions } = await reconcile(ledger);
    const unsettled = exceptions.find(({ code }) => code === "capture.unsettled");
    expect(unsettled).toMatchObject({ orderId: "#9", referenceId: "ref-9", line: 2, amount: "19.99" });
    const { items } = await listExceptions(ledger, { code: "capture.unsettled" });
    expect(items).toMatchObject([{ orderId: "#9", referenceId: "ref-9", file: "orders.csv", line: 2 }]);
    const open = await listOpenItems(ledger, { now: ledger.clock.now() });
    expect(open.items).toMatchObject([{ orderId: "#9", file: "orders.csv", line: 2 }]);
  });

  it("records of another account are one cause, with the captures that lack a record then", async () => {
    await load(ledger, week(1, 1), week(2, 8));
    await ledger.records.add(
      Array.from({ length: 6 }, (_none, index) => ({
        ...order(0, `2026-03-0${index + 1}T10:00:00Z`),
        transactionId: `P01-9999999-900000${index}-C90000${index}`,
        orderId: `other-${index}`,
      })),
    );
    const { exceptions } = await reconcile(ledger);
    expect(new Set(exceptions.map(({ cause }) => cause)).size).toBe(1);
    expect(exceptions[0]).toMatchObject({ code: "capture.unsettled", orderId: "other-0" });
    expect(exceptions[0]?.message).toContain("6 of 6 records");
  });

  it("differences that have nothing to do with each other are causes of their own", async () => {
    await load(ledger, week(1, 1), week(2, 8), week(3, 15));
    await ledger.records.add([
      order(1, "2026-03-02T10:00:00Z"),
      order(2, "2026-03-09T10:00:00Z"),
      { ...order(3, "2026-03-16T10:00:00Z"), amount: "90.00" },
      order(4, "2026-03-10T10:00:00Z"),
    ]);
    const exceptions = (await reconcile(ledger)).exceptions.filter(({ code }) => !code.startsWith("report."));
    expect(exceptions.map(({ code }) => code).sort()).toEqual(["capture.unsettled", "match.amount"]);
    for (const one of exceptions) expect(one.cause).toBe(one.id);
    for (const one of exceptions) expect(one.message).not.toContain("brings");
  });
});
