import { sql } from "kysely";
import { expect, it } from "vitest";
import { openTestAccount, type StoreUnderTest } from "./setup.ts";

/** More than either database takes as parameters of their own. */
const MANY = 70_000;

/** A list may be as long as there are accounts: the databases' limits on parameters are no limits of the books. */
export function longLists(open: StoreUnderTest): void {
  const names = Array.from({ length: MANY }, (_none, index) => `none '",{}\\\\ ${index}`);

  it("finds what is in a list of seventy thousand, and what is not", async () => {
    const { db, ...store } = await open();
    for (const id of ["A1", "B2", `with "quotes", {braces} and \\ too`]) await openTestAccount({ db, ...store }, id);
    const accounts = db.selectFrom("account").select("account_id").orderBy("account_id");
    const ids = async (query: typeof accounts) => (await query.execute()).map((row) => row.account_id);
    const listed = [...names, "A1", `with "quotes", {braces} and \\ too`];
    expect(await ids(accounts.where("account_id", "in", listed))).toEqual(["A1", listed.at(-1)]);
    expect(await ids(accounts.where("account_id", "not in", listed))).toEqual(["B2"]);
    expect(await ids(accounts.where((eb) => eb.or([eb("account_id", "in", listed), eb.val(false)])))).toHaveLength(2);
    const text = sql<{ n: number }>`select count(*) as n from account
      where account_id in (${sql.join(listed)}) and account_id not in (${sql.join(names)})`;
    expect((await text.execute(db)).rows.map(({ n }) => Number(n))).toEqual([2]);
  });

  it("keeps integers exact in a long list, those of money too", async () => {
    const { db } = await open();
    const large = 9_007_199_254_740_993n;
    await db
      .insertInto("open_item")
      .values({
        account_id: "A1",
        counterpart: "record",
        counterpart_id: "1",
        kind: "charge",
        transaction_id: null,
        amount_minor: large,
        currency: "JPY",
        occurred_at: 5,
        subject: "s",
      })
      .execute();
    const minors = Array.from({ length: MANY }, (_none, index) => BigInt(index));
    const found = db.selectFrom("open_item").select("amount_minor");
    expect(await found.where("amount_minor", "in", [...minors, large]).execute()).toHaveLength(1);
    expect(await found.where("amount_minor", "in", [...minors, large - 1n, large + 1n]).execute()).toEqual([]);
    const times = Array.from({ length: MANY }, (_none, index) => index);
    expect(await found.where("occurred_at", "in", times).execute()).toHaveLength(1);
  });

  it("changes and deletes by a long list", async () => {
    const { db } = await open();
    await db.insertInto("reconcile_mark").values({ account_id: "A1", subject: "s", mark: "1" }).execute();
    await db
      .updateTable("reconcile_mark")
      .set({ mark: "2" })
      .where("account_id", "in", [...names, "A1"])
      .execute();
    expect(await db.selectFrom("reconcile_mark").select("mark").execute()).toEqual([{ mark: "2" }]);
    await db
      .deleteFrom("reconcile_mark")
      .where("account_id", "in", [...names, "A1"])
      .execute();
    expect(await db.selectFrom("reconcile_mark").select("mark").execute()).toEqual([]);
  });
}
