/** Regression: a type or currency that is rare was looked for among all rows of the books. */
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sumFees } from "../store/rows/fee-sums.ts";
import { openTestAccount } from "../store/conformance/setup.ts";
import { recordFile } from "../store/conformance/report-files.ts";
import { openSqliteStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import { searchRows, sumRows } from "./index.ts";

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

let store: Store;
beforeEach(async () => {
  store = await openSqliteStore(":memory:");
  await openTestAccount(store, "A1");
});
afterEach(() => store.close());

const row = fc.record({
  file: fc.integer({ min: 0, max: 3 }),
  posted: fc.integer({ min: 0, max: 6 * 24 }).map((hours) => START + hours * 3_600_000),
  typeKey: fc.constantFrom("capture", "capture", "capture", "refund", "transfer"),
  currency: fc.constantFrom("USD", "USD", "EUR"),
  net: fc.bigInt({ min: -999n, max: 999n }),
});

it("finds page by page what a look at every row finds, and adds it up, whatever the filter and the period", async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 40 }),
      fc.constantFrom("refund", "transfer", "chargeback", undefined),
      fc.constantFrom("EUR", "JPY", undefined),
      fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 20 }),
      async (rows, typeKey, currency, hours, limit, newest) => {
        round += 1;
        await store.db.deleteFrom("settlement_row").execute();
        await store.db.deleteFrom("fee_sum").execute();
        const files: number[] = [];
        for (const name of [0, 1, 2, 3]) {
          files.push((await recordFile(store, "A1", Buffer.from(`file ${name} of ${round}`))).fileId);
        }
        await store.db
          .insertInto("settlement_row")
          .values(
            rows.map(({ file, posted, typeKey: key, currency: code, net }, at) => ({
              account_id: "A1",
              file_id: files[file] ?? 0,
              line: at + 1,
              ordinal: 0,
              settlement_id: `5${file}`,
              posted_at: posted,
              type: key,
              type_key: key,
              transaction_id: null,
              reference_id: null,
              permission_id: null,
              order_id: null,
              store_name: null,
              currency: code,
              description: null,
              amount_minor: net,
              percentage_fee_minor: 0n,
              fixed_fee_minor: 0n,
              total_fee_minor: net / 2n,
              net_minor: net,
              extra: null,
            })),
          )
          .execute();
        await sumFees(store.db, "A1", files);
        const from = hours === undefined ? undefined : START + hours * 3_600_000;
        const until = from === undefined ? undefined : from + 2 * DAY;
        const filter = { typeKey, currency, from, until };
        const wanted = rows
          .map((one, at) => ({ ...one, line: at + 1, fileId: files[one.file] ?? 0 }))
          .filter(
            (one) =>
              (typeKey === undefined || one.typeKey === typeKey) &&
              (currency === undefined || one.currency === currency) &&
              (from === undefined || one.posted >= from) &&
              (until === undefined || one.posted < until),
          )
          .sort((left, right) => right.posted - left.posted || right.fileId - left.fileId || right.line - left.line);
        const found: number[] = [];
        for (let cursor: string | undefined; ;) {
          const page = await searchRows({ store }, { ...filter, cursor, limit }, newest);
          found.push(...page.items.map(({ line }) => line));
          if (page.next === null) break;
          cursor = page.next;
        }
        expect(found).toEqual(wanted.map(({ line }) => line));
        const sums = (await sumRows({ store }, filter)) ?? [];
        for (const code of ["EUR", "USD"]) {
          const own = wanted.filter((one) => one.currency === code);
          const sum = sums.find((one) => one.currency === code);
          expect(sum?.rows ?? 0).toBe(own.length);
          expect(sum?.netMinor ?? 0n).toBe(own.reduce((total, { net }) => total + net, 0n));
          expect(sum?.feeMinor ?? 0n).toBe(own.reduce((total, { net }) => total + net / 2n, 0n));
        }
      },
    ),
    { numRuns: 150 },
  );
});
