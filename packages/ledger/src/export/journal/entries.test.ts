import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import {
  booksFixture,
  capture,
  load,
  settlementFile,
  transfer,
  type WrittenRow,
} from "../../reconcile/testing/books-fixture.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { exportBooks } from "../export-books.ts";

describe("a balance that comes out of nowhere", () => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture();
  });
  afterEach(() => ledger.close());

  /** The postings of the second of two settlements, the first of which transferred 9.41. */
  async function second(carried: string, sent: string): Promise<readonly string[]> {
    const carryover: WrittenRow = { at: "2026-05-08T00:00:00", type: "Carryover", amount: carried, net: carried };
    await load(
      ledger,
      settlementFile("5000000001", "2026-05-01T00:00:00", "2026-05-08T00:00:00", [
        capture("2026-05-01T00:00:00", "P01-1111111-1000001-C100001", "10.00", "-0.29"),
        transfer("2026-05-08T00:00:00", "9.41"),
      ]),
      settlementFile("5000000002", "2026-05-08T00:00:00", "2026-05-15T00:00:00", [
        carryover,
        capture("2026-05-09T00:00:00", "P01-1111111-1000002-C100002", "10.00", "-0.29"),
        transfer("2026-05-15T00:00:00", sent),
      ]),
    );
    await reconcile(ledger);
    let text = "";
    const decoder = new TextDecoder();
    const what = { format: "ndjson", what: "journal", settlementId: "5000000002" } as const;
    for await (const piece of exportBooks(ledger, what)) text += decoder.decode(piece);
    return text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { role: string; debit: string | null; credit: string | null })
      .map(({ role, debit, credit }) => `${role} ${debit ?? `-${credit}`}`);
  }

  it("is a transfer that came back, where it is exactly as large: it is no longer in transit", async () => {
    expect(await second("9.41", "18.82")).toEqual(["transit 9.41", "receivable -10.00", "fees 0.59"]);
    const { exceptions } = await reconcile(ledger);
    expect(exceptions.map(({ code, message }) => `${code}: ${message}`)).toContain(
      "settlement.opening: carries in 9.41, but settlement 5000000001 left 0.00, as much more as that settlement transferred: the transfer may have come back",
    );
  });

  it("is a difference otherwise", async () => {
    expect(await second("9.40", "18.81")).toEqual([
      "transit 18.81",
      "receivable -10.00",
      "fees 0.59",
      "differences -9.40",
    ]);
  });
});
