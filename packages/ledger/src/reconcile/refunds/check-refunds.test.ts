import { expect, it } from "vitest";
import { reconcile } from "../reconcile.ts";
import { booksAtHand, capture, load, settlementFile, type WrittenRow } from "../testing/books-at-hand.ts";

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
  const ledger = await booksAtHand();
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
