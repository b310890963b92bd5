import { expect, it } from "vitest";
import { openTestAccount, type StoreUnderTest } from "./setup.ts";

/** Of an empty list nothing is in it: no error, as on a store before its first account. */
export function emptyLists(open: StoreUnderTest): void {
  it("finds nothing in an empty list, and everything outside of it", async () => {
    const store = await open();
    await openTestAccount(store, "A1");
    const accounts = store.db.selectFrom("account").select("account_id");
    expect(await accounts.where("account_id", "in", []).execute()).toEqual([]);
    expect(await accounts.where("account_id", "not in", []).execute()).toEqual([{ account_id: "A1" }]);
    expect(await accounts.where((eb) => eb.not(eb("account_id", "in", []))).execute()).toHaveLength(1);
  });
}
