import { openPostgresStore, openSqliteStore, type ReportSource, reconcile, type Store } from "@amazon-pay-kit/ledger";
import { DISCREPANCY_KINDS } from "@amazon-pay-kit/sandbox";
import { integer, pick, seededRandom } from "@amazon-pay-kit/sdk/random";
import { describe, expect, it } from "vitest";
import { freshDatabase } from "../postgres/database.ts";
import { addBankStatement, addOrderBook, contextOf, fetchReports, reconcileHistory } from "./books.ts";
import { type History, writeHistory } from "./history.ts";

const kinds = DISCREPANCY_KINDS.filter(({ stage }) => stage !== "delivery").map(({ kind }) => kind);

/** A history with several things wrong in each shop. */
function troubled(seed: string): Promise<History> {
  const random = seededRandom(`troubled ${seed}`);
  const some = (): string[] => Array.from({ length: integer(random, 2, 4) }, () => pick(random, kinds));
  return writeHistory(
    seed,
    (["na", "eu", "jp"] as const).map((region) => ({ region, kinds: some() })),
  );
}

/** Only such reports as are about the time before a moment: what a sync at that moment could have seen. */
function before(source: ReportSource, until: number): ReportSource {
  return {
    ...source,
    async *list(window, signal) {
      for await (const page of source.list(window, signal)) {
        yield page.filter((report) => (report.windowEnd ?? 0) <= until);
      }
    },
  };
}

/**
 * Keeps the books day by day, in an order that no plan would choose: records of the shop before and after the settlements
 * that pay them, the bank statement in the middle, a run after each.
 */
async function inParts(history: History, store: Store, order: "early" | "late"): Promise<string> {
  const context = contextOf(history, store);
  const [first] = history.shops;
  const { from, to } = first?.trade ?? { from: 0, to: 0 };
  const begin = from - 7 * 86_400_000;
  const parts = [0.2, 0.45, 0.7, 1].map((share) => begin + (to - begin) * share);
  // A sync that brings nothing makes the accounts known.
  await fetchReports(history, context, (source) => before(source, 0));
  for (const [index, until] of parts.entries()) {
    const reports = async (): Promise<void> => {
      // Each looks at the whole time again: the clock stands at its end all along.
      await store.db.deleteFrom("sync_mark").execute();
      await fetchReports(history, context, (source) => before(source, until));
    };
    const records = async (): Promise<void> => {
      for (const shop of history.shops) await addOrderBook(context, shop, until);
    };
    const deeds = order === "early" ? [records, reports] : [reports, records];
    for (const deed of deeds) {
      await deed();
      await reconcile(context);
    }
    if (index !== 1) continue;
    for (const shop of history.shops) await addBankStatement(context, shop);
    await reconcile(context);
  }
  await store.db.deleteFrom("sync_mark").execute();
  await fetchReports(history, context);
  for (const shop of history.shops) await addOrderBook(context, shop);
  return JSON.stringify(await reconcile(context));
}

describe("books that are kept in parts", () => {
  it.each(["parts 1", "parts 2", "parts 3", "parts 4"])(
    "give the verdicts of books that are kept at once: %s",
    async (seed) => {
      const history = await troubled(seed);
      const stores: Store[] = [];
      const fresh = async (): Promise<Store> => {
        const store =
          seed === "parts 1" && stores.length === 2
            ? await openPostgresStore(await freshDatabase())
            : await openSqliteStore(":memory:");
        stores.push(store);
        return store;
      };
      try {
        const whole = await fresh();
        const wanted = JSON.stringify(await reconcileHistory(history, contextOf(history, whole)));
        expect(JSON.parse(wanted)).toMatchObject({ exceptions: expect.arrayContaining([expect.anything()]) });
        for (const order of ["early", "late"] as const) {
          const store = await fresh();
          const found = await inParts(history, store, order);
          expect(JSON.parse(found)).toEqual(JSON.parse(wanted));
          expect(found).toBe(wanted);
          expect(JSON.stringify(await reconcile(contextOf(history, store), { full: true }))).toBe(wanted);
        }
      } finally {
        for (const store of stores) await store.close();
        await history.sandbox.close();
      }
    },
    600_000,
  );
});
