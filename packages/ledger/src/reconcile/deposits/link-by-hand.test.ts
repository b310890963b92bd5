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

  it("may be one part of a payout that arrived in several, which are alike in every word", async () => {
    await load(
      ledger,
      settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-15T00:00:00", [
        capture("2026-01-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
        transfer("2026-01-14T10:00:00", "96.80"),
      ]),
      settlementFile("5000000002", "2026-01-15T00:00:00", "2026-01-22T00:00:00", [
        capture("2026-01-16T10:00:00", "P01-1111111-1000002-C100002", "50.00", "-1.75"),
        transfer("2026-01-21T10:00:00", "47.95"),
      ]),
    );
    const lines = ["Date,Description,Amount", "2026-01-02,RENT,-10.00"];
    // No rule takes parts that came months later, in words that do not name Amazon Pay.
    lines.push("2026-05-20,WIRE 8841,40.00", "2026-05-20,WIRE 8841,40.00", "2026-05-27,WIRE 9001,16.80");
    const books = { ...ledger, accountId: "shop" };
    async function* statement(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(`${lines.join("\n")}\n`);
    }
    await importStatement(books, statement(), { currency: "USD", dateFormat: "yyyy-mm-dd", fileName: "parts.csv" });
    const deposits = await ledger.store.db
      .selectFrom("bank_line")
      .select("bank_line_id")
      .where("amount_minor", ">", 0n)
      .orderBy("bank_line_id")
      .execute();
    await reconcile(ledger);
    const [first = 0, ...parts] = deposits.map((one) => one.bank_line_id);
    const both = { bankLineId: first, parts, settlements: ["5000000001", "5000000002"] };
    await expect(linkDeposit(books, both)).rejects.toThrowError(/parts of one transfer/);
    await linkDeposit(books, { bankLineId: first, parts, settlements: ["5000000001"] });
    const { settlements } = await reconcile(ledger);
    expect(settlements.find((one) => one.settlementId === "5000000001")).toMatchObject({ bank: "matched" });
    const { settlements: explained } = await explain(ledger, { query: "5000000001" });
    expect(explained).toHaveLength(1);
    const matched = await ledger.store.db
      .selectFrom("row_match")
      .select(["counterpart_id", "amount_minor", "rule"])
      .where("counterpart", "=", "bank")
      .orderBy("counterpart_id")
      .execute();
    expect(matched.map(({ amount_minor: amount, rule }) => [amount, rule])).toEqual([
      [4000n, "manual"],
      [4000n, "manual"],
      [1680n, "manual"],
    ]);
    // Each part is undone by itself: what is left of the payout is missing then.
    await unlinkDeposit(books, parts[1] ?? 0);
    const { exceptions } = await reconcile(ledger);
    expect(exceptions.filter(({ settlementId }) => settlementId === "5000000001")).toMatchObject([
      { code: "match.amount", amount: "-16.80" },
    ]);
  });
});
