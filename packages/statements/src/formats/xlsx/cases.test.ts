import { readFileSync } from "node:fs";
import { readSheet } from "read-excel-file/node";
import { describe, expect, it } from "vitest";
import { digest } from "../../conformance/digest.ts";
import { type MadeCell, type MadeWorkbook, workbookOf } from "../../conformance/workbook.ts";

const HEADER: readonly MadeCell[] = ["Date", "Description", "Amount", "Currency"];
const OCTOBER_5 = { day: "46300" };

async function reading(
  made: Partial<MadeWorkbook> & { readonly rows?: readonly (readonly MadeCell[])[] },
  options = {},
) {
  const sheets = made.sheets ?? { Sheet1: [HEADER, ...(made.rows ?? [])] };
  return digest(await workbookOf({ ...made, sheets }), options);
}

it("zip-xlsx-like.xlsx is said to be a broken workbook", async () => {
  const bytes = readFileSync(new URL("../../fixtures/cases/zip-xlsx-like.xlsx", import.meta.url));
  const [code, message] = await digest(bytes);
  expect(code).toBe("file.damaged");
  expect(message).toMatch(/Excel workbook.*broken/);
});

it("days as serial numbers, numbers as spreadsheets keep them, texts of the common table", async () => {
  const rows = [
    [OCTOBER_5, "AMAZON PAYMENTS & CO", { number: "1250.0699999999999" }, "EUR"],
    [{ day: "46300.5" }, "three digits", { number: "1.25" }, "KWD"],
    [OCTOBER_5, "a sum", { number: "0.30000000000000004" }, "EUR"],
    [OCTOBER_5, "three decimals", { number: "-1.234" }, "KWD"],
    [OCTOBER_5, "yen", { number: "1.25007E5" }, "JPY"],
  ];
  expect(await reading({ rows })).toEqual([
    "xlsx - EUR - -",
    "2: 2026-10-05 1250.07 EUR [] AMAZON PAYMENTS & CO",
    "xlsx - KWD - -",
    "3: 2026-10-05 1.250 KWD [] three digits",
    "xlsx - EUR - -",
    "4: 2026-10-05 0.30 EUR [] a sum",
    "xlsx - KWD - -",
    "5: 2026-10-05 -1.234 KWD [] three decimals",
    "xlsx - JPY - -",
    "6: 2026-10-05 125007 JPY [] yen",
    "5 lines, 0 errors, 0 skipped",
  ]);
});

it("texts in cells, a workbook that counts days from 1904, a decimal comma beside numbers", async () => {
  const rows = [
    [{ day: "44838" }, "number", { number: "1250.07" }, "EUR"],
    [{ day: "44838" }, "text", "1.250,07", "EUR"],
  ];
  expect(await reading({ rows, from1904: true, inline: true }, { decimal: "," })).toEqual([
    "xlsx - EUR - -",
    "2: 2026-10-05 1250.07 EUR [] number",
    "3: 2026-10-05 1250.07 EUR [] text",
    "2 lines, 0 errors, 0 skipped",
  ]);
});

it("a cover sheet is left out; rows above the header and skipped lines are passed over", async () => {
  const sheets = {
    Cover: [["Example Bank"], ["Customer", "12"]],
    Entries: [["Account", "DE02120300000000202051"], [], HEADER, [OCTOBER_5, "X", { number: "-5" }, "EUR"]],
  };
  expect(await reading({ sheets })).toEqual([
    "xlsx DE02120300000000202051 EUR - -",
    "4: 2026-10-05 -5.00 EUR [] X",
    "1 lines, 0 errors, 0 skipped",
  ]);
  expect((await reading({ sheets }, { skipLines: 2 }))[1]).toContain("-5.00 EUR");
});

describe("what cannot be read", () => {
  it("a sheet without column names of a statement", async () => {
    const [code, message] = await reading({ sheets: { A: [["one", "two"]] } });
    expect(code).toBe("option.needed --map");
    expect(message).toMatch(/one/);
  });

  it("a day that is only a number, a text with two readings", async () => {
    const [code] = await reading({ rows: [[OCTOBER_5, "X", "1.000", "EUR"]] });
    expect(code).toBe("option.needed --decimal");
    const day = (await reading({ rows: [[{ number: "46300" }, "X", { number: "1" }, "EUR"]] })).join("\n");
    expect(day).toMatch(/line\.date|option\.needed/);
  });

  it.each<[string, Record<string, string | null>]>([
    ["no sheets", { "xl/workbook.xml": "<workbook/>" }],
    ["no workbook", { "xl/workbook.xml": null }],
    ["no sheet part", { "xl/worksheets/sheet1.xml": null }],
    ["a sheet that is cut off", { "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row r='1'><c r='A1'" }],
    ["a text that is not there", { "xl/sharedStrings.xml": "<sst/>" }],
    ["a document type", { "xl/sharedStrings.xml": '<!DOCTYPE sst [<!ENTITY a "b">]><sst/>' }],
    [
      "a row of no number",
      { "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row r='x'/></sheetData></worksheet>" },
    ],
    [
      "a column beyond the last",
      { "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row r='1'><c r='ZZZ1'/></row></sheetData></worksheet>" },
    ],
  ])("a broken workbook: %s", async (_what, parts) => {
    const [code, message] = await reading({ rows: [[OCTOBER_5, "X", { number: "1" }, "EUR"]], parts });
    expect(code).toBe("file.damaged");
    expect(message).toMatch(/broken/);
  });
});

it("an independent reader finds the same rows", async () => {
  const rows = Array.from({ length: 50 }, (_, at): readonly MadeCell[] => [
    { day: String(46_000 + at) },
    `text ${at} _ä_`,
    { number: String(at * 1.25) },
    "EUR",
  ]);
  const bytes = await workbookOf({ sheets: { S: [HEADER, ...rows] } });
  const sheet = await readSheet(bytes);
  const others = sheet.slice(1).map((row) => {
    const [day, text, amount] = row;
    return `${day instanceof Date ? day.toISOString().slice(0, 10) : ""} ${Number(amount).toFixed(2)} EUR [] ${String(text)}`;
  });
  const ours = (await digest(bytes)).slice(1, -1).map((line) => line.replace(/^\d+: /, ""));
  expect(ours).toEqual(others);
});
