import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RowEvent } from "../events.ts";
import type { KnownReportKind } from "../kind.ts";
import type { CellValue } from "../layouts/layout.ts";
import { readReport } from "../reader/read-report.ts";
import { WriteReportError } from "../write-report-error.ts";
import type { WriteReportOptions } from "./options.ts";
import { reportBytes, writeReport } from "./write-report.ts";

const REFUND: Record<string, CellValue> = {
  amazonRefundId: "P01-1-1-R1",
  refundAmount: 100n,
  currencyCode: "USD",
  refundStatus: "Completed",
  lastUpdateTimestamp: 1_600_000_000_000,
};

describe("what cannot be read back is not written", () => {
  it.each<[string, Record<string, CellValue | undefined>, string, RegExp]>([
    ["nothing where something must be", { amazonRefundId: null }, "write.required", /AmazonRefundId/],
    ["an empty text where something must be", { refundStatus: "" }, "write.required", /RefundStatus/],
    ["an amount without currency", { currencyCode: undefined }, "write.required", /RefundAmount/],
    ["a number as amount", { refundAmount: 1 }, "write.value", /RefundAmount: expected a bigint/],
    ["a text as amount", { refundAmount: "1.00" }, "write.value", /found string/],
    ["more digits than fit", { refundAmount: 10n ** 18n }, "write.value", /18 digits/],
    ["a date as text", { lastUpdateTimestamp: "2026-01-01" }, "write.value", /LastUpdateTimestamp/],
    ["half a second", { lastUpdateTimestamp: 1500 }, "write.value", /whole seconds/],
    ["no moment", { lastUpdateTimestamp: Number.NaN }, "write.value", /NaN/],
    ["a year of five digits", { lastUpdateTimestamp: 253_402_300_800_000 }, "write.value", /9999/],
    ["a control character", { sellerRefundNote: "a\0b" }, "write.text", /SellerRefundNote/],
    ["half a character", { sellerRefundNote: "\ud800" }, "write.text", /UTF-8/],
    ["an amount as text", { sellerRefundNote: 5n }, "write.value", /expected a text/],
    ["an unknown currency", { currencyCode: "XXX" }, "write.value", /XXX/],
  ])("%s", (_what, change, code, message) => {
    const write = (): unknown => reportBytes("refund", {}, [{ values: { ...REFUND, ...change } }]);
    expect(write).toThrow(WriteReportError);
    expect(write).toThrow(expect.objectContaining({ code }) as Error);
    expect(write).toThrow(message);
  });

  it.each<[string, KnownReportKind, WriteReportOptions, string]>([
    ["a column that the layout has not", "refund", { columns: ["storeName"] }, "write.column"],
    ["a column left out that the reader needs", "refund", { columns: ["amazonRefundId"] }, "write.column"],
    ["an extra column that is none", "refund", { extraColumns: ["Reason Code"] }, "write.column"],
    ["an extra column twice", "refund", { extraColumns: ["New", "new"] }, "write.column"],
    ["an offset between minutes", "refund", { offsetMinutes: 0.5 }, "write.options"],
    ["an offset that does not exist", "refund", { offsetMinutes: 900 }, "write.options"],
  ])("%s", (_what, kind, options, code) => {
    expect(() => reportBytes(kind, {}, [], options)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it("a settlement without its period", () => {
    expect(() => reportBytes("settlement", { sellerId: "A1" }, [])).toThrow(/SettlementStartDate/);
    expect(() => reportBytes("settlement", { settlementStartDate: 0, settlementEndDate: 0 }, [])).toThrow(/SellerId/);
  });

  it("and nothing of a bad row is, from a stream of rows either", async () => {
    async function* rows(): AsyncGenerator<{ values: Record<string, CellValue> }> {
      yield { values: REFUND };
      yield { values: { ...REFUND, refundAmount: null } };
    }
    await expect(async () => {
      for await (const piece of writeReport("refund", {}, rows())) expect(piece).toBeInstanceOf(Uint8Array);
    }).rejects.toThrow(/RefundAmount/);
  });
});

describe("real files", () => {
  it.each([
    ["2015-10-01-SETTLEMENT_DATA_371273040777777.csv", "settlement"],
    ["2018-09-18-SETTLEMENT_DATA_11308757837017792.csv", "settlement"],
    ["2015-10-06-REFUND_DATA_414749300022222.csv", "refund"],
    ["2015-10-06-REFUND_DATA_414749300033333.csv", "refund"],
  ] as const)("are written byte for byte from what was read of them: %s", async (name, kind) => {
    const bytes = readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
    const rows: RowEvent[] = [];
    let header = {};
    for await (const event of readReport(bytes)) {
      if (event.type === "row") rows.push(event);
      if (event.type === "header") header = event;
    }
    expect(Buffer.from(reportBytes(kind, header, rows, { offsetMinutes: -420 })).toString()).toBe(bytes.toString());
  });
});
