import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAmount, parseAmount, toMinor } from "./amount.ts";
import { CURRENCY_DIGITS, currencyDigits, isCurrency, isIsoCurrency } from "./currency.ts";
import { ISO_DIGITS } from "./iso-4217.ts";

const currencies = fc.constantFrom(...ISO_DIGITS.keys());

describe("amounts", () => {
  it("refuses what could mean two things", () => {
    for (const text of ["1.000,00", "1,00", "10,000,00", "1,0000", "1e3", "", " 1", "--1", "1.", ".5", "NaN", "١"]) {
      expect(() => parseAmount(text, "EUR", { thousands: true }), text).toThrowError(/cannot read/);
    }
  });

  it("reads grouped digits whole, and only in groups of three from the end", () => {
    const read = (text: string): bigint => parseAmount(text, "USD", { thousands: true });
    expect(read("-1,234,567.89")).toBe(-123_456_789n);
    expect(read("+12,345")).toBe(1_234_500n);
    expect(read("123,456.7")).toBe(12_345_670n);
    for (const text of ["x1,000", "1,000x", "1234,567", "1,00,000", "x-1,000", "1,000.", ",000"])
      expect(() => read(text), text).toThrowError(/between groups of three/);
    expect(() => parseAmount("1,000", "USD")).toThrowError(/as decimal point$/);
  });

  it("turns whole units into minor ones", () => {
    expect(toMinor(12n, "USD")).toBe(1200n);
    expect(toMinor(12n, "JPY")).toBe(12n);
  });

  it("refuses thousands separators where they are not asked for", () => {
    expect(() => parseAmount("1,000.00", "USD")).toThrowError(/cannot read "1,000.00"/);
    expect(parseAmount("1,000.00", "USD", { thousands: true })).toBe(100_000n);
  });

  it("keeps digits that matter and drops zeros that do not", () => {
    expect(parseAmount("1,234.00", "JPY", { thousands: true })).toBe(1234n);
    expect(() => parseAmount("1234.50", "JPY")).toThrowError(/more than the 0 decimal digits of JPY/);
    expect(() => parseAmount("0.001", "USD")).toThrowError(/more than the 2/);
    expect(parseAmount("0", "USD")).toBe(0n);
    expect(parseAmount("-0", "USD")).toBe(0n);
    expect(parseAmount("5", "USD")).toBe(500n);
  });

  it("names an unknown currency", () => {
    expect(() => parseAmount("1", "XXX")).toThrowError(/unknown currency "XXX"/);
  });

  it("knows every currency that a bank may write, with its digits", () => {
    expect(parseAmount("1.234", "KWD")).toBe(1234n);
    expect(formatAmount(-12345n, "IQD")).toBe("-12.345");
    expect(parseAmount("5", "KRW")).toBe(5n);
    expect(formatAmount(5n, "CLF")).toBe("0.0005");
    expect(formatAmount(-12345n, "PLN")).toBe("-123.45");
    expect(() => parseAmount("1.2345", "KWD")).toThrowError(/more than the 3 decimal digits of KWD/);
    expect([isIsoCurrency("PLN"), isCurrency("PLN")]).toEqual([true, false]);
    for (const none of ["XXX", "XAU", "pln", "toString", ""]) expect(isIsoCurrency(none), none).toBe(false);
    for (const [code, digits] of Object.entries(CURRENCY_DIGITS)) expect(currencyDigits(code), code).toBe(digits);
  });

  it("has every code of ISO 4217 that Intl has, but those without a minor unit", () => {
    const missing = Intl.supportedValuesOf("currency").filter((code) => !isIsoCurrency(code));
    expect(missing.filter((code) => !["XDR", "XSU", "XUA", "XAU", "XAG", "XPT", "XPD"].includes(code))).toEqual([]);
  });

  it("takes numbers only when they are exact", () => {
    expect(toMinor(50, "USD")).toBe(5000n);
    expect(toMinor(19.99, "USD")).toBe(1999n);
    expect(() => toMinor(0.1 + 0.2, "USD")).toThrowError(/not an exact amount/);
    expect(() => toMinor(2 ** 60, "USD")).toThrowError(/not an exact amount/);
    expect(() => toMinor(Number.NaN, "USD")).toThrowError(/not an exact amount/);
    expect(() => toMinor(10.5, "JPY")).toThrowError(/not an exact amount in JPY/);
  });

  it("reads back every amount it writes, whatever its size", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), currencies, (minor, currency) => {
        expect(parseAmount(formatAmount(minor, currency), currency)).toBe(minor);
      }),
    );
  });
});
