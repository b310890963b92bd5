import { Buffer } from "node:buffer";
import { readCsv } from "@amazon-pay-kit/reports/csv";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isBlankRow, openTable } from "./index.ts";

const SEPARATORS = [",", ";", "\t", "|"] as const;

/** Cells with everything that has to be quoted, and no formula that a spreadsheet writes around a text. */
const cell = fc
  .array(fc.constantFrom("a", "ü", "振", "1", " ", '"', ",", ";", "\t", "|", "\n", "\r\n"), { maxLength: 6 })
  .map((parts) => parts.join(""))
  // A quote at the beginning and a line end behind it is how a quote that is not closed looks, and refused.
  .filter((text) => !(text.startsWith('"') && /[\r\n]/.test(text)));

const table = fc.record({
  separator: fc.constantFrom(...SEPARATORS),
  end: fc.constantFrom("\n", "\r\n"),
  rows: fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
  size: fc.integer({ min: 1, max: 40 }),
});

const written = (text: string): string => `"${text.replaceAll('"', '""')}"`;

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

it("finds the rows, cells and lines that the strict reader of reports finds", async () => {
  await fc.assert(
    fc.asyncProperty(table, async ({ separator, end, rows, size }) => {
      const text = rows.map((row) => row.map(written).join(separator)).join(end);
      const bytes = Buffer.from(`${text}${end}`);
      const strict: unknown[] = [];
      for await (const { line, cells } of readCsv(bytes, { separator }))
        if (cells.some((one) => one.trim() !== "")) strict.push([line, cells]);
      const found: unknown[] = [];
      for await (const row of (await openTable(pieces(bytes, size), { separator })).rows({ separator }))
        if (!isBlankRow(row)) found.push([row.line, row.cells]);
      expect(found).toEqual(strict);
    }),
    { numRuns: 300 },
  );
});
