import { describe, expect, it } from "vitest";
import { columnKey } from "./column-key.ts";
import { LAYOUTS } from "./index.ts";
import { plainName, recogniseLayout, titledLayout } from "./recognise.ts";

describe("layouts", () => {
  it("are recognised by their own columns, in any order, but not by one that many share", () => {
    for (const layout of LAYOUTS) {
      const names = layout.columns.map((column) => column.name);
      expect(recogniseLayout(names)?.kind).toBe(layout.kind);
      expect(recogniseLayout(names.map((name) => ` ${name.toUpperCase()} `))?.kind).toBe(layout.kind);
      const [first = "", ...rest] = names;
      expect(recogniseLayout([...rest, first])?.kind).toBe(layout.kind);
    }
    expect(recogniseLayout(["CurrencyCode", "StoreName"])).toBeNull();
    expect(recogniseLayout([])).toBeNull();
  });

  it("go by the first column where a file holds the ids of several", () => {
    expect(recogniseLayout(["AmazonCaptureId", "AmazonRefundId"])?.kind).toBe("capture");
    expect(recogniseLayout(["AmazonOrderReferenceId", "AmazonAuthorizationId", "AuthorizationStatus"])?.kind).toBe(
      "order-reference",
    );
    expect(recogniseLayout(["TransactionPostedDate", "NetTransactionAmount", "PresentmentAmount"])?.kind).toBe(
      "multi-currency",
    );
  });

  it("go by the preamble's title before a column of another report, if the report's own columns are there", () => {
    const names = ["TransactionPostedDate", "NetTransactionAmount", "PresentmentAmount"];
    expect(titledLayout(["Amazon Payments Advanced", "Settlement Report"], names)?.kind).toBe("settlement");
    expect(titledLayout(["Settlement Report"], ["AmazonRefundId", "RefundAmount"])).toBeNull();
    expect(titledLayout([], names)).toBeNull();
  });

  it("are tables without mistakes: no name or key twice, every currency column there", () => {
    for (const { columns, firstColumns, tellingColumns } of LAYOUTS) {
      expect(new Set(columns.map((column) => plainName(column.name))).size).toBe(columns.length);
      expect(new Set(columns.map((column) => column.key)).size).toBe(columns.length);
      for (const column of columns) {
        expect(column.key).toBe(columnKey(column.name, 0));
        if (column.type === "amount") {
          expect(columns.find(({ key }) => key === (column.currency ?? "currencyCode"))?.type).toBe("currency");
        }
      }
      for (const name of [...firstColumns, ...tellingColumns])
        expect(columns.map((column) => column.name)).toContain(name);
    }
  });
});

describe("columnKey", () => {
  it.each([
    ["NetTransactionAmount", "netTransactionAmount"],
    ["Tax Amount", "taxAmount"],
    ["tax_amount", "taxAmount"],
    ["GST", "gst"],
    ["ARNNumber", "arnNumber"],
    ["UTR2", "utr2"],
    ["order-id", "orderId"],
    ["備考", "備考"],
    ["__proto__", "proto"],
    ["(%)", "column4"],
    ["", "column4"],
  ])("of %j is %s", (name, key) => {
    expect(columnKey(name, 3)).toBe(key);
  });
});
