import { DAY } from "@amazon-pay-kit/money";
import { describe, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, type WrittenRow } from "../testing/books-fixture.ts";
import { mayPredateBooks } from "../step/history.ts";

const ORDER = "P01-1111111-1000001";
const refund = (at: string, number: string, amount: string): WrittenRow => ({
  at,
  type: "Refund",
  id: `${ORDER}-R${number}`,
  order: ORDER,
  amount: `-${amount}`,
  net: `-${amount}`,
});

it("refunds beyond the ceiling are said once, about the one that crossed it in time, wherever it stands in the file", async () => {
  const ledger = await booksFixture();
  await load(
    ledger,
    settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-31T00:00:00", [
      refund("2026-01-09T10:00:00", "000003", "5.00"),
      refund("2026-01-07T10:00:00", "000002", "60.00"),
      refund("2026-01-05T10:00:00", "000001", "60.00"),
      capture("2026-01-02T10:00:00", `${ORDER}-C100001`, "100.00", "-2.90"),
    ]),
  );
  const { exceptions } = await reconcile(ledger);
  const excesses = exceptions.filter(({ code }) => code === "refund.exceeds-capture");
  // 125.00 went back, and 115.00 may: what is too much counts all of them, also what came after the crossing.
  expect(excesses).toMatchObject([{ transactionId: `${ORDER}-R000002`, amount: "10.00" }]);
  await ledger.close();
});

describe("a refund whose capture is not in the books may be of a time before them", () => {
  const horizon = 120 * DAY;
  const fresh = { startAt: 1000, fromNothing: true };
  const old = { startAt: 1000, fromNothing: false };
  it.each([
    ["always, where there are no books of its currency", null, "complete", 0, true],
    ["where they began with a balance", old, "auto", 999 + horizon, true],
    ["but not once a refund could not come so late", old, "auto", 1000 + horizon, false],
    ["but not where they began with nothing", fresh, "auto", 1001, false],
    ["also then, where they are said to be a part", fresh, "partial", 999 + horizon, true],
    ["not even a part, once a refund could not come so late", fresh, "partial", 1000 + horizon, false],
    ["never, where they are said to be complete", old, "complete", 1001, false],
  ] as const)("%s", (_when, begin, history, postedAt, expected) => {
    expect(mayPredateBooks(postedAt, begin, { history, refundHorizon: horizon })).toBe(expected);
  });
});

describe("a refund without its capture among the settlements is no orphan", () => {
  const CHARGE = "P01-2222222-2000002-C200002";
  /** Books that begin with nothing, in which the refund of an order stands alone. */
  const orphans = async (known: (ledger: Ledger) => Promise<unknown>): Promise<(string | null)[]> => {
    const ledger = await booksFixture();
    await load(
      ledger,
      settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-31T00:00:00", [
        capture("2026-01-02T10:00:00", CHARGE, "100.00", "-2.90"),
        refund("2026-01-07T10:00:00", "000001", "60.00"),
      ]),
    );
    await known(ledger);
    const { exceptions } = await reconcile(ledger);
    await ledger.close();
    return exceptions.filter(({ code }) => code === "refund.orphan").map(({ transactionId }) => transactionId);
  };
  const record = (more: object) => (ledger: Ledger) =>
    ledger.records.add(
      [{ currency: "USD", amount: "100.00", kind: "charge" as const, occurredAt: "2026-01-01T10:00:00Z", ...more }],
      { accountId: "shop" },
    );
  const refundRecord = { kind: "refund", amount: "60.00", transactionId: `${ORDER}-R000001` };

  it("but it is one where nothing knows of it", async () => {
    expect(await orphans(async () => undefined)).toEqual([`${ORDER}-R000001`]);
  });

  it("where the shop's records have the charge that it names, or its order", async () => {
    const named = async (ledger: Ledger, parent: string): Promise<void> => {
      await record({ ...refundRecord, parentTransactionId: parent })(ledger);
    };
    // The record names another charge, of which nobody knows: that clears nothing.
    expect(await orphans((ledger) => named(ledger, "S01-9999999-9999999-C999999"))).toEqual([`${ORDER}-R000001`]);
    expect(await orphans((ledger) => named(ledger, CHARGE))).toEqual([]);
    const recorded = "S01-3333333-3000003-C300003";
    expect(
      await orphans(async (ledger) => {
        await named(ledger, recorded);
        await record({ transactionId: recorded })(ledger);
      }),
    ).toEqual([]);
    expect(await orphans(record({ permissionId: ORDER }))).toEqual([]);
  });
});
