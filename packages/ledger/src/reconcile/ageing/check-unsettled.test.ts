import { expect, it } from "vitest";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";

const ORDER = "P01-1111111-1000001";

it("what is older than a day at a settlement's end, or than 16 days, should be settled; the amount is what the settlement lacks", async () => {
  // It is 1 June.
  const ledger = await booksFixture();
  const record = (kind: "charge" | "refund", transactionId: string | undefined, at: string, amount: string) => ({
    kind,
    amount,
    currency: "USD",
    occurredAt: `${at}:00Z`,
    referenceId: `order of ${at}`,
    ...(transactionId === undefined ? {} : { transactionId: `${ORDER}-${transactionId}` }),
  });
  await ledger.records.add(
    [
      record("charge", "C000001", "2026-05-29T00:00", "10.00"),
      record("charge", "C000002", "2026-05-29T00:01", "20.00"),
      record("refund", "R000003", "2026-05-20T10:00", "3.00"),
      // Without the id of a transaction it may be on a row that cannot be told: only its age counts.
      record("charge", undefined, "2026-05-16T00:00", "40.00"),
      record("charge", undefined, "2026-05-16T00:01", "50.00"),
    ],
    { accountId: "shop" },
  );
  await load(
    ledger,
    settlementFile("5000000001", "2026-05-10T00:00:00", "2026-05-30T00:00:00", [
      capture("2026-05-11T10:00:00", "P01-1111111-1000009-C000009", "100.00", "-2.90"),
      transfer("2026-05-30T00:00:00", "96.80"),
    ]),
  );
  const { exceptions } = await reconcile(ledger);
  const unsettled = exceptions.filter(({ code }) => code.endsWith(".unsettled"));
  expect(unsettled.map(({ code, amount }) => `${code} ${amount}`).toSorted()).toEqual([
    "capture.unsettled 10.00",
    "capture.unsettled 40.00",
    "refund.unsettled -3.00",
  ]);
  await ledger.close();
});
