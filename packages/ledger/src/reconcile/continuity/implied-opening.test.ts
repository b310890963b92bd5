import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { exportBooks } from "../../export/export-books.ts";
import type { Ledger } from "../../ledger.ts";
import { explain } from "../../views/index.ts";
import { reconcile, type ReconcileOptions } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";

describe.each(["SQLite", "PostgreSQL"])(
  "transfers that pay what was left, with no row that carries it in, on %s",
  (database) => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    });
    afterEach(() => ledger.close());

    const day = (week: number, time = "00:00:00"): string => `2026-05-${String(1 + 7 * week).padStart(2, "0")}T${time}`;
    /** A week that takes in so much, and pays so much on its first morning. */
    const week = (number: number, takes: string, pays: string | null): Uint8Array =>
      settlementFile(`500000000${number}`, day(number), day(number + 1), [
        ...(pays === null ? [] : [transfer(day(number, "07:00:00"), pays)]),
        capture(day(number, "12:00:00"), `P01-111111${number}-1000001-C100001`, takes, "0.00", "0.00"),
      ]);
    const verdicts = async (options: ReconcileOptions = {}): Promise<readonly string[]> => {
      const { settlements, exceptions } = await reconcile(ledger, options);
      return [
        ...settlements.map((one) => `${one.settlementId.slice(-1)}: ${one.opening} ${one.transfer} ${one.closing}`),
        ...exceptions.filter(({ code }) => code.startsWith("settlement.")).map((one) => `${one.code} ${one.amount}`),
      ];
    };

    it("open with it, and close with what came since", async () => {
      await load(ledger, week(0, "10.00", null), week(1, "20.00", "10.00"), week(2, "30.00", "20.00"));
      const expected = ["0: 0.00 0.00 10.00", "1: 10.00 -10.00 20.00", "2: 20.00 -20.00 30.00"];
      expect(await verdicts()).toEqual(expected);
      expect(await verdicts({ full: true })).toEqual(expected);
      const { settlements } = await explain(ledger, { query: "5000000002" });
      expect(settlements[0]?.figures[0]).toMatchObject({
        name: "opening",
        amountMinor: 2000n,
        parts: [{ typeKey: "left-before", amountMinor: 2000n, rows: 0, lines: [] }],
      });
      let journal = "";
      for await (const piece of exportBooks(ledger, { format: "hledger" })) journal += new TextDecoder().decode(piece);
      expect(journal).not.toContain("ifference");
      expect(journal).toContain("= 30.00 USD");
    });

    it("are the same in whatever order the files come", async () => {
      await load(ledger, week(2, "30.00", "20.00"), week(1, "20.00", "10.00"));
      await verdicts();
      await load(ledger, week(0, "10.00", null));
      expect(await verdicts()).toEqual(["0: 0.00 0.00 10.00", "1: 10.00 -10.00 20.00", "2: 20.00 -20.00 30.00"]);
    });

    it("are wrong by what they pay too much", async () => {
      await load(ledger, week(0, "10.00", null), week(1, "20.00", "10.01"));
      expect(await verdicts()).toContain("settlement.opening -10.00");
    });

    it("pay their own closing balance where that is said", async () => {
      await load(ledger, week(0, "10.00", null), week(1, "20.00", "10.00"));
      expect(await verdicts({ transferPays: "closing" })).toContain("1: 0.00 -10.00 10.00");
      expect(await verdicts()).toContain("1: 10.00 -10.00 20.00");
    });
  },
);
