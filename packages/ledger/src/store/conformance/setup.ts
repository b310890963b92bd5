import type { Store } from "../store.ts";

/** Opens an empty store of the kind under test. Closing it is the suite's business, through the `close` that it gives. */
export type StoreUnderTest = () => Promise<Store>;

/** An account to hang rows on. */
export async function openTestAccount(store: Store, accountId: string): Promise<void> {
  await store.db
    .insertInto("account")
    .values({
      account_id: accountId,
      seller_id: null,
      region: "na",
      environment: "live",
      currency: "USD",
      created_at: Date.UTC(2026, 0, 1),
    })
    .execute();
}
