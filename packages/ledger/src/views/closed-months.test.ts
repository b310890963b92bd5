import { expect, it } from "vitest";
import { openSqliteStore } from "../store/sqlite/open.ts";
import { monthStates } from "./closed-months.ts";

it("says how far the accounts are with each month; what was opened again is not closed", async () => {
  const store = await openSqliteStore(":memory:");
  for (const account_id of ["eu", "us"])
    await store.db
      .insertInto("account")
      .values({ account_id, region: "eu", environment: "live", created_at: 0 })
      .execute();
  const close = (
    account_id: string,
    month: string,
    closed_at: number,
    who: string,
    reopened_at: number | null = null,
  ) =>
    store.db
      .insertInto("period")
      .values({
        account_id,
        month,
        closed_at,
        who,
        reopened_at,
        time_zone: "UTC",
        from_at: 0,
        until_at: 1,
        hash: `${account_id} ${month}`,
        document: "{}",
      })
      .execute();
  await close("eu", "2026-05", 10, "mara");
  await close("us", "2026-05", 20, "jo");
  await close("eu", "2026-06", 30, "mara");
  await close("us", "2026-06", 31, "mara", 40);
  const months = ["2026-07", "2026-06", "2026-05"];
  expect(await monthStates({ store }, { months })).toEqual([
    { month: "2026-07", closed: 0, accounts: 2, closedAt: null, who: null },
    { month: "2026-06", closed: 1, accounts: 2, closedAt: 30, who: "mara" },
    { month: "2026-05", closed: 2, accounts: 2, closedAt: 20, who: null },
  ]);
  expect(await monthStates({ store }, { accountId: "eu", months: ["2026-06"] })).toEqual([
    { month: "2026-06", closed: 1, accounts: 1, closedAt: 30, who: "mara" },
  ]);
  await store.close();
});
