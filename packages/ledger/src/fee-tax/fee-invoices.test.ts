import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import type { Ledger } from "../ledger.ts";
import { explainException } from "../reconcile/exceptions/index.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../reconcile/testing/books-fixture.ts";
import { addFeeInvoice, listFeeInvoices, type NewFeeInvoice, withdrawFeeInvoice } from "./fee-invoices.ts";
import type { FeeTax } from "./fee-tax.ts";

describe.each(["SQLite", "PostgreSQL"])("fee invoices on %s", (database) => {
  let ledger: Ledger;
  const feeTax: FeeTax[] = [{ rate: "19", from: "2026-01-01" }];
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    // April has 3.20 and 1.75 of fees by the days of UTC; in Tokyo the second capture is of May.
    await load(
      ledger,
      settlementFile("5000000001", "2026-04-01T00:00:00", "2026-05-02T00:00:00", [
        capture("2026-04-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
        capture("2026-04-30T16:00:00", "P01-1111111-1000002-C100002", "50.00", "-1.45"),
        transfer("2026-05-01T23:00:00", "145.05"),
      ]),
    );
  });
  afterEach(() => ledger.close());

  const invoice = (changes: Partial<NewFeeInvoice> = {}): NewFeeInvoice => ({
    number: "DE-26-0001",
    month: "2026-04",
    currency: "USD",
    net: "4.16",
    tax: "0.79",
    ...changes,
  });
  const found = async (tax = feeTax): Promise<string[]> =>
    (await reconcile(ledger, { feeTax: tax })).exceptions
      .filter(({ code }) => code === "fee.invoice")
      .map(({ amount, currency, message }) => `${amount} ${currency}: ${message}`);

  it.each([
    [{ month: "June" }, "month: expected a month such as 2026-06"],
    [{ month: "2026-13" }, "month: expected a month such as 2026-06"],
    [{ net: "4.160" }, "net: "],
    [{ net: "1,250" }, "net: "],
    [{ tax: "" }, "tax: "],
    [{ currency: "EURO" }, "net: "],
    [{ number: " " }, "number: expected the number of the invoice"],
    [{ number: "x".repeat(65) }, "number: expected the number of the invoice"],
  ] as [Partial<NewFeeInvoice>, string][])("refuse %j", async (changes, message) => {
    await expect(addFeeInvoice(ledger, invoice(changes))).rejects.toThrow(message);
    expect(await listFeeInvoices(ledger, feeTax)).toEqual([]);
  });

  it("agree with the fees of their month and the tax in them, or say by how much they do not", async () => {
    await addFeeInvoice(ledger, invoice());
    expect(await found()).toEqual([]);
    expect(await listFeeInvoices(ledger, feeTax)).toMatchObject([
      { month: "2026-04", settledMinor: 495n, expectedTaxMinor: 79n, rate: { rate: "19", label: "standard" } },
    ]);
    // The settings say otherwise of the tax.
    expect(await found([{ rate: "0" }])).toEqual([
      "0.79 USD: invoices DE-26-0001 of 2026-04: 0.79 USD of tax in 4.95, by the settings it is 0.00 (0 %, reverse-charge)",
    ]);
    expect(await found([])).toEqual([
      "0.79 USD: invoices DE-26-0001 of 2026-04: 0.79 USD of tax in 4.95, by the settings it is 0.00 (no feeTax)",
    ]);
    expect(await found()).toEqual([]);
    await expect(addFeeInvoice(ledger, invoice())).rejects.toThrow(/entered already, for 2026-04/);
  });

  it("are compared together: a credit note, and one that is withdrawn", async () => {
    await addFeeInvoice(ledger, invoice({ net: "5.00", tax: "0.95" }));
    const [first] = await found();
    expect(first).toBe("1.00 USD: invoices DE-26-0001 of 2026-04: 5.95 USD with tax, the settlements took 4.95");
    await addFeeInvoice(ledger, invoice({ number: "DE-26-0002", net: "-0.84", tax: "-0.16" }));
    expect(await found()).toEqual([]);
    await withdrawFeeInvoice({ ...ledger, who: "mara" }, { number: "DE-26-0002", note: "of another business" });
    expect(await found()).toEqual([first]);
    await expect(withdrawFeeInvoice(ledger, { number: "DE-26-0002", note: "again" })).rejects.toThrow(/number/);
    await expect(withdrawFeeInvoice(ledger, { number: "DE-26-0001", note: " " })).rejects.toThrow(/why/);
    const kept = await ledger.store.db.selectFrom("fee_invoice").selectAll().orderBy("fee_invoice_id").execute();
    expect(kept.map(({ number, withdrawn_who }) => `${number} ${withdrawn_who}`)).toEqual([
      "DE-26-0001 null",
      "DE-26-0002 mara",
    ]);
    // Explained, it stays explained until the amount changes.
    const [exception] = (await reconcile(ledger, { feeTax })).exceptions.filter(({ code }) => code === "fee.invoice");
    await explainException(ledger, exception?.id ?? "", "corrected in May");
    expect(await found()).toEqual([]);
  });

  it("are of the month of the zone, and wait until its reports are complete", async () => {
    await addFeeInvoice(ledger, invoice({ net: "2.69", tax: "0.51", timeZone: "Asia/Tokyo" }));
    await addFeeInvoice(ledger, invoice({ number: "DE-26-0002", month: "2026-05", net: "9.00", tax: "1.71" }));
    expect(await found()).toEqual([]);
    expect((await listFeeInvoices(ledger, feeTax)).map(({ settledMinor }) => settledMinor)).toEqual([320n, null]);
  });
});
