import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { latin1 } from "./conformance/collect.ts";
import { rowText, settlementText } from "./conformance/settlement-text.ts";
import { toContractLine } from "./ndjson-line.ts";
import type { ReadReportOptions } from "./options.ts";
import { readReport } from "./reader/read-report.ts";
import type { ReportSource } from "./source/report-source.ts";
import { reportBytes } from "./writer/write-report.ts";

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

async function linesOf(source: ReportSource, options?: ReadReportOptions): Promise<string[]> {
  const lines: string[] = [];
  for await (const event of readReport(source, options)) {
    const line = toContractLine(event);
    if (line !== null) lines.push(JSON.stringify(line));
  }
  return lines;
}

describe("lines of the parse contract", () => {
  it("of a real settlement of 2015", async () => {
    expect(await linesOf(fixture("2015-10-01-SETTLEMENT_DATA_371273040777777.csv"))).toEqual([
      '{"type":"header","report":"settlement","sellerId":"ABCDEFGHIJKLM","settlementStartDate":"2015-09-30T22:00:44Z","settlementEndDate":"2015-10-01T21:59:44Z"}',
      '{"type":"row","line":7,"values":{"transactionPostedDate":"2015-10-01T14:06:47Z","settlementId":"5984862222","amazonTransactionId":null,"sellerReferenceId":null,"transactionType":"Transfer","amazonOrderReferenceId":null,"sellerOrderId":null,"storeName":null,"currencyCode":"USD","transactionDescription":"SellerPayments_DateRangeReport_transfer_accounting_ending_with_trace_id","transactionAmount":"-25.54","transactionPercentageFee":"0.00","transactionFixedFee":"0.00","totalTransactionFee":"0.00","netTransactionAmount":"-25.54"}}',
      '{"type":"row","line":8,"values":{"transactionPostedDate":"2015-10-01T18:10:34Z","settlementId":"5984862222","amazonTransactionId":"P01-1488694-1234567-C034811","sellerReferenceId":"87654321-0","transactionType":"Capture","amazonOrderReferenceId":"P01-1234567-2138100","sellerOrderId":null,"storeName":null,"currencyCode":"USD","transactionDescription":null,"transactionAmount":"10.00","transactionPercentageFee":"-0.29","transactionFixedFee":"-0.30","totalTransactionFee":"-0.59","netTransactionAmount":"9.41"}}',
      '{"type":"summary","rows":2,"errors":0,"totals":{"USD":{"transactionAmount":"-15.54","totalTransactionFee":"-0.59","netTransactionAmount":"-16.13"}}}',
    ]);
  });

  it("of a real settlement of 2018", async () => {
    const lines = await linesOf(fixture("2018-09-18-SETTLEMENT_DATA_11308757837017792.csv"));
    expect(lines[0]).toBe(
      '{"type":"header","report":"settlement","sellerId":"ABCDEFGHIJKLM","settlementStartDate":"2018-09-11T07:04:03Z","settlementEndDate":"2018-09-18T07:00:03Z"}',
    );
    expect(lines[2]).toContain('"storeName":"SmashPig Foundation - Alexa Donations"');
    expect(lines[3]).toBe(
      '{"type":"summary","rows":2,"errors":0,"totals":{"USD":{"transactionAmount":"29.00","totalTransactionFee":"-0.41","netTransactionAmount":"28.59"}}}',
    );
  });

  it.each(["2015-10-06-REFUND_DATA_414749300022222.csv", "2015-10-06-REFUND_DATA_414749300033333.csv"])(
    "of the real refund report %s",
    async (name) => {
      const lines = await linesOf(fixture(name));
      expect(lines[0]).toBe('{"type":"header","report":"refund"}');
      expect(JSON.parse(lines[1] ?? "")).toMatchObject({
        type: "row",
        line: 2,
        values: {
          refundAmount: "1.00",
          refundStatus: "Completed",
          lastUpdateTimestamp: "2015-10-05T23:20:49Z",
          reasonCode: null,
        },
      });
      expect(lines.slice(2)).toHaveLength(2);
      expect(lines[3]).toBe('{"type":"summary","rows":2,"errors":0,"totals":{}}');
    },
  );

  it("with exactly the currency's digits, unknown columns under extra, and errors in between", async () => {
    const yen = {
      CurrencyCode: "JPY",
      TransactionAmount: "1,234.00",
      TransactionPercentageFee: "0",
      TransactionFixedFee: "-4",
      TotalTransactionFee: "-4",
      NetTransactionAmount: "1,230",
    };
    const text = settlementText([`${rowText(yen)},"new"`, `${rowText({ SettlementId: "" })},""`, `${rowText()},""`]);
    const lines = await linesOf(latin1(text.replace('"NetTransactionAmount",', '"NetTransactionAmount","Tax Code",')));
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({
      values: { transactionAmount: "1234", totalTransactionFee: "-4", netTransactionAmount: "1230" },
      extra: { taxCode: "new" },
    });
    expect(lines[1]).toMatch(/^\{"type":"row","line":7,"values":\{.*\},"extra":\{"taxCode":"new"\}\}$/);
    expect(lines[2]).toBe(
      '{"type":"error","line":8,"code":"cell.required","message":"line 8: SettlementId: expected a text in every row, found an empty cell; correct the cell or fetch the report again"}',
    );
    expect(lines[3]).toContain('"extra":{"taxCode":null}');
    expect(lines[4]).toBe(
      '{"type":"summary","rows":2,"errors":1,"totals":{"JPY":{"transactionAmount":"1234","totalTransactionFee":"-4","netTransactionAmount":"1230"},"USD":{"transactionAmount":"10.00","totalTransactionFee":"-0.59","netTransactionAmount":"9.41"}}}',
    );
  });

  it("of a list that no layout knows: all of it as texts under extra", async () => {
    expect(await linesOf(latin1("Order Id,GST,__proto__,constructor\n1,2,3,4\n1,2\n"))).toEqual([
      '{"type":"header","report":"unknown"}',
      '{"type":"row","line":2,"values":{},"extra":{"orderId":"1","gst":"2","proto":"3","constructor":"4"}}',
      '{"type":"error","line":3,"code":"row.cell-count","message":"line 3: expected 4 cells, as the line of column names has, found 2; a separator or a quote is missing or too many, or the line was cut off: fetch the report again"}',
      '{"type":"summary","rows":1,"errors":1,"totals":{}}',
    ]);
  });

  it("with each amount in its own currency", async () => {
    const values = {
      currencyCode: "USD",
      transactionAmount: 1050n,
      presentmentCurrency: "JPY",
      presentmentAmount: 1600n,
    };
    const lines = await linesOf(reportBytes("multi-currency", {}, [{ values }], { columns: Object.keys(values) }));
    expect(lines).toEqual([
      '{"type":"header","report":"multi-currency"}',
      '{"type":"row","line":2,"values":{"currencyCode":"USD","transactionAmount":"10.50","presentmentCurrency":"JPY","presentmentAmount":"1600"}}',
      '{"type":"summary","rows":1,"errors":0,"totals":{"USD":{"transactionAmount":"10.50","presentmentAmount":"0.00"},"JPY":{"transactionAmount":"0","presentmentAmount":"1600"}}}',
    ]);
  });
});
