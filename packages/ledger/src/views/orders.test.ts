/** Lists in each of their orders: page by page they have every item once, in that order, and the other way round with a minus. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { fillLargeBooks, lastMoment } from "../../../../tests/scale/large-books.ts";
import { openSqliteStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import {
  listOpenItems,
  listReports,
  type Page,
  type PageRequest,
  pageForecasts,
  pageStatements,
  sumOpenItems,
} from "./index.ts";

const SHAPE = { accounts: 2, settlements: 30, rows: 20, exceptionEvery: 10 };
const now = lastMoment(SHAPE);

let store: Store;
beforeAll(async () => {
  store = await openSqliteStore(":memory:");
  await fillLargeBooks(store, SHAPE);
});
afterAll(() => store.close());

async function all<Item>(list: (page: PageRequest) => Promise<Page<Item>>): Promise<readonly Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: 7, cursor });
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}

/** Every order of a list, with the value of an item that it goes by. */
async function checkOrders<Item>(
  list: (page: PageRequest & { readonly sort: string }) => Promise<Page<Item>>,
  orders: Readonly<Record<string, (item: Item) => string | number | bigint | null>>,
  nameOf: (item: Item) => string,
  count: number,
): Promise<void> {
  for (const [sort, valueOf] of Object.entries(orders))
    for (const direction of [1, -1]) {
      const items = await all((page) => list({ ...page, sort: direction < 0 ? `-${sort}` : sort }));
      expect(new Set(items.map(nameOf)).size, sort).toBe(count);
      expect(items.length, sort).toBe(count);
      const values = items.map(valueOf);
      const inOrder = values.every(
        (value, index) =>
          index === 0 ||
          direction * ((value ?? 0) >= (values[index - 1] ?? 0) ? 1 : -1) > 0 ||
          value === values[index - 1],
      );
      expect(inOrder, `${sort} ${direction}`).toBe(true);
    }
  await expect(list({ sort: "nothing" })).rejects.toMatchObject({ code: "view.query" });
}

it("reports", async () => {
  await checkOrders(
    (page) => listReports({ store }, page),
    {
      until: (one) => one.windowEndAt,
      type: (one) => one.reportType,
      state: (one) => one.state,
      rows: (one) => one.rows,
      errors: (one) => one.errors,
    },
    (one) => `${one.accountId} ${one.reportId}`,
    60,
  );
  const found = await listReports({ store }, { text: "r3", limit: 100 });
  expect(found.items.map(({ reportId }) => reportId).sort()).toEqual([
    "R3",
    ...Array.from({ length: 10 }, (_, n) => `R3${n}`),
  ]);
});

it("open items, with what they add up to", async () => {
  await checkOrders(
    (page) => listOpenItems({ store }, { ...page, now }),
    { when: (one) => one.occurredAt, amount: (one) => one.amountMinor, kind: (one) => one.kind },
    (one) => `${one.accountId} ${one.counterpartId}`,
    120,
  );
  const [first] = (await listOpenItems({ store }, { now, kind: "refund", limit: 1 })).items;
  expect(first?.orderId).toBe("ORDER-0");
  const byOrder = await listOpenItems({ store }, { now, text: "order-100" });
  expect(byOrder.items.map(({ orderId }) => orderId).sort()).toEqual(["ORDER-100", "ORDER-1000"]);
  expect((await listOpenItems({ store }, { now, text: "10.07" })).items.map(({ amountMinor }) => amountMinor)).toEqual([
    1007n,
  ]);
  const items = await all((page) => listOpenItems({ store }, { ...page, now }));
  for (const { currency, items: count, amountMinor } of await sumOpenItems({ store }, { now })) {
    const own = items.filter((one) => one.currency === currency);
    expect(count).toBe(own.length);
    expect(amountMinor).toBe(own.reduce((sum, one) => sum + (one.kind === "refund" ? -1n : 1n) * one.amountMinor, 0n));
  }
});

it("statements and forecasts, a page at a time", async () => {
  const statements = await all((page) => pageStatements({ store }, page));
  expect(new Set(statements.map(({ importId }) => importId)).size).toBe(60);
  expect(
    statements.every((one, index) => index === 0 || one.importedAt <= (statements[index - 1]?.importedAt ?? 0)),
  ).toBe(true);
  expect(statements.every(({ lines }) => lines === 20)).toBe(true);
  expect((await pageStatements({ store }, { importId: 2 })).items).toMatchObject([
    { importId: 2, fileName: "import-1.csv" },
  ]);
  const forecasts = await all((page) => pageForecasts({ store }, page));
  expect(new Set(forecasts.map((one) => `${one.accountId} ${one.currency} ${one.afterSettlementId}`)).size).toBe(60);
});
