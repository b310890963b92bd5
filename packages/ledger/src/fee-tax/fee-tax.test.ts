import { describe, expect, it } from "vitest";
import { checkFeeTax, type FeeTax, feeTaxIn, taxIn } from "./fee-tax.ts";

describe("the tax in fees", () => {
  it.each([
    [[{ rate: "nineteen" }], /feeTax\[0\]\.rate/],
    [[{ rate: "119" }], /feeTax\[0\]\.rate/],
    [[{ rate: "19" }, { rate: "19", from: "2026-07-15" }], /feeTax\[1\]\.from: expected the first day of a month/],
    [[{ rate: "19", to: "2026-07-30" }], /feeTax\[0\]\.to: expected the last day of a month/],
    [[{ rate: "19", from: "2026-07-01", to: "2026-06-30" }], /feeTax\[0\]\.to: expected a day after 2026-07-01/],
    [[{ rate: "19", currency: "Euro" }], /feeTax\[0\]\.currency/],
    [[{ rate: "19", label: " " }], /feeTax\[0\]\.label/],
  ] as [FeeTax[], RegExp][])("refuses %j", (given, message) => {
    expect(() => {
      checkFeeTax(given);
    }).toThrow(message);
  });

  it("holds by account, currency and month, the latest beginning first", () => {
    const given: FeeTax[] = [
      { rate: "19", from: "2021-01-01" },
      { rate: "16", from: "2026-07-01", to: "2026-12-31" },
      { accountId: "uk", currency: "GBP", rate: "0", from: "2026-01-01" },
    ];
    checkFeeTax(given);
    const rate = (accountId: string, currency: string, month: string) =>
      feeTaxIn(given, { accountId, currency, month });
    expect(rate("de", "EUR", "2026-06")).toEqual({ rate: "19", label: "standard" });
    expect(rate("de", "EUR", "2026-07")).toEqual({ rate: "16", label: "standard" });
    expect(rate("de", "EUR", "2027-01")).toEqual({ rate: "19", label: "standard" });
    expect(rate("uk", "GBP", "2026-02")).toEqual({ rate: "0", label: "reverse-charge" });
    expect(rate("de", "EUR", "2020-12")).toBeNull();
  });

  it("is a part of the gross amount, rounded half away from zero", () => {
    expect(taxIn(11_900n, "19")).toBe(1_900n);
    expect(taxIn(-11_900n, "19")).toBe(-1_900n);
    expect(taxIn(3_610n, "19")).toBe(576n);
    expect(taxIn(10_810n, "8.1")).toBe(810n);
    expect(taxIn(3_610n, "0")).toBe(0n);
    expect(taxIn(1n, "50")).toBe(0n);
    expect(taxIn(3n, "20")).toBe(1n);
  });
});
