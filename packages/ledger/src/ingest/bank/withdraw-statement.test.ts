import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { BooksContext } from "../../books/context.ts";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../../reconcile/testing/books-fixture.ts";
import { getException, listExceptions } from "../../views/index.ts";
import { importStatement, listStatements, withdrawStatement } from "./index.ts";

describe.each(["SQLite", "PostgreSQL"])("withdrawing a bank statement on %s", (database) => {
  let ledger: Ledger;
  let books: BooksContext;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    books = { store: ledger.store, clock: ledger.clock, accountId: "shop", who: "mara" };
  });
  afterEach(() => ledger.close());

  const settle = (number: number, day: number, amount: string) =>
    load(
      ledger,
      settlementFile(`500000000${number}`, `2026-05-0${day}T00:00:00`, `2026-05-0${day + 1}T00:00:00`, [
        capture(
          `2026-05-0${day}T10:00:00`,
          `P01-1111111-100000${number}-C00000${number}`,
          (Number(amount) + 0.3).toFixed(2),
          "0.00",
        ),
        transfer(`2026-05-0${day}T23:00:00`, amount),
      ]),
    );
  const take = async (fileName: string, ...lines: readonly string[]): Promise<number | null> => {
    const bytes = new TextEncoder().encode(`${["Date,Amount,Currency,Reference", ...lines].join("\n")}\n`);
    const source = (async function* () {
      yield bytes;
    })();
    return (await importStatement(books, source, { fileName })).importId;
  };
  const standing = async () => (await reconcile(books)).exceptions.map(({ code, amount }) => `${code} ${amount}`);

  it("refuses one that is not there, one without a reason, and one that is withdrawn already", async () => {
    const id = (await take("a.csv", "2026-05-05,60.00,USD,AMAZON")) ?? 0;
    await expect(withdrawStatement(books, id + 1, "wrong")).rejects.toMatchObject({ code: "bank.unknown-statement" });
    await expect(withdrawStatement(books, id, "  ")).rejects.toMatchObject({ code: "bank.note" });
    await withdrawStatement(books, id, "wrong");
    await expect(withdrawStatement(books, id, "again")).rejects.toMatchObject({
      code: "bank.withdrawn",
      message: expect.stringContaining("by mara already: wrong"),
    });
  });

  it("does not take the records' imports for statements", async () => {
    await ledger.records.add(
      [{ kind: "charge", amount: "1.00", currency: "USD", occurredAt: "2026-05-05T10:00:00Z", orderId: "o" }],
      { accountId: "shop" },
    );
    const { import_id: id } = await ledger.store.db.selectFrom("import").select("import_id").executeTakeFirstOrThrow();
    await expect(withdrawStatement(books, id, "wrong")).rejects.toMatchObject({ code: "bank.unknown-statement" });
    expect(await listStatements(books)).toEqual([]);
  });

  it("keeps every line on record, and the exceptions follow when the file is read anew", async () => {
    await settle(1, 4, "50.00");
    await settle(2, 5, "60.00");
    const others = ["2026-05-04,2.00,USD,RENT", "2026-05-29,1.00,USD,RENT"];
    // Read with a comma for a point, so to say: a hundredfold, and the transfers are nowhere.
    const wrong = (await take("may.csv", "2026-05-05,5000.00,USD,AMAZON PAYMENTS 1", ...others)) ?? 0;
    const before = await standing();
    expect(before).toContain("bank.missing-deposit 50.00");
    expect(before).toContain("bank.missing-deposit 60.00");

    expect(await withdrawStatement(books, wrong, "comma read as a point")).toEqual({
      accountId: "shop",
      importId: wrong,
      fileName: "may.csv",
      lines: 3,
      importAgain: [],
    });
    const rows = await ledger.store.db
      .selectFrom("withdrawn_bank_line")
      .select(["import_id", "amount_minor"])
      .execute();
    expect(rows.map((row) => [row.import_id, row.amount_minor])).toEqual([
      [wrong, 500_000n],
      [wrong, 200n],
      [wrong, 100n],
    ]);
    // Without any statement nothing can be missing from one; the differences are resolved, not deleted.
    expect(await standing()).toEqual([]);

    const right = await take("may.csv", "2026-05-05,50.00,USD,AMAZON PAYMENTS 1", ...others);
    expect(await standing()).toEqual(["bank.missing-deposit 60.00"]);
    const { items } = await listExceptions(ledger, { code: "bank.missing-deposit" });
    const reopened = items.find(({ amountMinor }) => amountMinor === 6000n);
    const { events } = await getException(ledger, { exceptionId: reopened?.exceptionId ?? "" });
    expect(events.map(({ what }) => what)).toEqual(["found", "resolved", "reopened"]);
    expect(await listStatements(books)).toMatchObject([
      { importId: wrong, fileName: "may.csv", lines: 3, withdrawn: { who: "mara", note: "comma read as a point" } },
      { importId: right, fileName: "may.csv", lines: 3, withdrawn: null },
    ]);
  });

  it("takes the pairs of its lines with it", async () => {
    await settle(1, 4, "50.00");
    const id = (await take("may.csv", "2026-05-05,50.00,USD,AMAZON PAYMENTS")) ?? 0;
    const pairs = async () => {
      await reconcile(books);
      return ledger.store.db.selectFrom("row_match").select("rule").where("counterpart", "=", "bank").execute();
    };
    expect(await pairs()).toHaveLength(1);
    await withdrawStatement(books, id, "of another business");
    expect(await pairs()).toEqual([]);
  });

  it("names the later statements whose lines went with it, and those bring back just what is missing", async () => {
    const first = (await take("first.csv", "2026-05-05,50.00,USD,A", "2026-05-06,60.00,USD,B")) ?? 0;
    const lines = ["2026-05-06,60.00,USD,B", "2026-05-07,70.00,USD,C"];
    const second = await take("second.csv", ...lines);
    const { importAgain } = await withdrawStatement(books, first, "wrong");
    expect(importAgain).toEqual([{ importId: second, fileName: "second.csv" }]);
    await take("second.csv", ...lines);
    const kept = await ledger.store.db.selectFrom("bank_line").select("amount_minor").orderBy("booked_at").execute();
    expect(kept.map((line) => line.amount_minor)).toEqual([6000n, 7000n]);
  });
});
