import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../../reconcile/testing/books-fixture.ts";
import { explain } from "./explain.ts";

const ID = "P01-1111111-1000001-C100001";
let ledger: Ledger;
beforeEach(async () => {
  ledger = await booksFixture();
  await load(
    ledger,
    settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-31T00:00:00", [
      capture("2026-01-02T10:00:00", ID, "1000.00", "-29.00"),
      { at: "2026-01-03T10:00:00", type: "Adjustment", amount: "-3.50", net: "-3.50" },
      transfer("2026-01-30T23:59:00", "967.20"),
    ]),
  );
  await reconcile(ledger);
});
afterEach(() => ledger.close());

describe("explaining", () => {
  it("refuses nothing at all and an expectation that is no amount, and finds nothing where nothing is", async () => {
    await expect(explain(ledger, { query: " " })).rejects.toMatchObject({ code: "view.query" });
    await expect(explain(ledger, { query: "967.20", expected: "more" })).rejects.toThrowError(/"more" is no amount/);
    expect(await explain(ledger, { query: "12.34" })).toMatchObject({
      settlements: [],
      transactions: [],
      deposits: [],
    });
  });

  it("leads a transfer to its figures, whose parts add up to them, and each to file and lines", async () => {
    const { settlements, transactions } = await explain(ledger, { query: "967.20", expected: "970.70" });
    expect(transactions).toEqual([]);
    const [found] = settlements;
    expect(found?.settlement.settlementId).toBe("5000000001");
    for (const figure of found?.figures ?? []) {
      if (figure.name === "closing") continue;
      expect(figure.parts.reduce((sum, part) => sum + part.amountMinor, 0n)).toBe(figure.amountMinor);
    }
    const [file] = found?.files ?? [];
    expect(file?.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(found?.figures.find(({ name }) => name === "transfer")?.parts).toMatchObject([
      { lines: [9], rows: 1, contentHash: file?.contentHash, amountMinor: -96_720n },
    ]);
    expect(found?.differenceMinor).toBe(-350n);
    expect(found?.causes).toMatchObject([
      { what: "net amount of Adjustment", amountMinor: -350n, source: { contentHash: file?.contentHash, line: 8 } },
    ]);
  });

  it("finds a charge by its id, its amount, its net amount, and the line that it is on", async () => {
    const { transactions } = await explain(ledger, { query: ID });
    const [row] = transactions[0]?.rows ?? [];
    expect(row).toMatchObject({ line: 7, transactionId: ID, netMinor: 97_070n });
    for (const query of ["1,000.00", "970.70", `${row?.contentHash.slice(0, 12)}:7`]) {
      const again = await explain(ledger, { query });
      expect(again.transactions[0]?.rows[0]?.transactionId, query).toBe(ID);
    }
  });
});
