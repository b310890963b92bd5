import type { Store } from "@amazon-pay-kit/ledger";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDashboardApp } from "../server/app.tsx";
import { emptyStore } from "../testing/empty-store.ts";

const NOW = Date.UTC(2026, 0, 31);
let store: Store;
beforeAll(async () => {
  store = await emptyStore("us", NOW);
  const { import_id } = await store.db
    .insertInto("import")
    .values({
      account_id: "us",
      what: "bank",
      content_hash: "ab".repeat(32),
      file_name: "bank.csv",
      imported_at: NOW,
      row_count: 1,
    })
    .returning("import_id")
    .executeTakeFirstOrThrow();
  await store.db
    .insertInto("bank_line")
    .values({
      account_id: "us",
      import_id,
      line: 12,
      bank_account: null,
      booked_at: Date.UTC(2026, 0, 20),
      amount_minor: 104335n,
      currency: "USD",
      reference: null,
      counterparty: null,
      text: "<b>SOMEONE</b> else",
    })
    .execute();
});
afterAll(() => store.close());

const get = async (query: string): Promise<string> => {
  const app = createDashboardApp({
    views: { store },
    books: {
      fileLines: () => Promise.reject(new Error("unused")),
      explain: () => Promise.resolve(),
      reopen: () => Promise.resolve(),
    },
    access: { isHost: () => true, localUser: "me" },
    secret: "s",
    now: () => NOW,
  });
  return (await app.request(`http://127.0.0.1:8581/explain?q=${encodeURIComponent(query)}`)).text();
};

it("leads from an amount in any spelling, and from words of the bank, to the deposit and its line", async () => {
  for (const query of ["1043.35", "1,043.35", "1.043,35", "someone"]) {
    const page = await get(query);
    expect(page, query).toContain("bank.csv, line 12");
    expect(page, query).toContain("&lt;b&gt;SOMEONE&lt;/b&gt; else");
    expect(page, query).toContain("Belongs to no payout from Amazon Pay.");
    expect(page, query).toContain("on 20 Jan 2026");
  }
  expect(await get("1.043,35")).toContain("1.043,35 was read as 1043.35.");
});

it("says what it looked through where the books have nothing, with the nearest amounts, and asks where nothing is asked", async () => {
  expect(await get("no such thing")).toContain("The books have nothing with this number or amount.");
  expect(await get("1043.36")).toMatch(/The nearest amounts are:.*1,043\.35/s);
  expect(await get("  ")).toContain("What do you want to know?");
});
