import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSqliteStore } from "../../store/sqlite/open.ts";
import type { Store } from "../../store/store.ts";
import { recordFile } from "../../store/conformance/report-files.ts";
import { openTestAccount } from "../../store/conformance/setup.ts";
import { ExportError } from "../errors.ts";
import { exportBooks, type ExportOptions } from "../export-books.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "apay-row-texts-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const clock = manualClock(Date.UTC(2026, 0, 10));

async function textOf(store: Store, options: ExportOptions): Promise<string> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of exportBooks({ store, clock }, options)) pieces.push(piece);
  } catch (error) {
    // No row fits: that is said the same way by both.
    if (!(error instanceof ExportError) || error.code !== "export.nothing") throw error;
    return error.message;
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** Texts that are hard to keep: empty, with the parting character, like formulas, in other scripts. */
const text = fc.oneof(
  fc.constantFrom(
    "",
    "\u001f",
    "a\u001fb\u001f",
    "\u001e",
    "=1+1",
    "-5",
    "-5x",
    " a",
    "a ",
    'say "x"',
    "a,b",
    "a;b",
    "さくら",
    "x\ny",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const maybe = fc.option(text, { nil: null });
const money = fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n });
const row = fc.record({
  posted_at: fc.integer({ min: Date.UTC(1999, 0, 1) / 1000, max: Date.UTC(2100, 0, 1) / 1000 }).map((at) => at * 1000),
  settlement_id: text,
  type: text,
  transaction_id: maybe,
  reference_id: maybe,
  permission_id: maybe,
  order_id: maybe,
  store_name: maybe,
  currency: fc.constantFrom("USD", "EUR", "JPY"),
  description: maybe,
  amount_minor: money,
  percentage_fee_minor: money,
  fixed_fee_minor: money,
  total_fee_minor: money,
  net_minor: money,
  extra: fc.option(fc.constantFrom('{"NewColumn":"x"}', '{"a":"\\u001f"}'), { nil: null }),
});

it("are the same exports as row by row, whatever the cells hold", async () => {
  let books = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
      const store = await openSqliteStore(join(folder, `${(books += 1)}.sqlite`));
      await openTestAccount(store, "A1");
      const { fileId } = await recordFile(store, "A1", Buffer.from("rows"));
      for (const [line, values] of rows.entries()) {
        const place = { account_id: "A1", file_id: fileId, line: line + 1, ordinal: 0, type_key: "capture" };
        await store.db
          .insertInto("settlement_row")
          .values({ ...place, ...values })
          .execute();
      }
      const { texts, ...plain } = store;
      expect(texts).toBeDefined();
      for (const format of ["csv", "ndjson"]) {
        expect(await textOf(store, { format })).toBe(await textOf(plain, { format }));
        const scope = { format, currency: "EUR", from: Date.UTC(2026, 0, 1) };
        expect(await textOf(store, scope)).toBe(await textOf(plain, scope));
      }
      await store.close();
    }),
    { numRuns: 40 },
  );
});
