import { describe, expect, it } from "vitest";
import { collect, latin1, valuesOf, type ReadReport } from "../conformance/collect.ts";
import { expectSameReading } from "../conformance/equal-results.ts";
import { rowText, settlementText } from "../conformance/settlement-text.ts";
import type { ReadReportOptions } from "../options.ts";
import { UnusableReportError } from "../unusable-report-error.ts";
import { readReportBatches } from "./read-batches.ts";

async function read(rows: readonly string[], options: ReadReportOptions = {}): Promise<ReadReport> {
  const bytes = latin1(settlementText(rows));
  await expectSameReading(bytes, [7, 100], options);
  return collect(readReportBatches(bytes, options));
}

describe("a report that a spreadsheet has saved", () => {
  it.each([
    ["SettlementId", "1.23457E+10"],
    ["SettlementId", "1,23457E+10"],
    ["SettlementId", " 1.23457E+10 "],
    ["SettlementId", "1.23456789012346E+010"],
    ["SettlementId", "'12345678901"],
    ["SettlementId", '=""12345678901""'],
    ["SettlementId", "12345678901.0"],
    ["SettlementId", "12345678901,00"],
    ["SettlementId", "12,345,678,901"],
    ["SettlementId", "########"],
    ["AmazonTransactionId", "#NAME?"],
    ["SellerReferenceId", "8.03228E+18"],
    ["SellerReferenceId", "8e+18"],
    ["SellerOrderId", "'8032276654432210046"],
  ])("is refused where %s is %s", async (column, text) => {
    const rows = [rowText(), rowText({ [column]: text })];
    const error = await read(rows).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnusableReportError);
    expect(error).toMatchObject({ code: "file.changed-by-spreadsheet", line: 8 });
    expect((error as Error).message).toContain(column);
  });

  it("does not suspect references that only look a little like it", async () => {
    const references = [
      "1E",
      "E+10",
      "8032276654432210046",
      "2026-10-05",
      "1.000",
      "#1001",
      "12.50",
      "O'Neil",
      "10E5X",
    ];
    const report = await read(references.map((SellerReferenceId) => rowText({ SellerReferenceId })));
    expect(report.errors).toEqual([]);
    expect(valuesOf(report, "sellerReferenceId")).toEqual(references);
  });
});

describe("letters in another encoding", () => {
  const SHOP = "\u008a\u0094\u008e\u00ae"; // "株式" in Shift_JIS
  const rows = [
    rowText({ StoreName: `${SHOP} Shop` }),
    rowText({ StoreName: SHOP, SellerOrderId: "Best\u00e4t" }),
    rowText(),
  ];

  it("do not cost a row its amount: their bytes are shown, and each column is noticed once", async () => {
    const report = await read(rows);
    expect(report.summary).toMatchObject({ rows: 3, errors: 0, totals: { USD: { transactionAmount: 3000n } } });
    expect(valuesOf(report, "storeName").slice(0, 2)).toEqual(["\\x8a\\x94\\x8e\\xae Shop", "\\x8a\\x94\\x8e\\xae"]);
    expect(valuesOf(report, "sellerOrderId")[1]).toBe("Best\\xe4t");
    expect(report.notices.map(({ code, column, line }) => [code, column, line])).toEqual([
      ["text.encoding", "StoreName", 7],
      ["text.encoding", "SellerOrderId", 8],
    ]);
    expect(report.notices[0]?.message).toContain("--encoding");
  });

  it.each([
    ["shift_jis", "株式"],
    ["cp932", "株式"],
    ["Windows-31J", "株式"],
  ])("are read where the encoding is named: %s", async (encoding, text) => {
    const report = await read([rows[0] ?? "", rowText()], { encoding });
    expect(report.errors).toEqual([]);
    expect(report.notices).toEqual([]);
    expect(valuesOf(report, "storeName")[0]).toBe(`${text} Shop`);
  });

  it("are those of Windows-1252 and not of Latin-1", async () => {
    const report = await read([rowText({ StoreName: "Caf\u00e9 \u0080 \u008a \u0099" })], { encoding: "windows-1252" });
    expect(valuesOf(report, "storeName")).toEqual(["Café € Š ™"]);
  });

  it("cost the row where they stand in an identifier of Amazon, in a word or in a required text", async () => {
    const columns = ["AmazonTransactionId", "SettlementId", "TransactionType"];
    const report = await read(columns.map((column) => rowText({ [column]: "Caf\u00e9" })));
    expect(report.errors.map(({ code }) => code)).toEqual(columns.map(() => "cell.encoding"));
  });

  it.each([["utf-16le"], ["iso-2022-jp"], ["nonsense"]])("%s is no encoding of a report", (encoding) => {
    expect(() => readReportBatches(latin1(""), { encoding })).toThrow(/^encoding: /);
  });
});

describe("cells padded with blanks", () => {
  it("are what stands between the blanks, for all but free text", async () => {
    const padded = rowText({
      TransactionPostedDate: " 2026-01-01T10:00:00 -0800 ",
      SettlementId: " 5984862222",
      AmazonTransactionId: "P01-0000001-0000001-C000001\t",
      TransactionType: " Capture ",
      CurrencyCode: " USD ",
      TransactionAmount: " 10.00 ",
      TransactionPercentageFee: "\t-0.29",
      StoreName: " Court ",
    });
    const report = await read([rowText(), padded, rowText(), padded]);
    expect(report.errors).toEqual([]);
    expect(report.notices).toEqual([]);
    const [plain, second] = report.rows.map((row) => [...row]);
    const store = report.header.columns.findIndex(({ key }) => key === "storeName");
    expect(second?.[store]).toBe(" Court ");
    expect(second?.toSpliced(store, 1)).toEqual(plain?.toSpliced(store, 1));
    expect(report.rows[3]).toEqual(report.rows[1]);
  });

  it("are empty where nothing but blanks stands", async () => {
    const report = await read([rowText({ SellerOrderId: "  " }), rowText({ TransactionAmount: "  " })]);
    expect(valuesOf(report, "sellerOrderId")).toEqual([null]);
    expect(report.errors.map(({ code }) => code)).toEqual(["cell.required"]);
  });
});
