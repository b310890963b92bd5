import { afterEach, describe, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../../reconcile/testing/books-fixture.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { exportBooks } from "../export-books.ts";
import type { FormatSettings } from "../format.ts";

let ledger: Ledger;
afterEach(() => ledger.close());

async function written(format: string, settings: FormatSettings): Promise<string> {
  ledger = await booksFixture();
  await load(
    ledger,
    settlementFile("5000000001", "2026-04-01T00:00:00", "2026-04-08T00:00:00", [
      capture("2026-04-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
      transfer("2026-04-08T00:00:00", "96.80"),
    ]),
  );
  await reconcile(ledger);
  const pieces: Uint8Array[] = [];
  for await (const piece of exportBooks(ledger, { format, what: "journal", settings })) pieces.push(piece);
  return Buffer.concat(pieces).toString("latin1");
}

/** Numbers for DATEV beside names for QuickBooks, and one merchant account with accounts of its own. */
const SETTINGS: FormatSettings = {
  accounts: { fees: "Bank charges" },
  datev: { accounts: { fees: "4971" }, byAccount: { shop: { receivable: "1401" }, other: { receivable: "1402" } } },
  hledger: { accounts: { fees: "Expenses:Charges" }, byAccount: { shop: { transit: "Assets:Way:{account}" } } },
};

describe("accounts by format and merchant account", () => {
  it("refuse a role that there is not, and a name that the format cannot write", async () => {
    await expect(written("datev", { byAccount: { shop: { sales: "1" } } })).rejects.toMatchObject({
      code: "export.account",
    });
    await ledger.close();
    await expect(written("datev", { accounts: { fees: "Bank charges" } })).rejects.toThrow(/account number/);
    await ledger.close();
    await expect(written("datev", { datev: { byAccount: { shop: { fees: "x" } } } })).rejects.toThrow(/account number/);
  });

  it("go before those for all formats and all merchants", async () => {
    const datev = await written("datev", SETTINGS);
    expect(datev).toContain(";4971;");
    expect(datev).toContain(";1401;");
    expect(datev).not.toContain(";1402;");
    await ledger.close();
    expect(await written("quickbooks", SETTINGS)).toContain(",Bank charges,3.20,");
    await ledger.close();
    const hledger = await written("hledger", SETTINGS);
    expect(hledger).toContain("Expenses:Charges");
    expect(hledger).toMatch(/Assets:Way:Shop|Assets:Way:shop/);
  });
});
