import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { filesWithOtherSums } from "../../store/rows/fee-sums.ts";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { BooksContext } from "../../books/context.ts";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import {
  booksFixture,
  capture,
  load,
  settlementFile,
  transfer,
  type WrittenRow,
} from "../../reconcile/testing/books-fixture.ts";
import { loadArchive } from "./load-archive.ts";
import { withdrawReport } from "./withdraw-report.ts";

describe.each(["SQLite", "PostgreSQL"])("withdrawing a report file on %s", (database) => {
  let ledger: Ledger;
  let books: BooksContext;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    books = { store: ledger.store, clock: ledger.clock, accountId: "shop", who: "mara" };
  });
  afterEach(async () => {
    expect(await filesWithOtherSums(ledger.store.db)).toEqual([]);
    await ledger.close();
  });

  const row = (number: number, amount = "10.00") =>
    capture("2026-05-01T10:00:00", `P01-1111111-100000${number}-C00000${number}`, amount, "0.00");
  const file = (id: string, day: number, rows: readonly WrittenRow[]) =>
    settlementFile(id, `2026-05-0${day}T00:00:00`, `2026-05-0${day + 1}T00:00:00`, rows);
  const hashes = async () =>
    (await ledger.store.db.selectFrom("file").select(["content_hash", "file_id"]).orderBy("file_id").execute()).map(
      ({ content_hash: hash }) => hash,
    );
  const state = async () => {
    const { settlements, exceptions } = await reconcile(books);
    return {
      settlements: settlements.map(({ settlementId, activity, rows }) => `${settlementId} ${activity} ${rows}`),
      exceptions: exceptions.map(({ code, amount }) => `${code} ${amount}`),
    };
  };
  const rowsOf = async (table: "settlement_row" | "superseded_row") =>
    (await ledger.store.db.selectFrom(table).select("transaction_id").execute())
      .map((one) => one.transaction_id)
      .toSorted();

  it("refuses one that is not there, one without a reason, and one that is withdrawn already", async () => {
    await load(ledger, file("5000000001", 1, [row(1), transfer("2026-05-01T23:00:00", "10.00")]));
    const [hash = ""] = await hashes();
    await expect(withdrawReport(books, "nothing", "wrong")).rejects.toMatchObject({ code: "books.not-found" });
    await expect(withdrawReport(books, hash, " ")).rejects.toMatchObject({ code: "books.bad-option" });
    await withdrawReport(books, hash.slice(0, 12), "wrong");
    await expect(withdrawReport(books, hash, "again")).rejects.toThrow(/withdrawn on .* by mara: wrong/);
  });

  it("takes it out of everything, keeps it on record, and takes it in again when it is loaded by hand", async () => {
    await load(ledger, file("5000000001", 1, [row(1), transfer("2026-05-01T23:00:00", "10.00")]));
    const before = await state();
    const copy = file("9000000009", 1, [row(1, "11.00"), transfer("2026-05-01T23:00:00", "11.00")]);
    await load(ledger, copy);
    const during = await state();
    expect(during.settlements).toHaveLength(2);
    const [, hash = ""] = await hashes();
    expect(await withdrawReport(books, hash, "saved again by a spreadsheet")).toMatchObject({ rows: 2, handedOver: 0 });
    expect(await state()).toEqual(before);
    expect(
      await ledger.store.db.selectFrom("report_withdrawal").select(["who", "note", "row_count"]).execute(),
    ).toEqual([{ who: "mara", note: "saved again by a spreadsheet", row_count: 2 }]);
    // What makes books from an archive leaves it out, too.
    const reloaded: string[] = [];
    for await (const { state: loaded } of loadArchive(ledger)) reloaded.push(loaded);
    expect(reloaded.toSorted()).toEqual(["already-loaded", "withdrawn"]);
    expect(await state()).toEqual(before);
    await load(ledger, copy);
    expect(await state()).toEqual(during);
  });

  it("leaves rows that another file has too to that file", async () => {
    await load(ledger, file("5000000001", 1, [row(1), row(2)]));
    await load(ledger, settlementFile("5000000001", "2026-05-01T00:00:00", "2026-05-04T00:00:00", [row(1), row(3)]));
    await load(ledger, settlementFile("5000000001", "2026-05-01T00:00:00", "2026-05-05T00:00:00", [row(1), row(4)]));
    const [hash = ""] = await hashes();
    expect(await withdrawReport(books, hash, "of another business")).toMatchObject({ rows: 1, handedOver: 1 });
    expect(await rowsOf("settlement_row")).toEqual([1, 3, 4].map((n) => `P01-1111111-100000${n}-C00000${n}`));
    const [, second = ""] = await hashes();
    expect(await withdrawReport(books, second, "too")).toMatchObject({ rows: 1, handedOver: 1 });
    expect(await rowsOf("settlement_row")).toEqual([1, 4].map((n) => `P01-1111111-100000${n}-C00000${n}`));
  });

  it("lets the other version of a settlement count", async () => {
    await load(ledger, file("5000000001", 1, [row(1), transfer("2026-05-01T23:00:00", "10.00")]));
    const before = await state();
    await load(ledger, file("5000000001", 1, [row(1, "12.00"), transfer("2026-05-01T23:00:00", "12.00")]));
    expect((await state()).exceptions.join()).toContain("settlement.reissued");
    const found = await ledger.store.db
      .selectFrom("settlement_version")
      .innerJoin("file", (join) =>
        join
          .onRef("file.account_id", "=", "settlement_version.account_id")
          .onRef("file.file_id", "=", "settlement_version.file_id"),
      )
      .select(["content_hash", "counts"])
      .orderBy("settlement_version.file_id")
      .execute();
    const [first = "", second = ""] = await hashes();
    const counting = found.find(({ counts }) => counts !== 0)?.content_hash;
    expect([first, second]).toContain(counting);
    await withdrawReport(books, second, "altered");
    expect(await state()).toEqual(before);
    expect(await ledger.store.db.selectFrom("settlement_version").selectAll().execute()).toEqual([]);
    expect(await rowsOf("superseded_row")).toEqual([]);
  });
});
