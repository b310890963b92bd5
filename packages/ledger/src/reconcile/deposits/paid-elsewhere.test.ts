import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { importStatement, listStatements, withdrawStatement } from "../../ingest/bank/index.ts";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, settlementFile, transfer } from "../testing/books-fixture.ts";

describe.each(["SQLite", "PostgreSQL"])("two accounts that are paid to one bank account, on %s", (database) => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    await ledger.accounts.add({ accountId: "other", region: "na", environment: "live" });
    const week = (id: string, amount: string, fee: string, paid: string) =>
      settlementFile(id, "2026-04-01T00:00:00", "2026-04-08T00:00:00", [
        capture("2026-04-02T10:00:00", `P01-1111111-${id.slice(3)}-C100001`, amount, fee),
        transfer("2026-04-08T00:00:00", paid),
      ]);
    await ledger.loadFile({
      accountId: "shop",
      file: week("5000000001", "100.00", "-2.90", "96.80"),
      fileName: "a.csv",
    });
    await ledger.loadFile({
      accountId: "other",
      file: week("6000000001", "50.00", "-1.45", "48.25"),
      fileName: "b.csv",
    });
  });
  afterEach(() => ledger.close());

  const BOTH = "2026-04-10,96.80,USD,AMAZON PAY\n2026-04-10,48.25,USD,AMAZON PAY\n2026-05-20,1.00,USD,INTEREST\n";
  async function* bytes(lines: string): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(`Date,Amount,Currency,Reference\n${lines}`);
  }
  const statement = async (accountId: string, lines: string): Promise<void> => {
    await importStatement({ ...ledger, accountId }, bytes(lines), { fileName: "bank.csv" });
  };
  const unknown = async (accountId?: string): Promise<readonly string[]> => {
    const { exceptions } = await reconcile({ ...ledger, ...(accountId === undefined ? {} : { accountId }) });
    return exceptions.filter(({ code }) => code === "bank.unknown-deposit").map(({ amount }) => String(amount));
  };

  it("have no unknown deposits: what is the one's is not the other's, after one run", async () => {
    await statement("shop", BOTH);
    // Nobody has said yet that the statement is the other's too.
    expect(await unknown()).toEqual(["48.25"]);
    await statement("other", BOTH);
    expect(await unknown()).toEqual([]);
    const { settlements } = await reconcile(ledger, { full: true });
    expect(settlements.map(({ bank }) => bank)).toEqual(["matched", "matched"]);
    expect(await unknown()).toEqual([]);
  });

  it("have one where it is neither's, or comes once more than both know", async () => {
    const lines = `${BOTH}2026-04-13,48.25,USD,AMAZON PAY\n2026-04-14,7.00,USD,AMAZON PAY\n`;
    await statement("shop", lines);
    await statement("other", lines);
    expect((await unknown("shop")).toSorted()).toEqual(["48.25", "48.25", "7.00"]);
    expect((await unknown("other")).toSorted()).toEqual(["48.25", "7.00"]);
    expect((await unknown("shop")).toSorted()).toEqual(["48.25", "7.00"]);
  });

  it("have it again when the statement is taken from the other", async () => {
    await statement("shop", BOTH);
    await statement("other", BOTH);
    expect(await unknown()).toEqual([]);
    const books = { ...ledger, accountId: "other", who: "mara" };
    const [taken] = await listStatements(books);
    await withdrawStatement(books, taken?.importId ?? 0, "another bank");
    expect(await unknown()).toEqual(["48.25"]);
  });

  it("are told apart from accounts with statements of their own", async () => {
    await statement("shop", BOTH);
    await statement("other", "2026-04-10,48.25,USD,AMAZON PAY\n2026-05-21,1.00,USD,INTEREST\n");
    expect(await unknown()).toEqual(["48.25"]);
  });
});
