import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reports, settlements, type SampleReport } from "../conformance/arbitrary-report.ts";
import { assertOrSave, corpus, outcomeLines } from "../conformance/corpus.ts";
import { damaged, damages, type Damage } from "../conformance/damage.ts";
import { expectSameReading } from "../conformance/equal-results.ts";
import type { CellValue } from "../layouts/layout.ts";
import type { WriteReportOptions } from "../writer/options.ts";
import { writeReportSync } from "../writer/write-report.ts";

const cuts = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 });

interface DamagedReport {
  readonly report: SampleReport;
  readonly damages: readonly Damage[];
  readonly cuts: readonly number[];
}

function damagedBytes({ report, damages }: DamagedReport): Uint8Array {
  const { bytes } = writeReportSync(report.kind, report.header, report.rows, report.options);
  return damages.reduce<Uint8Array>(damaged, bytes);
}

interface DamagedRow {
  readonly report: SampleReport;
  readonly row: number;
  readonly damages: readonly Damage[];
}

/** The report with damage inside of one row, and not beyond. */
function withDamagedRow({
  report,
  row,
  damages,
}: DamagedRow): { bytes: Buffer; others: unknown[]; index: number } | null {
  const { kind, header } = report;
  // Without quotes around every cell a row that was cut may honestly go on in the next line.
  const options: WriteReportOptions = { ...report.options, quoting: "all" };
  const rows = report.rows.map((row) => ({
    values: { ...row.values, sellerReferenceId: "ROW" },
    ...(row.extra ? { extra: row.extra } : {}),
  }));
  if (rows.length === 0) return null;
  const index = row % rows.length;
  const { bytes, lines } = writeReportSync(kind, header, rows, options);
  const starts = lineStarts(bytes);
  const from = starts[(lines[index] ?? 1) - 1] ?? 0;
  const to = index + 1 < rows.length ? (starts[(lines[index + 1] ?? 1) - 1] ?? bytes.length) : bytes.length;
  const lineEnd = { lf: 1, crlf: 2, cr: 1 }[options.lineEnd ?? "lf"];
  const until = index + 1 < rows.length || options.finalLineEnd !== false ? to - lineEnd : to;
  const inside = damages.reduce<Uint8Array>(damaged, bytes.subarray(from, until));
  const whole = Buffer.concat([bytes.subarray(0, from), inside, bytes.subarray(until)]);
  return { bytes: whole, others: rows.filter((_, place) => place !== index).map((other) => other.values), index };
}

function lineStarts(bytes: Uint8Array): number[] {
  const starts = [0];
  const text = Buffer.from(bytes).toString("latin1");
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

describe("damaged files", () => {
  it("are read the same way carefully, fast and in any pieces, with each line accounted for", async () => {
    await assertOrSave(
      fc.record({ report: reports, damages, cuts, rowBytes: fc.constantFrom(64, 300, 1_000_000) }),
      damagedBytes,
      async (value) => {
        await expectSameReading(damagedBytes(value), value.cuts, { limits: { rowBytes: value.rowBytes } });
      },
      400,
    );
  });

  it("lose no row but the damaged one", async () => {
    await assertOrSave(
      fc.record({
        report: settlements,
        row: fc.nat({ max: 7 }),
        damages: damages.map((list) => list.filter(({ kind }) => kind !== "repeat")),
      }),
      (value) => withDamagedRow(value)?.bytes ?? new Uint8Array(),
      async (value) => {
        const sample = withDamagedRow(value);
        if (sample === null) return;
        const outcome = await expectSameReading(sample.bytes, [64]);
        if (!("rows" in outcome)) throw new Error(`the whole file is refused: ${outcome.message}`);
        const { columns } = outcome.header;
        const read = outcome.rows.map((row) =>
          Object.fromEntries(
            columns.flatMap((column, slot): [string, CellValue][] =>
              column.known ? [[column.key, row[slot] ?? null]] : [],
            ),
          ),
        );
        const before = sample.others.slice(0, sample.index);
        const after = sample.others.slice(sample.index);
        expect(read.slice(0, before.length)).toEqual(before);
        expect(after.length === 0 ? [] : read.slice(-after.length)).toEqual(after);
      },
      400,
    );
  });

  it.each(corpus())("$name is read as it was read before, however it is cut", async ({ bytes, expected }) => {
    for (const cuts of [[1], [7, 64, 3], [100_000]]) {
      await expectSameReading(bytes, cuts);
      await expectSameReading(bytes, cuts, { strict: true, personalData: "mask" });
      await expectSameReading(bytes, cuts, { limits: { rowBytes: 500 } });
      await expectSameReading(bytes, cuts, { limits: { rowBytes: 64 } });
    }
    await expect(await outcomeLines(bytes)).toMatchFileSnapshot(expected);
  });
});
