import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { exportBooks } from "../../export/index.ts";
import { importStatement } from "../../ingest/bank/import-statement.ts";
import type { Ledger } from "../../ledger.ts";
import { explain } from "../../views/index.ts";
import { explainException, reopenException } from "../exceptions/index.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";
import { linkDeposit, unlinkDeposit } from "./link-by-hand.ts";

describe.each(["SQLite", "PostgreSQL"])("a deposit that a person links on %s", (database) => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
  });
  afterEach(() => ledger.close());

  const STATEMENT =
    "Date,Description,Amount\n2026-01-02,RENT,-10.00\n2026-01-20,WIRE 8841,80.00\n2026-02-27,RENT,-10.00\n";
  async function* oneChunk(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(STATEMENT);
  }
  const bank = async (): Promise<number> => {
    const books = { ...ledger, accountId: "shop" };
    await importStatement(books, oneChunk(), {
      currency: "USD",
      dateFormat: "yyyy-mm-dd",
      fileName: "bank.csv",
    });
    const line = await ledger.store.db
      .selectFrom("bank_line")
      .selectAll()
      .where("amount_minor", ">", 0n)
      .executeTakeFirst();
    return line?.bank_line_id ?? 0;
  };
  const journal = async (): Promise<string> => {
    const chunks: string[] = [];
    for await (const chunk of exportBooks(ledger, { format: "hledger" })) chunks.push(Buffer.from(chunk).toString());
    return chunks.join("");
  };

  it("is matched, its difference explained and booked, and all of it undone", async () => {
    await load(
      ledger,
      settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-15T00:00:00", [
        capture("2026-01-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
        transfer("2026-01-14T10:00:00", "96.80"),
      ]),
    );
    const bankLineId = await bank();
    const found = async (): Promise<readonly string[]> =>
      (await reconcile(ledger)).exceptions.map(({ code, amount }) => `${code} ${amount}`);
    expect(await found()).toEqual(["bank.missing-deposit 96.80"]);
    await expect(linkDeposit(ledger, { bankLineId, settlements: ["4711"] })).rejects.toThrowError(/no transfer/);

    await linkDeposit(ledger, { bankLineId, settlements: ["5000000001"] });
    const { exceptions, settlements } = await reconcile(ledger);
    expect(exceptions).toMatchObject([{ code: "match.amount", amount: "-16.80" }]);
    expect(settlements).toMatchObject([{ status: "exceptions", bank: "differs" }]);
    await expect(linkDeposit(ledger, { bankLineId, settlements: ["5000000001"] })).rejects.toThrowError(
      /linked already/,
    );
    expect(await journal()).not.toContain("BankFees");

    const id = exceptions[0]?.id ?? "";
    await explainException(ledger, id, "charge of the bank", "bank-fee");
    expect((await reconcile(ledger, { full: true })).settlements).toMatchObject([
      { status: "explained", bank: "differs" },
    ]);
    expect(await journal()).toMatch(/Expenses:BankFees +16\.80 USD[\s\S]*InTransit +-16\.80 USD/);

    await reopenException(ledger, id);
    expect(await journal()).not.toContain("BankFees");
    await unlinkDeposit({ ...ledger, who: "mara" }, bankLineId, "another shop's payout");
    expect(await found()).toEqual(["bank.missing-deposit 96.80"]);
    await expect(unlinkDeposit(ledger, bankLineId)).rejects.toThrowError(/nobody has linked/);
    const kept = await ledger.store.db.selectFrom("hand_match").selectAll().execute();
    expect(kept).toMatchObject([
      { settlement_id: "5000000001", undone_who: "mara", undone_note: "another shop's payout" },
    ]);
    await linkDeposit({ ...ledger, who: "jo" }, { bankLineId, settlements: ["5000000001"], note: "ours after all" });
    const [deposit] = (await explain(ledger, { query: "80.00" })).deposits;
    expect(deposit?.links).toMatchObject([
      {
        settlementId: "5000000001",
        who: "unknown",
        note: null,
        undone: { who: "mara", note: "another shop's payout" },
      },
      { settlementId: "5000000001", who: "jo", note: "ours after all", undone: null },
    ]);
  });
});
