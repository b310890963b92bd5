import { describe, expect, it } from "vitest";
import type { OrdersOptions } from "./options.ts";
import { printed, refusalOf, seen } from "./testing/read-text.ts";

interface Case {
  readonly fixture: string;
  readonly options?: OrdersOptions;
  readonly lines: readonly string[];
  readonly at?: string;
}

const CASES: readonly Case[] = [
  {
    fixture: "rec-shopify-cp1252.csv",
    options: { encoding: "windows-1252" },
    lines: ["2 charge captured 49.90 USD #1001"],
    at: "2026-10-05T15:33:02Z",
  },
  {
    fixture: "rec-magento.csv",
    options: { currency: "USD" },
    lines: [
      "2 charge captured 49.90 USD 000000101",
      "3 charge pending 1049.90 USD 000000102",
      "4 record.currency",
      "4 record.time",
    ],
  },
  {
    fixture: "rec-woo.csv",
    options: { statuses: { shipped: "captured", "Checkout draft": "canceled" } },
    lines: [
      "2 charge captured 49.90 EUR 101",
      "3 charge canceled 19.90 EUR 102",
      "4 charge refunded 29.90 EUR 103",
      "5 charge declined 9.90 EUR 104",
      "6 charge pending 8.90 EUR 105",
      "7 charge captured 7.90 EUR 106",
      "8 charge canceled 6.90 EUR 107",
    ],
  },
  {
    fixture: "rec-shopify-tx.csv",
    lines: [
      "2 charge captured 49.90 USD #1001",
      "3 charge declined 19.90 USD #1002",
      "4 charge pending 29.90 USD #1003",
      "5 refund refunded 9.90 USD #1001",
      "6 skipped no-money-moved",
      "7 skipped no-money-moved",
      "8 skipped paid-otherwise",
      "9 skipped paid-otherwise",
      "10 skipped paid-otherwise",
      "11 charge declined 3.00 USD #1008",
    ],
  },
  {
    fixture: "rec-woo-semicolon-comma.csv",
    options: { separator: ";", decimal: ",", dateFormat: "dd.mm.yyyy" },
    lines: ["2 charge captured 49.90 EUR 101"],
    at: "2026-10-05T10:01:00Z",
  },
  {
    fixture: "rec-prestashop.csv",
    options: { separator: ";", decimal: ",", currency: "EUR", statuses: { "Payment accepted": "captured" } },
    lines: ["2 charge captured 49.90 EUR XKBKNABJK"],
    at: "2026-10-05T10:00:00Z",
  },
  {
    fixture: "rec-shopify-orders.csv",
    lines: [
      "2 charge captured 49.90 USD #1001",
      "3 skipped further-item",
      "4 charge partially-refunded 59.90 USD #1002",
      "5 charge canceled 59.90 USD #1003",
      "6 charge authorized 9.90 USD #1004",
    ],
  },
  {
    fixture: "e2e-orders.csv",
    lines: [
      "2 charge captured 49.90 USD 1001",
      "3 charge declined 19.90 USD 1002",
      "4 charge captured 100.00 USD 1003",
      "5 skipped paid-otherwise",
    ],
  },
  {
    fixture: "rec-shopware6.csv",
    lines: ["2 charge captured 49.90 EUR 10001", "3 charge canceled 19.90 EUR 10002"],
  },
];

describe("exports of shops", () => {
  it.each(CASES)("reads $fixture", async ({ fixture, options = {}, lines, at }) => {
    expect(await seen({ fixture }, options)).toEqual(lines);
    if (at !== undefined) expect((await printed({ fixture }, options))[0]?.["occurredAt"]).toBe(at);
  });

  it("prints the members of the contract, and the counts at the end", async () => {
    const lines = await printed({ fixture: "rec-woo-semicolon-comma.csv" });
    expect(lines[0]).toEqual({
      type: "record",
      line: 2,
      kind: "charge",
      status: "captured",
      orderId: "101",
      transactionId: "P02-1234567-1234567-C000001",
      referenceId: null,
      amount: "49.90",
      currency: "EUR",
      occurredAt: "2026-10-05T10:01:00Z",
      permissionId: null,
      parentTransactionId: null,
    });
    expect(lines.at(-1)).toMatchObject({ type: "summary", lines: 1, errors: 0, skipped: 0, format: "woocommerce" });
  });

  it("names the encoding, the currency and the status words that would make a file readable", async () => {
    expect(await refusalOf({ fixture: "rec-shopify-cp1252.csv" })).toMatchObject({
      code: "records.encoding",
      option: "encoding",
      message: expect.stringContaining("--encoding windows-1252"),
    });
    expect(await refusalOf({ fixture: "rec-magento.csv" })).toMatchObject({
      code: "records.currency",
      option: "currency",
      message: expect.stringContaining("--currency"),
    });
    const [error] = (await printed({ fixture: "rec-woo.csv" })).filter(({ type }) => type === "error");
    expect(error).toMatchObject({ code: "record.status", line: 7, rows: 1 });
    expect(error?.["message"]).toContain("--status wc-shipped=captured");
  });
});
