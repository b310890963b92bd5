import { expect, it } from "vitest";
import { booksFixture, capture, load, settlementFile, transfer } from "./reconcile/testing/books-fixture.ts";

it("a ledger reconciles, shows what it found and takes the reasons, all by methods of its own", async () => {
  const ledger = await booksFixture();
  await load(
    ledger,
    settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-02T00:00:00", [
      capture("2026-01-01T10:00:00", "P01-1111111-1000001-C000001", "10.00", "-0.29"),
      transfer("2026-01-01T23:00:00", "5.00"),
    ]),
  );
  const { settlements } = await ledger.reconcile({ accountId: "shop" });
  expect(settlements.map(({ settlementId }) => settlementId)).toEqual(["5000000001"]);
  expect((await ledger.settlements.list()).items).toHaveLength(1);
  expect(await ledger.settlements.get("5000000001")).toMatchObject({ settlementId: "5000000001", currency: "USD" });
  const [found] = (await ledger.exceptions.list()).items;
  const id = found?.exceptionId ?? "";
  await ledger.exceptions.explain(id, "agreed on the phone", { who: "ada" });
  expect(await ledger.exceptions.get(id)).toMatchObject({ status: "explained" });
  await ledger.exceptions.reopen(id, "not so");
  const { status, events } = await ledger.exceptions.get(id);
  expect([status, events.map(({ who }) => who)]).toEqual(["reopened", expect.arrayContaining(["ada"])]);
  await expect(ledger.reconcile({ accountId: "nobody" })).rejects.toMatchObject({ code: "books.unknown-account" });
  await ledger.close();
});
