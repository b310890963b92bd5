import { afterEach, describe, expect } from "vitest";
import { filesWithOtherSums } from "../rows/fee-sums.ts";
import type { Store } from "../store.ts";
import { emptyLists } from "./empty-lists.ts";
import { exactness } from "./exactness.ts";
import { fileGroups } from "./file-groups.ts";
import { loading } from "./loading.ts";
import { longLists } from "./long-lists.ts";
import type { StoreUnderTest } from "./setup.ts";
import { transactions } from "./transactions.ts";
import { versions } from "./versions.ts";

/** What every store must do, with the same results. */
export function storeConformance(name: string, openEmpty: StoreUnderTest): void {
  const opened: Store[] = [];
  const open: StoreUnderTest = async () => {
    const store = await openEmpty();
    opened.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of opened.splice(0)) {
      // Whatever has happened to rows, the sums that are kept of them are theirs.
      expect(await filesWithOtherSums(store.db)).toEqual([]);
      await store.close();
    }
  });
  describe(`${name} store: exact integers`, () => exactness(open));
  describe(`${name} store: empty lists`, () => emptyLists(open));
  describe(`${name} store: long lists`, () => longLists(open));
  describe(`${name} store: transactions`, () => transactions(open));
  describe(`${name} store: loading`, () => loading(open));
  describe(`${name} store: versions of a settlement`, () => versions(open));
  describe(`${name} store: files that wait together`, () => fileGroups(open));
}
