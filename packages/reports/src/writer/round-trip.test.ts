import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collect, inPieces } from "../conformance/collect.ts";
import { reports } from "../conformance/arbitrary-report.ts";
import type { RowEvent } from "../events.ts";
import { readReportBatches } from "../reader/read-batches.ts";
import { readReport } from "../reader/read-report.ts";
import { writeReport, writeReportSync } from "./write-report.ts";

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts);
}

describe("what is written", () => {
  it("reads back identically, in every variant and however the bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        reports,
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
        async (report, cuts) => {
          const { kind, header, rows, options } = report;
          const written = writeReportSync(kind, header, rows, options);
          const read: RowEvent[] = [];
          for await (const event of readReport(inPieces(written.bytes, ...cuts))) {
            if (event.type === "header") expect(event).toMatchObject({ report: kind, ...header });
            if (event.type === "row") read.push(event);
            expect(event.type).not.toBe("error");
          }
          expect(read.map(({ values, extra }) => (extra === undefined ? { values } : { values, extra }))).toEqual(rows);
          expect(read.map((row) => row.line)).toEqual(written.lines);
          expect(await bytesOf(writeReport(kind, header, rows, options))).toEqual(written.bytes);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is the same bytes again when what was read is written in the same variant", async () => {
    await fc.assert(
      fc.asyncProperty(reports, async ({ kind, header, rows, options }) => {
        const { bytes } = writeReportSync(kind, header, rows, options);
        const read: RowEvent[] = [];
        for await (const event of readReport(bytes)) if (event.type === "row") read.push(event);
        expect(Buffer.compare(writeReportSync(kind, header, read, options).bytes, bytes)).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it("adds up to the same totals", async () => {
    await fc.assert(
      fc.asyncProperty(reports, async ({ kind, header, rows, options }) => {
        const { summary, header: read } = await collect(
          readReportBatches(writeReportSync(kind, header, rows, options).bytes),
        );
        const totals: Record<string, Record<string, bigint>> = {};
        const added = read.columns.filter((column) => column.currency !== undefined && column.known);
        for (const { values } of rows) {
          for (const { key, currency = "" } of added) {
            const minor = values[key];
            const code = values[currency];
            if (typeof minor === "bigint" && typeof code === "string") {
              const sums = (totals[code] ??= {});
              sums[key] = (sums[key] ?? 0n) + minor;
            }
          }
        }
        for (const [currency, sums] of Object.entries(summary.totals)) {
          for (const [key, sum] of Object.entries(sums))
            expect([currency, key, sum]).toEqual([currency, key, totals[currency]?.[key] ?? 0n]);
        }
        expect(summary.rows).toBe(rows.length);
      }),
      { numRuns: 100 },
    );
  });
});
