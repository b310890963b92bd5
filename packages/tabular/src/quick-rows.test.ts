import fc from "fast-check";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { rowBatches } from "./rows.ts";

const SEPARATORS = [",", ";", "\t", "|"] as const;

/** Text in which every sign that divides anything is frequent, and stands where it should not be. */
const text = fc
  .array(fc.constantFrom("a", "ü振", "1.00", " ", '"', '""', '"a"', ",", ";", "\t", "|", "\n", "\r\n", "\r", '="1"'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(""));

/** As a program writes it: quotes where they belong. */
const written = fc
  .array(fc.array(fc.constantFrom("a", "b c", '"q"', "x\ny", "", "1,2", "\r", "ü"), { minLength: 1, maxLength: 4 }), {
    maxLength: 12,
  })
  .map((rows) =>
    rows.map((cells) =>
      cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(","),
    ),
  );

/** Every row by the parser that is ready for anything. */
function careful(whole: string, separator: string): readonly (readonly string[])[] {
  return parse(whole, {
    delimiter: separator,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_quotes: true,
    relax_column_count: true,
    skip_records_with_error: true,
  }) as unknown as string[][];
}

const LINE_END = /\r\n|\n|\r/g;
const FORMULA_TEXT = /^="([^"]*)"$/;

async function* pieces(whole: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < whole.length; at += size) yield whole.slice(at, at + size);
}

async function fast(whole: string, separator: string, size: number) {
  const rows = [];
  for await (const batch of rowBatches(pieces(whole, size), separator, 1)) rows.push(...batch);
  return rows;
}

async function compare(whole: string, separator: string, size: number): Promise<void> {
  const rows = (await fast(whole, separator, size)).filter(({ problem }) => problem !== "unterminated-quote");
  let line = 1;
  const expected = careful(whole, separator).map((cells) => {
    const at = line;
    line += 1 + cells.reduce((sum, cell) => sum + (cell.match(LINE_END)?.length ?? 0), 0);
    return [at, cells.map((cell) => FORMULA_TEXT.exec(cell)?.[1] ?? cell)];
  });
  expect(rows.map((row) => [row.line, row.cells])).toEqual(expected);
}

it("divides any text as the careful parser does, however it is cut into pieces", async () => {
  await fc.assert(fc.asyncProperty(text, fc.constantFrom(...SEPARATORS), fc.integer({ min: 1, max: 30 }), compare), {
    numRuns: 3000,
  });
});

it("keeps its place over rows of every kind that follow one another", async () => {
  await fc.assert(
    fc.asyncProperty(
      written,
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.boolean(),
      fc.integer({ min: 1, max: 60 }),
      async (rows, end, ended, size) => compare(rows.join(end) + (ended ? end : ""), ",", size),
    ),
    { numRuns: 1500 },
  );
});
