import { openSqliteStore, type Store } from "@amazon-pay-kit/ledger";

/** A store in memory with one American account and nothing in it. */
export async function emptyStore(accountId: string, createdAt: number): Promise<Store> {
  const store = await openSqliteStore(":memory:");
  await store.db
    .insertInto("account")
    .values({
      account_id: accountId,
      seller_id: null,
      region: "na",
      environment: "live",
      currency: "USD",
      created_at: createdAt,
    })
    .execute();
  return store;
}
