import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { BooksContext } from "../../books/context.ts";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";
import { getException, listExceptions, listSettlements } from "../../views/index.ts";
import { explainException, reopenException, resolveException } from "./change.ts";

const ID = "P01-1111111-1000001-C100001";
const january = settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-31T00:00:00", [
  capture("2026-01-02T10:00:00", ID, "100.00", "-2.90"),
  transfer("2026-01-30T23:59:00", "90.00"),
]);
/** Takes on what January left: then nothing is wrong with January. */
const february = settlementFile("5000000002", "2026-01-31T00:00:00", "2026-02-28T00:00:00", [
  { at: "2026-01-31T00:00:01", type: "Carryover", amount: "6.80", net: "6.80" },
]);

describe.each(["SQLite", "PostgreSQL"])("the life of an exception on %s", (database) => {
  let ledger: Ledger;
  let books: BooksContext;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    books = { store: ledger.store, clock: ledger.clock, who: "maria" };
    await load(ledger, january);
    await reconcile(ledger);
  });
  afterEach(() => ledger.close());

  const only = async (): Promise<{ readonly exceptionId: string; readonly status: string }> => {
    const { items } = await listExceptions(ledger, {});
    expect(items.map(({ code }) => code)).toEqual(["settlement.roll-forward"]);
    return items[0] ?? { exceptionId: "", status: "" };
  };
  const trail = async (): Promise<string[]> => {
    const { events } = await getException(ledger, { exceptionId: (await only()).exceptionId });
    return events.map(({ what, who, note }) => `${what} by ${who}${note === null ? "" : `: ${note}`}`);
  };

  it("refuses what cannot be done, and leaves no trace of it", async () => {
    const { exceptionId } = await only();
    for (const note of ["", "  "])
      await expect(explainException(books, exceptionId, note)).rejects.toMatchObject({
        code: "exception.note-missing",
      });
    await expect(explainException(books, exceptionId, "x".repeat(4001))).rejects.toThrowError(/at most 4000/);
    await expect(explainException(books, "0000000000000000", "why")).rejects.toMatchObject({
      code: "exception.unknown",
    });
    await expect(reopenException(books, exceptionId)).rejects.toMatchObject({ code: "exception.wrong-status" });
    expect(await trail()).toEqual(["found by reconcile"]);
  });

  it("has another id than the same difference in another account", async () => {
    await ledger.accounts.add({ accountId: "stall", region: "na", environment: "live" });
    const { exceptionId } = await only();
    await ledger.loadFile({ accountId: "stall", file: january, fileName: "settlement.csv" });
    const { exceptions } = await reconcile({ ...books, accountId: "stall" });
    expect(exceptions.map(({ code }) => code)).toEqual(["settlement.roll-forward"]);
    expect(exceptions[0]?.id).not.toBe(exceptionId);
    await explainException(books, exceptionId, "paid in cash");
    const statuses = await ledger.store.db
      .selectFrom("exception")
      .select(["account_id", "status"])
      .orderBy("account_id")
      .execute();
    expect(statuses).toEqual([
      { account_id: "shop", status: "explained" },
      { account_id: "stall", status: "open" },
    ]);
  });

  it("is explained, stays so, is opened again by a person, and resolved by later data", async () => {
    const { exceptionId } = await only();
    await explainException(books, exceptionId, "bank details changed, paid on the 3rd");
    expect((await reconcile(ledger)).exceptions).toEqual([]);
    expect((await reconcile(ledger, { full: true })).exceptions).toEqual([]);
    expect((await listSettlements(ledger, {})).items[0]?.status).toBe("explained");
    await reopenException({ ...books, who: "paul" }, exceptionId, "not paid after all");
    expect((await listSettlements(ledger, {})).items[0]?.status).toBe("exceptions");
    expect((await reconcile(ledger)).exceptions).toHaveLength(1);
    await resolveException(books, exceptionId, "asked Amazon Pay");
    await load(ledger, february);
    expect((await reconcile(ledger)).exceptions).toEqual([]);
    expect((await only()).status).toBe("resolved");
    await expect(explainException(books, exceptionId, "late")).rejects.toMatchObject({
      code: "exception.wrong-status",
    });
    expect(await trail()).toEqual([
      "found by reconcile",
      "explained by maria: bank details changed, paid on the 3rd",
      "reopened by paul: not paid after all",
      "explained by maria: asked Amazon Pay",
      "resolved by reconcile: no longer found",
    ]);
  });

  it("is opened again by a run when what was explained has another amount", async () => {
    const { exceptionId } = await only();
    await explainException(books, exceptionId, "6.80 are held for a claim");
    const other = settlementFile("5000000002", "2026-01-31T00:00:00", "2026-02-28T00:00:00", [
      { at: "2026-01-31T00:00:01", type: "Carryover", amount: "5.00", net: "5.00" },
    ]);
    await load(ledger, other);
    const { exceptions } = await reconcile(ledger);
    expect(exceptions.map(({ code, settlementId }) => `${code} ${settlementId}`)).toContain(
      "settlement.roll-forward 5000000001",
    );
    const { events, status } = await getException(ledger, { exceptionId });
    expect(status).toBe("reopened");
    expect(events.at(-1)).toMatchObject({
      what: "reopened",
      who: "reconcile",
      note: expect.stringMatching(/^amount was 6\.80, is/),
    });
  });
});
