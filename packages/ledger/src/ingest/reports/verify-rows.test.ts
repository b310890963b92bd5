import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { Ledger } from "../../ledger.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../../reconcile/testing/books-fixture.ts";
import { captureFile, refundFile } from "../../store/conformance/report-files.ts";
import { type RowFinding, verifyRows, type VerifyRowsOptions } from "./verify-rows.ts";

const january = (paid: string): Uint8Array =>
  settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-31T00:00:00", [
    capture("2026-01-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
    capture("2026-01-03T10:00:00", "P01-1111111-1000002-C100002", "100.00", "-2.90"),
    transfer("2026-01-30T23:59:00", paid),
  ]);

describe.each(["SQLite", "PostgreSQL"])("comparing stored rows with their files on %s", (database) => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    const crlf = Buffer.from(Buffer.from(january("193.60")).toString().replaceAll("\n", "\r\n"));
    await load(ledger, january("193.60"), crlf, january("193.50"));
    const [pending, completed] = [
      { id: "P01-1-1-R1", status: "Pending", second: 1 },
      { id: "P01-1-1-R1", status: "Completed", second: 5 },
    ];
    await load(ledger, refundFile([pending]), refundFile([pending, completed]), captureFile());
  });
  afterEach(() => ledger.close());

  const compare = async (options: VerifyRowsOptions = {}): Promise<{ rows: number; findings: RowFinding[] }> => {
    const found = { rows: 0, findings: [] as RowFinding[] };
    for await (const { rows, findings } of verifyRows(ledger, options)) {
      found.rows += rows;
      found.findings.push(...findings);
    }
    return found;
  };

  it("finds nothing in sound books: rows that count, that do not, and that came twice", async () => {
    expect(await compare()).toEqual({ rows: 13, findings: [] });
    expect(await compare({ accountId: "nobody" })).toEqual({ rows: 0, findings: [] });
  });

  it("names file, line and column of a value that was changed", async () => {
    const { db } = ledger.store;
    const row = db.updateTable("settlement_row").where("line", "=", 8);
    await row.set({ amount_minor: 10_001n, store_name: "elsewhere" }).execute();
    await db.updateTable("superseded_row").set({ net_minor: 1n }).where("line", "=", 9).execute();
    await db.updateTable("transaction_row").set({ status: "Declined" }).where("status", "=", "Completed").execute();
    const { findings } = await compare();
    expect(findings.map(({ line, column }) => `${line} ${column}`).sort()).toEqual([
      "2 status",
      "3 status",
      "8 amount_minor",
      "8 store_name",
      "9 net_minor",
      "9 net_minor",
    ]);
    const amount = findings.find(({ column }) => column === "amount_minor");
    expect(amount?.message).toBe(`${amount?.path}: line 8, amount_minor: the file has "10000", the store "10001"`);
  });

  it("finds rows that are gone, and rows that no file has", async () => {
    const { db } = ledger.store;
    const row = await db.selectFrom("settlement_row").selectAll().where("line", "=", 7).executeTakeFirstOrThrow();
    await db.deleteFrom("settlement_row").where("line", "=", 7).execute();
    await db
      .insertInto("settlement_row")
      .values([
        { ...row, line: 6 },
        { ...row, line: 400 },
      ])
      .execute();
    const { findings } = await compare();
    expect(findings.map(({ problem, line }) => `${problem} ${line}`)).toEqual([
      "row-missing 7",
      "row-unknown 6",
      "row-unknown 400",
    ]);
  });

  it("does not miss the buyer's data that was emptied, and notices where it was not", async () => {
    await ledger.store.db.updateTable("transaction_row").set({ personal: null }).execute();
    expect((await compare()).findings).toEqual([]);
    await ledger.store.db
      .updateTable("transaction_row")
      .set({ personal: '{"buyerName":"other"}' })
      .where("kind", "=", "capture")
      .execute();
    expect((await compare()).findings).toMatchObject([{ problem: "row-differs", column: "personal", line: 2 }]);
  });

  it("says which file cannot be read", async () => {
    await ledger.store.db.updateTable("file").set({ archive_path: "gone.csv" }).where("file_id", "=", 1).execute();
    expect((await compare()).findings).toMatchObject([{ problem: "file-unreadable", path: "gone.csv", line: null }]);
  });
});
