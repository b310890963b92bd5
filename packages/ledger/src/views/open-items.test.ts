import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { openPostgresStore } from "../store/postgres/open.ts";
import { openSqliteStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import { ageing, AGE_GROUPS, listOpenItems } from "./index.ts";

const DAY = 86_400_000;
const NOW = 100 * DAY;

describe.each(["sqlite", "postgres"])("open items on %s", (dialect) => {
  let store: Store;
  beforeAll(async () => {
    store = dialect === "sqlite" ? await openSqliteStore(":memory:") : await openPostgresStore(await freshDatabase());
    const account = { seller_id: null, region: "na", environment: "live", currency: "USD", created_at: 1 };
    await store.db
      .insertInto("account")
      .values([
        { account_id: "a", ...account },
        { account_id: "b", ...account },
      ])
      .execute();
    // Ages on both sides of every bound, two at the same moment, and one that is ahead of the clock.
    const ages = [-1, 0, 7.9, 8, 15.9, 16, 30.9, 31, 31, 90];
    await store.db
      .insertInto("open_item")
      .values(
        ages.flatMap((age, number) =>
          (["a", "b"] as const).map((account_id) => ({
            account_id,
            counterpart: number % 3 === 0 ? "transaction-report" : "record",
            counterpart_id: String(number),
            kind: number % 4 === 0 ? "refund" : "charge",
            transaction_id: number % 3 === 0 ? `T-${number}` : null,
            amount_minor: 100n + BigInt(number),
            currency: number === 5 ? "EUR" : "USD",
            occurred_at: NOW - age * DAY,
            subject: `${account_id} ${number}`,
          })),
        ),
      )
      .execute();
  });
  afterAll(() => store.close());

  const names = async (request: Partial<Parameters<typeof listOpenItems>[1]> = {}): Promise<string> => {
    const { items } = await listOpenItems({ store }, { now: NOW, ...request });
    return items.map((item) => item.accountId + item.counterpartId).join(" ");
  };

  it("refuses an age group that there is not, a foreign cursor and a senseless limit", async () => {
    await expect(names({ group: "8-14" })).rejects.toMatchObject({
      code: "view.query",
      message: expect.stringContaining("0-7, 8-15, 16-30, 30+"),
    });
    await expect(names({ cursor: "rubbish" })).rejects.toMatchObject({ code: "view.cursor" });
    await expect(names({ limit: 501 })).rejects.toMatchObject({ code: "view.limit" });
  });

  it("has nothing for an account without any", async () => {
    expect(await listOpenItems({ store }, { accountId: "c", now: NOW })).toEqual({ items: [], next: null });
  });

  it("gives every member of an item", async () => {
    const { items } = await listOpenItems({ store }, { accountId: "a", group: "30+", limit: 1, now: NOW });
    expect(items).toEqual([
      {
        accountId: "a",
        kind: "charge",
        counterpart: "transaction-report",
        counterpartId: "9",
        orderId: null,
        referenceId: null,
        file: null,
        line: null,
        transactionId: "T-9",
        amountMinor: 109n,
        currency: "USD",
        occurredAt: NOW - 90 * DAY,
      },
    ]);
  });

  it("narrows by account, kind, currency and age, oldest first", async () => {
    expect(await names({ accountId: "a" })).toBe("a9 a7 a8 a6 a5 a4 a3 a2 a1 a0");
    expect(await names({ accountId: "a", kind: "refund" })).toBe("a8 a4 a0");
    expect(await names({ currency: "EUR" })).toBe("a5 b5");
    const groups = AGE_GROUPS.map(({ name }) => names({ accountId: "a", group: name }));
    expect(await Promise.all(groups)).toEqual(["a2 a1 a0", "a4 a3", "a6 a5", "a9 a7 a8"]);
  });

  it("has in each group just the items that ageing counts and sums", async () => {
    for (const { kind, currency, group, count, amountMinor } of await ageing({ store }, { now: NOW })) {
      const { items } = await listOpenItems({ store }, { kind, currency, group, now: NOW });
      expect(items).toHaveLength(count);
      expect(items.reduce((sum, item) => sum + item.amountMinor, 0n)).toBe(amountMinor);
    }
  });

  it.each([1, 3, 7])("gives all of them once, by pages of %i, also those of the same moment", async (limit) => {
    const all: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listOpenItems({ store }, { now: NOW, limit, cursor });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      all.push(...page.items.map((item) => item.accountId + item.counterpartId));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(all.join(" ")).toBe(await names());
    expect(new Set(all).size).toBe(20);
  });
});
