import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { importStatement } from "../../ingest/bank/import-statement.ts";
import type { Ledger } from "../../ledger.ts";
import {
  booksFixture,
  capture,
  load,
  settlementFile,
  transfer,
  type WrittenRow,
} from "../../reconcile/testing/books-fixture.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { explain } from "./explain.ts";

describe.each(["SQLite", "PostgreSQL"])("a payout that the bank sent back, explained on %s", (database) => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
  });
  afterEach(() => ledger.close());

  const sale = (day: string, id: string): WrittenRow =>
    capture(`2026-04-${day}T10:00:00`, `P01-1111111-100000${id}-C10000${id}`, "100.00", "-2.90");
  /** A week in which 96.80 was sold and paid out, with what else is in it. */
  const week = (id: string, from: string, to: string, paid: string, ...more: readonly WrittenRow[]): Uint8Array =>
    settlementFile(`500000000${id}`, `2026-04-${from}T00:00:00`, `2026-04-${to}T00:00:00`, [
      sale(from, id),
      ...more,
      transfer(`2026-04-${to}T00:00:00`, paid),
    ]);
  const statement = async (...lines: readonly string[]): Promise<void> => {
    async function* text(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(["Date,Amount,Currency,Reference", ...lines, ""].join("\n"));
    }
    await importStatement({ ...ledger, accountId: "shop" }, text(), { fileName: "bank.csv" });
    await reconcile(ledger);
  };
  const returnedOf = async (query: string) =>
    (await explain(ledger, { query })).settlements.flatMap(({ returned }) => returned);

  it("names its row, its return, its deposit and its debit, from either settlement and from both bank lines", async () => {
    await load(
      ledger,
      week("1", "01", "08", "96.80"),
      week("2", "08", "15", "193.60", { at: "2026-04-10T10:00:00", type: "Transfer", amount: "96.80", net: "96.80" }),
      week("3", "15", "22", "96.80"),
    );
    await statement(
      "2026-04-09,96.80,USD,AMAZON PAYMENTS",
      "2026-04-13,-96.80,USD,AMAZON PAYMENTS RETURN",
      "2026-04-17,193.60,USD,AMAZON PAYMENTS",
      "2026-04-24,96.80,USD,AMAZON PAYMENTS",
    );
    const expected = [
      {
        settlementId: "5000000001",
        returnedIn: "5000000002",
        currency: "USD",
        amountMinor: 9680n,
        transferredAt: Date.UTC(2026, 3, 8),
        returnedAt: Date.UTC(2026, 3, 10, 10),
        transfer: { line: 8 },
        back: { line: 8 },
        deposit: { bookedAt: Date.UTC(2026, 3, 9), fileName: "bank.csv", line: 2 },
        debit: { bookedAt: Date.UTC(2026, 3, 13), fileName: "bank.csv", line: 3 },
      },
    ];
    expect(await returnedOf("5000000001")).toMatchObject(expected);
    expect(await returnedOf("5000000002")).toMatchObject(expected);
    expect(await returnedOf("AMAZON PAYMENTS RETURN")).toMatchObject(expected);
    // The third payout is as large, and arrived.
    expect(await returnedOf("5000000003")).toEqual([]);
  });

  it("says that no statement has it, where it never arrived", async () => {
    await load(
      ledger,
      week("1", "01", "08", "96.80"),
      week("2", "08", "15", "193.60", { at: "2026-04-10T10:00:00", type: "Transfer", amount: "96.80", net: "96.80" }),
    );
    await statement("2026-04-17,193.60,USD,AMAZON PAYMENTS");
    expect(await returnedOf("5000000001")).toMatchObject([
      { settlementId: "5000000001", returnedIn: "5000000002", deposit: null, debit: null },
    ]);
  });

  it("is known by an opening balance that is larger by just as much, without a row", async () => {
    await load(
      ledger,
      week("1", "01", "08", "96.80"),
      week("2", "08", "15", "193.60", {
        at: "2026-04-08T00:00:00",
        type: "Carryover",
        amount: "96.80",
        net: "96.80",
      }),
      week("3", "15", "22", "96.80"),
    );
    await statement("2026-04-17,193.60,USD,AMAZON PAYMENTS");
    const expected = [{ settlementId: "5000000001", returnedIn: "5000000002", back: null, deposit: null }];
    expect(await returnedOf("5000000001")).toMatchObject(expected);
    expect(await returnedOf("5000000002")).toMatchObject(expected);
    expect(await returnedOf("5000000003")).toEqual([]);
  });
});
