import { describe, expect, it } from "vitest";
import { monthlyLimit, orderLimit, refundCeiling } from "./limits.ts";

describe("what may be charged in a calendar month (docs/amazon-pay/states.md)", () => {
  it.each([
    ...["USD", "EUR", "GBP", "AUD", "CHF", "NZD"].map((code) => [code, 100_000n] as const),
    ...["DKK", "HKD", "NOK", "SEK", "ZAR"].map((code) => [code, 1_000_000n] as const),
    ["JPY", 100_000n] as const,
  ])("on a recurring permission in %s: %d minor units", (currencyCode, minor) => {
    expect(monthlyLimit("Recurring", currencyCode)).toEqual({ minor, currencyCode });
  });

  it.each([
    ...["USD", "EUR", "GBP", "AUD", "CHF", "NZD"].map((code) => [code, 1_500_000n] as const),
    ...["DKK", "HKD", "NOK", "SEK", "ZAR"].map((code) => [code, 15_000_000n] as const),
    ["JPY", 2_000_000n] as const,
  ])("on a saved payment method in %s: %d minor units", (currencyCode, minor) => {
    expect(monthlyLimit("PaymentMethodOnFile", currencyCode)).toEqual({ minor, currencyCode });
  });
});

describe("what may be charged on an order", () => {
  it.each([
    ["JPY", 1000n, 70_000n],
    ["JPY", 7777n, 70_000n],
    ["JPY", 7778n, 70_002n],
    ["USD", 1000n, 50_000n],
    ["USD", 5556n, 50_004n],
  ])("with allowOvercharge, in %s for %d: nine times as much, and %d at least", (currencyCode, minor, most) => {
    expect(orderLimit({ minor, currencyCode }, true)).toEqual({ minor: most, currencyCode });
    expect(orderLimit({ minor, currencyCode }, false)).toEqual({ minor, currencyCode });
  });
});

describe("what may be given back (docs/amazon-pay/states.md)", () => {
  it.each([
    ["USD", 1000n, 1150n],
    // Fifteen percent of 0.19 are 2.85 cents: a part of a cent is not given back.
    ["USD", 19n, 21n],
    ["USD", 49_999n, 57_498n],
    ["USD", 50_000n, 57_500n],
    ["USD", 50_100n, 57_600n],
    ["JPY", 56_000n, 64_400n],
    ["JPY", 56_010n, 64_410n],
  ])("in %s for %d: at most %d", (currencyCode, minor, most) => {
    expect(refundCeiling({ minor, currencyCode })).toEqual({ minor: most, currencyCode });
  });
});
