import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellTexts } from "../conformance/arbitrary-report.ts";
import { inPieces, latin1 } from "../conformance/collect.ts";
import type { ReportSource } from "../source/report-source.ts";
import { readCsv, type CsvRecord, type ReadCsvOptions } from "./read.ts";
import { csvLine } from "./write.ts";

async function recordsOf(source: ReportSource, options?: ReadCsvOptions): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const record of readCsv(source, options)) records.push(record);
  return records;
}

/** What csv-parse makes of the same bytes, or `null` where it finds them wrong. */
function oracle(text: string, separator: string): string[][] | null {
  try {
    return parse(text, {
      delimiter: separator,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch {
    return null;
  }
}

/** Texts of the bytes that decide, in every order. */
const tellingTexts = fc.string({ maxLength: 24, unit: fc.constantFrom('"', '"', ",", "\n", "\r", "a", "b", "é") });

const sameRecords = async (text: string, separator: string, cuts: readonly number[]): Promise<void> => {
  const records = await recordsOf(inPieces(Buffer.from(text), ...cuts), { separator });
  const expected = oracle(text, separator);
  if (expected === null) expect(records.some((record) => record.problem !== null)).toBe(true);
  else if (records.every((record) => record.problem === null))
    expect(records.map((record) => record.cells)).toEqual(expected);
  else expect(text).toMatch(/"/);
};

describe("readCsv", () => {
  it("agrees with csv-parse on texts made of nothing but the characters that decide", async () => {
    await fc.assert(
      fc.asyncProperty(
        tellingTexts,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
        async (text, cuts) => {
          await sameRecords(text, ",", cuts);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("agrees with csv-parse on well-formed files, however they are written and cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.oneof(cellTexts, fc.constant("")), { minLength: 2, maxLength: 5 }), { maxLength: 6 }),
        fc.constantFrom<"all" | "minimal">("all", "minimal"),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.constantFrom(",", ";", "\t"),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 }),
        async (rows, quoting, lineEnd, separator, cuts) => {
          const text = rows.map((cells) => csvLine(cells, { quoting, lineEnd, separator })).join("");
          const records = await recordsOf(inPieces(Buffer.from(text), ...cuts), { separator });
          expect(records.map((record) => record.cells)).toEqual(rows);
          expect(oracle(text, separator)).toEqual(rows);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("gives each damaged line a record of its own and goes on", async () => {
    const text = 'a,b\n"c"x,d\ne"f,g\n\u00ff,h\n\n"i\nj",k\n"open,l\nm,n';
    expect(await recordsOf(latin1(text))).toEqual([
      { line: 1, offset: 0, cells: ["a", "b"], problem: null },
      { line: 2, offset: 4, cells: [], problem: "quote" },
      { line: 3, offset: 11, cells: [], problem: "quote" },
      { line: 4, offset: 17, cells: [], problem: "encoding" },
      { line: 6, offset: 22, cells: ["i\nj", "k"], problem: null },
      { line: 8, offset: 30, cells: [], problem: "unterminated-quote" },
      { line: 9, offset: 38, cells: ["m", "n"], problem: null },
    ]);
  });

  it("passes over a line that is too long, whatever the pieces", async () => {
    const text = `a,b\r\n${"x".repeat(200_000)}\r\nc,d\r\n`;
    for (const size of [1000, 65_536, 70_001, 300_000]) {
      expect(await recordsOf(inPieces(latin1(text), size), { rowBytes: 5000 })).toEqual([
        { line: 1, offset: 0, cells: ["a", "b"], problem: null },
        { line: 2, offset: 5, cells: [], problem: "too-long" },
        { line: 3, offset: 200_007, cells: ["c", "d"], problem: null },
      ]);
    }
  });

  it("passes over a byte order mark and blank lines, and reads nothing from nothing", async () => {
    expect(await recordsOf(latin1("\u00ef\u00bb\u00bfa;b\r\r\n\nc;d"), { separator: ";" })).toMatchObject([
      { line: 1, offset: 3, cells: ["a", "b"] },
      { line: 4, cells: ["c", "d"] },
    ]);
    expect(await recordsOf(new Uint8Array())).toEqual([]);
  });
});

describe("csvLine", () => {
  it("quotes what would not read back, and everything on request", () => {
    expect(csvLine(["a", 'b"c', "d,e", "f\ng", " h", ""])).toBe('a,"b""c","d,e","f\ng"," h",\n');
    expect(csvLine(["a", ""], { quoting: "all", separator: ";", lineEnd: "\r\n" })).toBe('"a";""\r\n');
    expect(csvLine([""])).toBe('""\n');
  });
});
