import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeMonth } from "../../close/index.ts";
import { importStatement } from "../../ingest/bank/import-statement.ts";
import { inPieces } from "../../ingest/imports/testing/empty-books.ts";
import type { Ledger } from "../../ledger.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../../reconcile/testing/books-fixture.ts";
import { acceptSettlement } from "../../reconcile/versions/index.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { exportBooks } from "../export-books.ts";
import { JOURNAL_DETAILS, type JournalDetail } from "./entries.ts";

const net = (gross: number): string => (gross - 0.3).toFixed(2);

/** A settlement of one capture without a percentage. */
function settlement(id: number, from: string, to: string, gross: number): Uint8Array {
  return settlementFile(`500000000${id}`, `${from}T00:00:00`, `${to}T00:00:00`, [
    capture(`${from}T10:00:00`, `P01-1111111-100000${id}-C10000${id}`, gross.toFixed(2), "0.00"),
    transfer(`${to}T00:00:00`, net(gross)),
  ]);
}

describe("what closed months have booked beside their settlements", () => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture();
  });
  afterEach(() => ledger.close());

  const monthOf = async (month: number, detail: JournalDetail = "settlement", format = "ndjson"): Promise<string> => {
    let written = "";
    const decoder = new TextDecoder();
    const scope = { from: Date.UTC(2026, month - 1, 1), until: Date.UTC(2026, month, 1) };
    try {
      for await (const piece of exportBooks(ledger, { format, what: "journal", detail, ...scope }))
        written += decoder.decode(piece, { stream: true });
    } catch (error) {
      return (error as { code: string }).code;
    }
    return written;
  };
  const inEveryWay = async (month: number): Promise<readonly string[]> => {
    const all: string[] = [];
    for (const detail of JOURNAL_DETAILS) all.push(await monthOf(month, detail));
    for (const format of ["beancount", "hledger", "quickbooks"]) all.push(await monthOf(month, "settlement", format));
    return all;
  };
  /** `number role debit-or-credit` of the lines whose number has a part. */
  const linesWith = async (month: number, part: RegExp): Promise<readonly string[]> =>
    (await monthOf(month))
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Record<string, string | null>)
      .filter((line) => part.test(line["entryNumber"] ?? ""))
      .map((line) =>
        [line["date"], line["entryNumber"], line["role"], line["debit"] ?? `-${line["credit"]}`].join(" "),
      );
  const close = async (month: string): Promise<void> => {
    await reconcile(ledger);
    await ledger.store.db.deleteFrom("coverage").execute();
    const { closed, accounts } = await closeMonth(ledger, { month });
    expect(closed, JSON.stringify(accounts[0]?.checklist)).toBe(true);
  };
  const statement = async (...lines: readonly string[]): Promise<void> => {
    const text = ["Date,Amount,Currency,Reference", ...lines].join("\n");
    await importStatement(ledger, inPieces(`${text}\n`, 64), {});
  };

  it("are adjustments, which stay in their month when that is closed too, and what changes again is a new one", async () => {
    await load(
      ledger,
      settlement(1, "2026-01-01", "2026-01-16", 100),
      settlement(2, "2026-01-16", "2026-02-01", 200),
      settlement(3, "2026-02-01", "2026-02-16", 300),
      settlement(4, "2026-02-16", "2026-03-01", 400),
      settlement(5, "2026-03-01", "2026-04-01", 500),
    );
    await close("2026-01");
    const january = await inEveryWay(1);
    await load(ledger, settlement(1, "2026-01-01", "2026-01-16", 110));
    await reconcile(ledger);
    await acceptSettlement(ledger, { settlementId: "5000000001" });
    await reconcile(ledger);
    const february = await inEveryWay(2);
    const first = ["2026-02-01 5000000001-A transit 10.00", "2026-02-01 5000000001-A receivable -10.00"];
    expect(await linesWith(2, /-A/)).toEqual(first);
    await close("2026-02");
    expect(await inEveryWay(1)).toEqual(january);
    expect(await inEveryWay(2)).toEqual(february);
    expect(await linesWith(3, /-A/)).toEqual([]);
    await load(ledger, settlement(1, "2026-01-01", "2026-01-16", 113));
    await reconcile(ledger);
    await acceptSettlement(ledger, { settlementId: "5000000001" });
    await reconcile(ledger);
    expect(await inEveryWay(2)).toEqual(february);
    expect(await linesWith(3, /-A/)).toEqual([
      "2026-03-01 5000000001-A2 transit 3.00",
      "2026-03-01 5000000001-A2 receivable -3.00",
    ]);
  }, 180_000);

  it("are conversions: what is known or decided later is booked in the first open month", async () => {
    await load(
      ledger,
      settlement(1, "2026-01-01", "2026-01-08", 100.3),
      settlement(2, "2026-01-08", "2026-02-01", 200.3),
      settlement(3, "2026-02-01", "2026-03-01", 300.3),
    );
    await statement("2026-01-12,92.00,EUR,AMAZON PAYMENTS", "2026-02-27,1.00,EUR,INTEREST");
    await close("2026-01");
    const january = await inEveryWay(1);
    expect(await linesWith(1, /^X/)).toEqual([]);
    const settings = { full: true, conversions: [{ tolerance: "2" }] };
    await reconcile(ledger, settings);
    expect(await inEveryWay(1)).toEqual(january);
    const booked = [
      "2026-02-01 X-5000000001 transit -100.00",
      "2026-02-01 X-5000000001 exchangeDifferences 100.00",
      "2026-02-01 X-5000000001-1 transit 92.00",
      "2026-02-01 X-5000000001-1 exchangeDifferences -92.00",
    ];
    expect(await linesWith(2, /^X/)).toEqual(booked);
  }, 180_000);
});
