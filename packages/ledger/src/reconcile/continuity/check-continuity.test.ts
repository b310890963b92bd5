import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import { listExceptions } from "../../views/index.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";

describe("a settlement that leaves what it should have paid out", () => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture();
  });
  afterEach(() => ledger.close());

  /** A capture of 9.41 after fees, and a transfer, in the days of a month from one to another. */
  const settle = (id: string, from: string, to: string, paid: string): Promise<void> =>
    load(
      ledger,
      settlementFile(id, `2026-01-${from}T00:00:00`, `2026-01-${to}T00:00:00`, [
        capture(`2026-01-${from}T10:00:00`, `P01-1111111-1${id.slice(-6)}-C${id.slice(-6)}`, "10.00", "-0.29"),
        transfer(`2026-01-${to}T00:00:00`, paid),
      ]),
    );
  const found = async (): Promise<readonly string[]> =>
    (await listExceptions(ledger)).items
      .filter(({ code }) => code.startsWith("settlement."))
      .map(({ code, settlementId, amountMinor }) => `${code} ${settlementId} ${amountMinor}`)
      .sort();
  const rollingForward = async (): Promise<readonly number[]> => {
    const rows = await ledger.store.db.selectFrom("settlement").select("rolls_forward").orderBy("end_at").execute();
    return rows.map((row) => row.rolls_forward);
  };

  it("does not roll forward when it is the last", async () => {
    await settle("5000000001", "05", "08", "9.41");
    await settle("5000000002", "08", "11", "9.00");
    await reconcile(ledger);
    expect(await found()).toEqual(["settlement.roll-forward 5000000002 41"]);
    expect(await rollingForward()).toEqual([1, 0]);
  });

  it("does not roll forward before a gap either", async () => {
    await settle("5000000001", "05", "08", "9.41");
    await settle("5000000002", "08", "11", "9.00");
    await settle("5000000004", "20", "23", "9.41");
    await reconcile(ledger);
    expect(await found()).toEqual([
      expect.stringMatching(/^settlement\.gap 5000000004 /),
      "settlement.roll-forward 5000000002 41",
    ]);
    expect(await rollingForward()).toEqual([1, 0, 1]);
  });
});
