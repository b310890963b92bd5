import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { openPostgresStore } from "../store/postgres/open.ts";
import { openSqliteStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import { type Accounts, accountsIn } from "./accounts.ts";

describe.each(["SQLite", "PostgreSQL"])("accounts on %s", (database) => {
  let store: Store;
  let accounts: Accounts;
  beforeEach(async () => {
    store = database === "SQLite" ? await openSqliteStore(":memory:") : await openPostgresStore(await freshDatabase());
    accounts = accountsIn(store, manualClock(1));
  });
  afterEach(() => store.close());
  const shop = { accountId: "shop", region: "eu", environment: "live" } as const;

  it.each([
    [{ accountId: "" }, "accountId"],
    [{ accountId: " shop" }, "accountId"],
    [{ region: "" }, "region"],
    [{ environment: "live " }, "environment"],
  ])("refuse %j", async (wrong, name) => {
    await expect(accounts.add({ ...shop, ...wrong } as typeof shop)).rejects.toMatchObject({
      code: "account.bad-input",
      message: expect.stringContaining(name) as string,
    });
    expect(await accounts.list()).toEqual([]);
  });

  it("have one region and one environment, and are not there before they were added", async () => {
    await expect(accounts.get("shop")).rejects.toMatchObject({ code: "account.unknown" });
    await accounts.add(shop);
    await expect(accounts.add({ ...shop, region: "na" })).rejects.toMatchObject({ code: "account.differs" });
    await expect(accounts.add({ ...shop, environment: "sandbox" })).rejects.toMatchObject({ code: "account.differs" });
    expect(await accounts.get("shop")).toEqual({ ...shop, sellerId: null, currency: null });
  });

  it("learn seller and currency when somebody knows them, and keep what they know", async () => {
    await accounts.add(shop);
    expect(await accounts.add({ ...shop, currency: "EUR" })).toMatchObject({ sellerId: null, currency: "EUR" });
    expect(await accounts.add({ ...shop, sellerId: "A1" })).toMatchObject({ sellerId: "A1", currency: "EUR" });
    expect(await accounts.add({ ...shop, sellerId: "A2", currency: "USD" })).toMatchObject({
      sellerId: "A1",
      currency: "EUR",
    });
    expect(await accounts.list()).toEqual([{ ...shop, sellerId: "A1", currency: "EUR" }]);
  });
});
