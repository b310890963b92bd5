import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellsOf, writtenBytes, writtenRows, type WrittenRows } from "../conformance/arbitrary-rows.ts";
import { collect, latin1, valuesOf } from "../conformance/collect.ts";
import { assertOrSave } from "../conformance/corpus.ts";
import { plainValues } from "../conformance/plain-values.ts";
import { expectSameReading } from "../conformance/equal-results.ts";
import { rowText, settlementText } from "../conformance/settlement-text.ts";
import type { CellValue } from "../layouts/layout.ts";
import { readReportBatches } from "./read-batches.ts";

/** `FUZZ_RUNS=200000 npx vitest run packages/reports/src/reader/fast-equals` for a long hunt. */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? "1500");

/** By line: the values that the second implementation finds, or `null` where it refuses the row. */
function plainRows({ columns, rows }: WrittenRows): Map<number, Readonly<Record<string, CellValue>> | null> {
  return new Map(
    rows.map((row, index) => {
      const cells = cellsOf(row);
      const whole = cells.length === columns.length || (cells.length === columns.length + 1 && cells.at(-1) === "");
      return [index + 2, whole ? plainValues(columns, cells.slice(0, columns.length)) : null];
    }),
  );
}

/** Identifiers that do not begin as those of the generated files do. */
function suspectIds({ columns, rows }: WrittenRows): string[] {
  const ids = rows.flatMap((row) => cellsOf(row).filter((_, place) => columns[place]?.id !== undefined));
  return ids.filter((id) => /^[ \t]*(?:['=#]|[+-]?\d+[.,E])/i.test(id));
}

const TIME = "2026-01-01T10:00:00 -0800";

/** A damaged time that once was read as another time, and the row before it that a reader may remember. */
const DAMAGED_TIMES: readonly [what: string, before: string | null, time: string][] = [
  ["NULs for the day in the first row", null, "\0\0\0\0-\0\0-\0\0T07:06:47 -0700"],
  ["NULs for the offset in the first row", null, "2015-10-01T07:06:47 +\0\0\0\0"],
  ["0xFF for the offset in the first row", null, "2015-10-01T07:06:47 -\u00ff\u00ff\u00ff\u00ff"],
  ["the bits of the last offset turned round", TIME, "2026-01-01T10:00:00 +\u00cf\u00c7\u00cf\u00cf"],
  [
    "the bits of the last offset turned round, the other way",
    "2026-01-01T10:00:00 +0800",
    "2026-01-01T10:00:00 -\u00cf\u00c7\u00cf\u00cf",
  ],
  ["a no-break space of Latin-1 before the offset", TIME, "2026-01-01T10:00:00\u00a0-0800"],
  ["a carriage return before the offset", TIME, "2026-01-01T10:00:00\r -0800"],
  ["a tab before the offset", TIME, "2026-01-01T10:00:00\t-0800"],
  ["no sign before the offset", TIME, "2026-01-01T10:00:00 00800"],
];

describe("the fast reading", { timeout: 900_000 }, () => {
  it.each(DAMAGED_TIMES)("refuses %s", async (_, before, time) => {
    const rows = [before === null ? [] : [rowText({ TransactionPostedDate: before })]].flat();
    const bytes = latin1(settlementText([...rows, rowText({ TransactionPostedDate: time })]));
    const report = await collect(readReportBatches(bytes));
    expect(report.errors).toHaveLength(1);
    expect(report.rows).toHaveLength(rows.length);
    await expectSameReading(bytes, [100_000]);
  });

  it("does not find a remembered text with a comma in two cells without quotes", async () => {
    const bare = rowText({ StoreName: "Court and Cherry, Inc." }).replaceAll('"', "");
    const bytes = latin1(settlementText([rowText({ StoreName: "Court and Cherry, Inc." }), bare]));
    const report = await collect(readReportBatches(bytes));
    expect(report.errors.map((error) => error.code)).toEqual(["row.cell-count"]);
    expect(valuesOf(report, "storeName")).toEqual(["Court and Cherry, Inc."]);
    await expectSameReading(bytes, [100_000]);
  });

  it("is the careful one, and both are the second implementation, whatever was read before", async () => {
    let accepted = 0;
    let refused = 0;
    await assertOrSave(
      fc.record({
        written: writtenRows,
        cuts: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 }),
        strict: fc.boolean(),
      }),
      ({ written }) => writtenBytes(written),
      async ({ written, cuts, strict }) => {
        const bytes = writtenBytes(written);
        if (strict) await expectSameReading(bytes, cuts, { strict, personalData: "mask" });
        const outcome = await expectSameReading(bytes, cuts);
        if (!("rows" in outcome)) {
          expect(outcome.code).toBe("file.changed-by-spreadsheet");
          expect(suspectIds(written)).not.toEqual([]);
          return;
        }
        const found = new Map<number, Readonly<Record<string, CellValue>> | null>(
          outcome.errors.map((error) => [error.line, null]),
        );
        const { columns } = outcome.header;
        for (const [index, row] of outcome.rows.entries()) {
          const values = columns.map((column, slot) => [column.key, row[slot] ?? null] as const);
          found.set(outcome.lines[index] ?? 0, Object.fromEntries(values));
        }
        expect(found).toEqual(plainRows(written));
        accepted += outcome.rows.length;
        refused += outcome.errors.length;
      },
      RUNS,
    );
    // Rows that are all refused, or all accepted, would compare nothing.
    expect(Math.min(accepted, refused)).toBeGreaterThan(RUNS / 4);
  });
});
