import { describe, expect, it } from "vitest";
import { collect, latin1 } from "../conformance/collect.ts";
import { layoutOf } from "../layouts/index.ts";
import { reportBytes } from "../writer/write-report.ts";
import { readReportBatches, readReportCarefully } from "./read-batches.ts";

const BUYER = {
  buyerName: "Ada Lovelace",
  buyerEmailAddress: "ada@example.com",
  billingAddressLine1: "12 St James's Square",
  billingAddressCity: null,
};
const CAPTURE = {
  amazonCaptureId: "P01-1-1-C1",
  captureAmount: 100n,
  currencyCode: "USD",
  captureStatus: "Completed",
  lastUpdateTimestamp: 1_600_000_000_000,
};
const BYTES = reportBytes(
  "capture",
  {},
  [{ values: { ...CAPTURE, ...BUYER }, extra: { buyerPhoneNumber: "555-0100", loyaltyTier: "gold" } }],
  {
    extraColumns: ["BuyerPhoneNumber", "LoyaltyTier"],
  },
);
const PERSONAL = layoutOf("capture")
  .columns.filter((column) => column.personal === true)
  .map((column) => column.key);

describe.each([
  ["fast", readReportBatches],
  ["careful", readReportCarefully],
] as const)("data of the buyer, %s reading", (_name, read) => {
  const rowOf = async (personalData?: "keep" | "mask" | "drop"): Promise<Record<string, unknown>> => {
    const { header, rows, errors } = await collect(read(BYTES, personalData === undefined ? {} : { personalData }));
    expect(errors).toEqual([]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toHaveLength(header.columns.length);
    return Object.fromEntries(header.columns.map((column, slot) => [column.key, rows[0]?.[slot]]));
  };

  it("is kept unless somebody asks", async () => {
    expect(await rowOf()).toMatchObject({ ...CAPTURE, ...BUYER, buyerPhoneNumber: "555-0100", loyaltyTier: "gold" });
  });

  it("is masked, and what is empty stays empty; new columns that look like it are masked too", async () => {
    const row = await rowOf("mask");
    expect(row).toMatchObject({
      ...CAPTURE,
      buyerName: "***",
      buyerEmailAddress: "***",
      billingAddressCity: null,
      buyerPhoneNumber: "***",
      loyaltyTier: "gold",
    });
    expect(JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value))).not.toMatch(
      /Ada|ada@|555-0100/,
    );
  });

  it("is dropped with its columns", async () => {
    const row = await rowOf("drop");
    expect(Object.keys(row).filter((key) => PERSONAL.includes(key) || key === "buyerPhoneNumber")).toEqual([]);
    expect(row).toMatchObject({ ...CAPTURE, loyaltyTier: "gold" });
  });

  it("never shows in a message, also when cells have shifted", async () => {
    const names = layoutOf("capture").columns.map((column) => column.name);
    const line = (cells: Record<string, string>): string => names.map((name) => cells[name] ?? "").join(",");
    const bad = [
      line({
        AmazonCaptureId: "C1",
        CaptureAmount: "Ada Lovelace",
        CurrencyCode: "ada@example.com",
        CaptureStatus: "Completed",
        LastUpdateTimestamp: "12 St James's Square",
      }),
      line({
        AmazonCaptureId: "C1",
        CaptureAmount: "1",
        CurrencyCode: "Ada",
        CaptureStatus: "Completed",
        LastUpdateTimestamp: "+1 555 0100",
      }),
      line({ BuyerName: "Ada\u00ff Lovelace", BuyerEmailAddress: "ada\0@example.com" }),
      line({ BuyerName: 'Ada "the Countess" Lovelace' }),
    ];
    const { errors, summary } = await collect(read(latin1(`${names.join(",")}\n${bad.join("\n")}\n`)));
    expect(summary).toMatchObject({ rows: 0, errors: 4 });
    const told = JSON.stringify(errors);
    expect(told).not.toMatch(/Ada|ada@|example|James|555|Countess/);
    expect(told).toContain("LastUpdateTimestamp: expected a time");
    expect(told).toContain("found a text of 20 characters");
  });
});
