import { readSheet } from "read-excel-file/node";
import { afterEach, describe, expect, it } from "vitest";
import { exportBooks } from "../../export/export-books.ts";
import { importStatement } from "../../ingest/bank/index.ts";
import type { Ledger } from "../../ledger.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../../reconcile/testing/books-fixture.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { closeMonth } from "../close-month.ts";
import { closePack } from "./pack.ts";

let ledger: Ledger;
afterEach(() => ledger.close());

async function books(): Promise<void> {
  ledger = await booksFixture();
  await load(
    ledger,
    settlementFile("5000000001", "2026-04-01T00:00:00", "2026-05-08T00:00:00", [
      {
        ...capture("2026-04-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
        sellerOrder: "@SUM(A1)<b>",
      },
      transfer("2026-04-08T00:00:00", "96.80"),
    ]),
  );
  async function* bank(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(
      "date,amount,currency,reference,text\n2026-04-10,96.30,USD,1,AMAZON PAY <script>\n2026-05-09,1.00,USD,2,X\n",
    );
  }
  await importStatement(ledger, bank(), { fileName: "<img src=x>.csv" });
  await reconcile(ledger);
}

describe("the pack of a closed month", () => {
  it("is a page and a workbook with the same figures, and a draft until the month is closed", async () => {
    await books();
    const draft = await closePack(await closeMonth(ledger, { month: "2026-04", dryRun: true }));
    expect(draft.map(({ name }) => name)).toEqual(["amazon-pay-2026-04-draft.html", "amazon-pay-2026-04-draft.xlsx"]);
    expect(new TextDecoder().decode(draft[0]?.bytes)).toContain("Draft: this month is not closed");
    const close = await closeMonth(ledger, { month: "2026-04" });
    const [page, workbook] = await closePack(close);
    const html = new TextDecoder().decode(page?.bytes);
    expect(html).toContain(close.hash ?? "no hash");
    expect(html).not.toMatch(/<script|<img|Draft|https?:/);
    expect(html).toContain("&lt;img src=x&gt;.csv");
    expect(html).toContain("96.30");
    const transfers = await readSheet(Buffer.from(workbook?.bytes ?? []), "Transfers");
    expect(transfers[1]).toEqual([
      "shop",
      "USD",
      "5000000001",
      "2026-04-08T00:00:00Z",
      96.8,
      "2026-04-10",
      96.3,
      "USD",
    ]);
    const exceptions = await readSheet(Buffer.from(workbook?.bytes ?? []), "Exceptions");
    expect(exceptions.length - 1).toBe(close.accounts[0]?.document.figures[0]?.exceptions.length);
    expect(exceptions.length).toBeGreaterThan(1);
  });

  it("and rows for people keep amounts as numbers and what looks like a formula as a text", async () => {
    await books();
    const pieces: Uint8Array[] = [];
    for await (const piece of exportBooks(ledger, { format: "xlsx" })) pieces.push(piece);
    const [head = [], row = []] = await readSheet(Buffer.concat(pieces), "rows");
    const cell = (name: string) => row[head.indexOf(name)];
    expect(cell("order_id")).toBe("@SUM(A1)<b>");
    expect(head.filter((name) => String(name).includes("amount")).map((name) => cell(String(name)))).toContain(100);
  });
});
