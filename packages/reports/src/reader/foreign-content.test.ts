import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { collect, inPieces, latin1 } from "../conformance/collect.ts";
import { PREAMBLE_LINES, rowText, settlementText } from "../conformance/settlement-text.ts";
import { zipOf } from "../conformance/zip.ts";
import { readReportBatches } from "./read-batches.ts";

const TEXT = settlementText([rowText()]);
const INDIA =
  "MerchantId,MerchantName,OrderDate,OrderTime,OrderId,MerchantOrderId,AmazonOrderReferenceId,MerchantOrderReferenceId,TransactionType,TransactionDescription,ARN,UTR,RefundDate,RefundTime,CurrencyCode,StoreName,StoreId,OrderAmount,OrderCommission,GST,TotalCommission,NetSettlementAmount,SettlementId,MerchantStoreId\n";

describe("files that are no reports", () => {
  it.each<[string, Buffer, string, RegExp]>([
    ["nothing", Buffer.alloc(0), "file.empty", /empty/],
    ["a byte order mark", latin1("\u00ef\u00bb\u00bf"), "file.empty", /empty/],
    ["blank lines", latin1("\r\n \n\n"), "file.empty", /empty/],
    ["UTF-16, little end first", Buffer.from(`\uFEFF${TEXT}`, "utf16le"), "file.utf-16", /UTF-8/],
    ["UTF-16 without mark", Buffer.from(TEXT, "utf16le"), "file.utf-16", /UTF-8/],
    ["UTF-16, big end first", Buffer.from(`\uFEFF${TEXT}`, "utf16le").swap16(), "file.utf-16", /UTF-8/],
    ["a web page", latin1("\n<!DOCTYPE html><html><body>Sign in</body></html>"), "file.html", /web page/],
    [
      "an XML error",
      latin1('<?xml version="1.0"?><ErrorResponse><Error><Code>RequestThrottled</Code></Error></ErrorResponse>'),
      "file.xml",
      /with the error RequestThrottled,/,
    ],
    ["another XML document", latin1("<Report/>"), "file.xml", /XML document, not a report/],
    [
      "a JSON error",
      latin1('{"reasonCode":"ReportNotFound","message":"…"}'),
      "file.json",
      /with the error ReportNotFound,/,
    ],
    [
      "a zip file in a zip file",
      zipOf([{ name: "inner.zip", content: zipOf([{ name: "a", content: latin1("a") }]) }]),
      "file.nested-compression",
      /zip file inside/,
    ],
    ["bzip2", latin1("BZh91AY&SY"), "file.unsupported-compression", /bzip2/],
    ["Zstandard", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2]), "file.unsupported-compression", /Zstandard/],
    ["a workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "file.binary", /Excel/],
    ["a PDF", latin1("%PDF-1.7"), "file.binary", /PDF/],
    ["garbage", Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256)), "file.binary", /UTF-8/],
    ["another encoding in the first line", latin1("Caf\u00e9,b\n1,2\n"), "file.binary", /UTF-8/],
    ["a sentence", latin1("the report is not ready yet\n"), "file.no-column-header", /line 1/],
    ["numbers", latin1("1,2,3\n4,5,6\n"), "file.no-column-header", /line 1/],
    ["a preamble alone", latin1(PREAMBLE_LINES.join("\n")), "file.no-column-header", /TransactionPostedDate/],
    [
      "a preamble that does not end",
      latin1(`${PREAMBLE_LINES[0]}\n${'"a","b"\n'.repeat(100)}`),
      "file.no-column-header",
      /follows the preamble/,
    ],
    ["an endless first line", latin1(`"${"a".repeat(2_000_000)}`), "file.no-column-header", /first 1048576 bytes/],
    ["Amazon Pay India", latin1(INDIA), "file.unsupported-layout", /Amazon Pay India/],
    [
      "Amazon Pay India, quoted",
      latin1(INDIA.replaceAll(/[^,\n]+/g, '"$&"')),
      "file.unsupported-layout",
      /not supported/,
    ],
    [
      "the marketplace",
      latin1("settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\n"),
      "file.unsupported-layout",
      /marketplace/,
    ],
    ["semicolons", latin1(TEXT.replaceAll('","', '";"')), "file.not-comma-separated", /line 6: .*semicolons/],
    ["tabs", latin1("AmazonRefundId\tRefundAmount\tCurrencyCode\n"), "file.not-comma-separated", /tabs/],
    [
      "a column missing",
      latin1(TEXT.replace('"NetTransactionAmount",', "")),
      "file.missing-column",
      /line 6: .*NetTransactionAmount/,
    ],
    [
      "a column twice",
      latin1(TEXT.replace('"StoreName"', '"SettlementId"')),
      "file.duplicate-column",
      /"SettlementId"/,
    ],
  ])("are refused by name: %s", async (_what, bytes, code, message) => {
    for (const source of [bytes, inPieces(bytes, 1, 5, 3000)]) {
      const refused = collect(readReportBatches(source));
      await expect(refused).rejects.toMatchObject({ name: "UnusableReportError", code });
      await expect(refused).rejects.toThrow(message);
    }
  });

  it("are not seen in good files: characters cut through where the look ends, damage in rows", async () => {
    for (let padding = 0; padding < 4; padding++) {
      const long = Buffer.from(`${"x".repeat(padding)}名${"前".repeat(2000)},b\n1,2\n`);
      await expect(collect(readReportBatches(long))).rejects.toMatchObject({ code: "file.no-column-header" });
    }
    const damaged = await collect(
      readReportBatches(latin1(settlementText([rowText({ StoreName: "\0\u00ff" }), rowText()]))),
    );
    expect(damaged.summary).toMatchObject({ rows: 1, errors: 1 });
  });
});
