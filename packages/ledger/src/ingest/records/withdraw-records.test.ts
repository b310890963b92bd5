import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { BooksContext } from "../../books/context.ts";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../../reconcile/testing/books-fixture.ts";
import { importRecords, listRecordImports, withdrawRecords } from "./index.ts";

const HEADER = "transactionId,orderId,amount,currency,date,status";

describe.each(["SQLite", "PostgreSQL"])("withdrawing a file of records on %s", (database) => {
  let ledger: Ledger;
  let books: BooksContext;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    books = { store: ledger.store, clock: ledger.clock, accountId: "shop", who: "mara" };
  });
  afterEach(() => ledger.close());

  const take = async (fileName: string, lines: readonly string[], onConflict: "refuse" | "replace" = "refuse") => {
    const bytes = new TextEncoder().encode(`${[HEADER, ...lines].join("\n")}\n`);
    const source = (async function* () {
      yield bytes;
    })();
    const { importId } = await importRecords(books, source, { fileName, onConflict });
    if (importId === null) throw new Error(`${fileName} brought nothing`);
    return importId;
  };
  const kept = async () =>
    (await ledger.store.db.selectFrom("record").selectAll().orderBy("record_id").execute()).map(
      (row) => `${row.transaction_id} ${row.amount_minor} ${row.status}`,
    );
  const standing = async () => (await reconcile(books)).exceptions.map(({ code, amount }) => `${code} ${amount}`);
  const C1 = "P01-1111111-1000001-C000001";

  it("refuses one that is not there, one without a reason, and one that is withdrawn already", async () => {
    const id = await take("a.csv", [`${C1},o1,10.00,USD,2026-05-05,paid`]);
    await expect(withdrawRecords(books, id + 1, "wrong")).rejects.toMatchObject({ code: "records.unknown-import" });
    await expect(withdrawRecords(books, id, "  ")).rejects.toMatchObject({ code: "records.note" });
    await withdrawRecords(books, id, "wrong");
    await expect(withdrawRecords(books, id, "again")).rejects.toMatchObject({
      code: "records.withdrawn",
      message: expect.stringContaining("by mara already: wrong"),
    });
  });

  it("takes its records out of the verdicts, keeps them on record, and takes them in again", async () => {
    await load(
      ledger,
      settlementFile("5000000001", "2026-05-01T00:00:00", "2026-05-02T00:00:00", [
        capture("2026-05-01T10:00:00", C1, "10.00", "0.00"),
        transfer("2026-05-01T23:00:00", "10.00"),
      ]),
    );
    const lines = [`${C1},o1,12.00,USD,2026-05-01,paid`];
    const before = await standing();
    const id = await take("wrong.csv", lines);
    const during = await standing();
    expect(during).toContain("match.amount -2.00");
    expect(await withdrawRecords(books, id, "amounts with tax")).toMatchObject({ records: 1, restored: 0 });
    expect(await kept()).toEqual([]);
    expect(await standing()).toEqual(before);
    expect(await listRecordImports(books)).toMatchObject([
      { importId: id, fileName: "wrong.csv", records: 1, withdrawn: { who: "mara", note: "amounts with tax" } },
    ]);
    expect(await ledger.store.db.selectFrom("withdrawn_record").select("amount_minor").execute()).toEqual([
      { amount_minor: 1200n },
    ]);
    await take("wrong.csv", lines);
    expect(await standing()).toEqual(during);
  });

  it("gives records of other files back what they said, but for what a later file says", async () => {
    await take("first.csv", [`${C1},o1,10.00,USD,2026-05-01,paid`, "P01-2,o2,20.00,USD,2026-05-01,pending"]);
    const wrong = [`${C1},o1,99.00,USD,2026-05-01,paid`, "P01-2,o2,20.00,USD,2026-05-01,failed"];
    const second = await take("second.csv", wrong, "replace");
    await take("third.csv", ["P01-2,o2,20.00,USD,2026-05-01,paid"]);
    expect(await withdrawRecords(books, second, "wrong file")).toMatchObject({ records: 0, restored: 1 });
    expect(await kept()).toEqual([`${C1} 1000 captured`, "P01-2 2000 captured"]);
  });

  it("says which later files had records that were known from it", async () => {
    const first = await take("first.csv", [`${C1},o1,10.00,USD,2026-05-01,paid`]);
    const lines = [`${C1},o1,10.00,USD,2026-05-01,paid`, "P01-2,o2,20.00,USD,2026-05-01,paid"];
    const second = await take("second.csv", lines);
    expect(await withdrawRecords(books, first, "wrong")).toMatchObject({
      importAgain: [{ importId: second, fileName: "second.csv" }],
    });
    await take("second.csv", lines);
    expect(await kept()).toEqual(["P01-2 2000 captured", `${C1} 1000 captured`]);
  });
});
