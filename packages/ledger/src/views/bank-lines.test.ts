import { afterAll, beforeAll, expect, it } from "vitest";
import { openSqliteStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import { listBankLines } from "./bank-lines.ts";

let store: Store;
beforeAll(async () => {
  store = await openSqliteStore(":memory:");
  const account = {
    account_id: "a",
    seller_id: null,
    region: "na",
    environment: "live",
    currency: "USD",
    created_at: 1,
  };
  await store.db.insertInto("account").values(account).execute();
  for (const [index, text] of ["AMAZON PAY 1", "100% other_", "amazon pay 3"].entries()) {
    await store.db
      .insertInto("bank_line")
      .values({
        account_id: "a",
        import_id: 1,
        line: index + 2,
        bank_account: null,
        booked_at: Date.UTC(2026, 0, index + 1),
        amount_minor: BigInt(1000 + index) * (index === 1 ? -1n : 1n),
        currency: "USD",
        reference: null,
        counterparty: null,
        text,
      })
      .execute();
  }
  const lines = await listBankLines({ store });
  await store.db
    .insertInto("row_match")
    .values({
      account_id: "a",
      file_id: 1,
      line: 9,
      counterpart: "bank",
      counterpart_id: String(lines.items[2]?.bankLineId),
      rule: "amount-and-date",
      match_group: "5000000001",
      amount_minor: 1000n,
    })
    .execute();
});
afterAll(() => store.close());

const found = async (filter: Parameters<typeof listBankLines>[1]): Promise<readonly (number | null)[]> =>
  (await listBankLines({ store }, filter)).items.map(({ line }) => line);

it("lists every line, newest first, a page at a time, with the payouts that it is", async () => {
  expect(await found({})).toEqual([4, 3, 2]);
  const first = await listBankLines({ store }, { limit: 2 });
  const rest = await listBankLines({ store }, { limit: 2, cursor: first.next ?? "" });
  expect(rest.items).toMatchObject([{ line: 2, settlements: ["5000000001"], rule: "amount-and-date" }]);
  expect(rest.next).toBeNull();
});

it("sorts by money, what came in above what went out, pages in that order, and refuses one that there is not", async () => {
  const sorted = async (sort: string, cursor?: string) => listBankLines({ store }, { sort, limit: 2, cursor });
  const first = await sorted("-amount");
  expect(first.items.map(({ line }) => line)).toEqual([4, 2]);
  expect((await sorted("-amount", first.next ?? "")).items.map(({ line }) => line)).toEqual([3]);
  expect((await sorted("booked")).items.map(({ line }) => line)).toEqual([2, 3]);
  await expect(sorted("toString")).rejects.toThrowError(/sorted by booked, amount/);
});

it("finds what has no payout, words in any case, wildcards as letters, and amounts with and without sign", async () => {
  expect(await found({ matched: false })).toEqual([4, 3]);
  expect(await found({ matched: true })).toEqual([2]);
  expect(await found({ text: "Amazon" })).toEqual([4, 2]);
  expect(await found({ text: "%" })).toEqual([3]);
  expect(await found({ text: "10.01" })).toEqual([3]);
  expect(await found({ currency: "EUR" })).toEqual([]);
});
