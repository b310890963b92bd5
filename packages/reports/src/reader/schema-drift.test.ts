import { describe, expect, it } from "vitest";
import { collect, latin1, valuesOf } from "../conformance/collect.ts";
import { COLUMN_NAMES, rowText, settlementText } from "../conformance/settlement-text.ts";
import { readReportBatches } from "./read-batches.ts";
import { readReport } from "./read-report.ts";

const withColumns = (text: string, from: string, to: string): string => text.replace(`"${from}",`, to);

describe("what is new in a file", () => {
  it("is kept, and noticed once: columns, types, reason codes, states", async () => {
    const rows = ["Bonus", "Capture", "Bonus", "Adjustments", "A to Z Guarantee Claim"].map(
      (TransactionType) => `${rowText({ TransactionType })},"x"`,
    );
    const text = withColumns(settlementText(rows), "NetTransactionAmount", '"NetTransactionAmount","TaxCode",');
    const report = await collect(readReportBatches(latin1(text)));
    expect(report.errors).toEqual([]);
    expect(report.notices.map(({ code, line, column, value }) => [code, line, column, value])).toEqual([
      ["drift.column", 6, "TaxCode", undefined],
      ["drift.transaction-type", 7, "TransactionType", "Bonus"],
    ]);
    expect(valuesOf(report, "transactionType")).toEqual([
      "Bonus",
      "Capture",
      "Bonus",
      "Adjustments",
      "A to Z Guarantee Claim",
    ]);
    expect(report.summary.totals["USD"]?.["netTransactionAmount"]).toBe(5n * 941n);
    const refunds = "AmazonRefundId,RefundAmount,CurrencyCode,RefundType,RefundStatus,LastUpdateTimestamp,ReasonCode\n";
    const refund = (type: string, status: string, reason: string): string =>
      `R1,1.00,USD,${type},${status},2026-01-01T00:00:00 +0000,${reason}\n`;
    const drifted = await collect(
      readReportBatches(
        latin1(
          refunds +
            refund("AgentInitiated", "Completed", "") +
            refund("SellerInitiated", "Paused", "Whim") +
            refund("AgentInitiated", "Paused", "Whim"),
        ),
      ),
    );
    expect(drifted.notices.map(({ code, value }) => `${code} ${value}`)).toEqual([
      "drift.refund-type AgentInitiated",
      "drift.state Paused",
      "drift.reason-code Whim",
    ]);
    expect(drifted.summary).toMatchObject({ rows: 3, errors: 0 });
  });

  it("leaves a settlement what its preamble says it is, also with a column of the multi-currency report", async () => {
    const row = `${rowText({ TransactionType: "Capture" })},"8.00"`;
    const text = withColumns(
      settlementText([row]),
      "NetTransactionAmount",
      '"NetTransactionAmount","PresentmentAmount",',
    );
    const report = await collect(readReportBatches(latin1(text)));
    expect(report.header.report).toBe("settlement");
    expect(report.summary).toMatchObject({ rows: 1, errors: 0 });
    expect(report.notices.map(({ code, column }) => `${code} ${column}`)).toEqual(["drift.column PresentmentAmount"]);
  });

  it("is noticed up to a bound, so that no file can fill the memory with it", async () => {
    const rows = Array.from({ length: 200 }, (_, index) =>
      rowText({ TransactionType: `New ${String.fromCharCode(97 + (index % 26))}${"z".repeat(index)}` }),
    );
    const { notices, summary } = await collect(readReportBatches(latin1(settlementText(rows))));
    expect(notices.map(({ code }) => code)).toEqual([
      ...Array<string>(50).fill("drift.transaction-type"),
      "drift.more",
    ]);
    expect(Math.max(...notices.map(({ message }) => message.length))).toBeLessThan(250);
    expect(summary).toMatchObject({ rows: 200, errors: 0 });
  });

  it("is refused when strict reading was asked for", async () => {
    const strict = await collect(
      readReportBatches(
        latin1(
          settlementText([rowText({ TransactionType: "Bonus" }), rowText(), rowText({ TransactionType: "Bonus" })]),
        ),
        { strict: true },
      ),
    );
    expect(strict.errors.map(({ line, code }) => [line, code])).toEqual([
      [7, "cell.unknown-word"],
      [9, "cell.unknown-word"],
    ]);
    const text = withColumns(settlementText([]), "NetTransactionAmount", '"NetTransactionAmount","TaxCode",');
    await expect(collect(readReportBatches(latin1(text), { strict: true }))).rejects.toMatchObject({
      code: "file.unknown-column",
    });
  });

  it("may be the order of the columns, their spelling, or that some are missing", async () => {
    const kept = COLUMN_NAMES.filter((name) => name !== "StoreName").toReversed();
    const cells = rowText()
      .split('","')
      .map((cell) => cell.replaceAll('"', ""));
    const line = kept.map((name) => `"${cells[COLUMN_NAMES.indexOf(name)]}"`).join(",");
    const text = `${kept.map((name) => name.replaceAll(/(?!^)[A-Z]/g, " $&").toUpperCase()).join(",")}\n${line}\n`;
    const report = await collect(readReportBatches(latin1(text)));
    expect(report.errors).toEqual([]);
    expect(report.header.columns.map(({ key, position }) => [key, position])).toEqual(
      COLUMN_NAMES.map((name) => [
        name.charAt(0).toLowerCase() + name.slice(1),
        kept.findIndex((other) => other === name),
      ]),
    );
    expect(valuesOf(report, "netTransactionAmount")).toEqual([941n]);
    expect(valuesOf(report, "storeName")).toEqual([null]);
    for await (const event of readReport(latin1(text))) {
      if (event.type === "row") expect(event.values).not.toHaveProperty("storeName");
    }
  });

  it("does not make two columns one, whatever their names", async () => {
    const text = withColumns(
      settlementText([`${rowText()},"a","b",""`]),
      "NetTransactionAmount",
      '"NetTransactionAmount","Column17","","(%)",',
    );
    const report = await collect(readReportBatches(latin1(text)));
    expect(report.header.columns.slice(15).map(({ key }) => key)).toEqual(["column17", "column17_", "column18"]);
    expect(report.rows[0]?.slice(15)).toEqual(["a", "b", null]);
  });
});
