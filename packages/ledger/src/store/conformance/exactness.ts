import { sql } from "kysely";
import { expect, it } from "vitest";
import { openTestAccount, type StoreUnderTest } from "./setup.ts";

const BEYOND_DOUBLE = 9_007_199_254_740_993n;

async function keepAmount(open: StoreUnderTest, amount: bigint) {
  const store = await open();
  await openTestAccount(store, "A1");
  await store.db
    .insertInto("disbursement")
    .values({
      account_id: "A1",
      settlement_id: "5984862222",
      disbursement_reference_id: "D1",
      seller_id: null,
      amount_minor: amount,
      currency: "USD",
      transferred_at: Date.UTC(2026, 0, 1),
    })
    .execute();
  return store;
}

/** Integers come back exactly, and of the same type on every store. */
export function exactness(open: StoreUnderTest): void {
  it("refuses an integer that a number cannot hold", async () => {
    const store = await keepAmount(open, BEYOND_DOUBLE);
    const query = store.db.selectFrom("disbursement").select(sql<number>`amount_minor`.as("amount"));
    await expect(query.execute()).rejects.toMatchObject({ code: "store.unsafe-integer" });
  });

  it("refuses money that is not a whole number of minor units", async () => {
    const store = await keepAmount(open, 5n);
    const query = store.db.selectFrom("disbursement").select(sql<bigint>`amount_minor / 2.0`.as("half_minor"));
    await expect(query.execute()).rejects.toMatchObject({ code: "store.inexact-money" });
  });

  it("keeps money of any size to the last digit", async () => {
    for (const amount of [BEYOND_DOUBLE, -BEYOND_DOUBLE, 0n, 2n ** 63n - 1n, -(2n ** 63n)]) {
      const store = await keepAmount(open, amount);
      expect(await store.db.selectFrom("disbursement").select("amount_minor").execute()).toEqual([
        { amount_minor: amount },
      ]);
    }
  });

  it("gives sums and counts in the same types", async () => {
    const store = await keepAmount(open, BEYOND_DOUBLE);
    const row = await store.db
      .selectFrom("disbursement")
      .select(({ fn }) => [
        fn.sum<bigint>("amount_minor").as("total_minor"),
        fn.countAll<number>().as("rows"),
        fn.max<number>("transferred_at").as("latest"),
      ])
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ total_minor: BEYOND_DOUBLE, rows: 1, latest: Date.UTC(2026, 0, 1) });
  });
}
