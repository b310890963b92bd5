import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAmount } from "./amount.ts";
import { currencyDigits } from "./currency.ts";
import { MoneyError } from "./errors.ts";
import { ISO_DIGITS } from "./iso-4217.ts";
import { type AmountForm, MOST_MINOR, readAmount } from "./read-amount.ts";

const EUR: AmountForm = { currency: "EUR" };

function faultOf(text: string, form: AmountForm = EUR): MoneyError {
  try {
    readAmount(text, form);
  } catch (error) {
    if (error instanceof MoneyError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(text)} was read`);
}

const minor = (text: string, form: AmountForm = EUR): bigint => readAmount(text, form).minor;

describe("amounts that are refused", () => {
  it.each(["1.000", "1,250", "12.500", "999,000", "-1.000", "(1,250)", "1.234", "€ 1.000", "2.500"])(
    "asks which decimal sign %j has, with both readings",
    (text) => {
      const fault = faultOf(text);
      expect(fault.code).toBe("money.ambiguous-amount");
      expect(fault.message).toMatch(/is \d+\.?\d* EUR with a decimal point and \d+\.?\d* EUR with a decimal comma/);
      expect(fault.message).toContain("--decimal");
    },
  );

  it.each(["10 50", "1 00", "10\u00a050", "1 0000"])("joins no groups that are none: %j", (text) => {
    expect(faultOf(text).code).toBe("money.ambiguous-amount");
  });

  it.each([
    ["1e3", "money.unreadable-amount"],
    ["1E3", "money.unreadable-amount"],
    ["NaN", "money.unreadable-amount"],
    ["Infinity", "money.unreadable-amount"],
    ["", "money.unreadable-amount"],
    ["-", "money.unreadable-amount"],
    ["€", "money.unreadable-amount"],
    ["'25.00", "money.unreadable-amount"],
    ["25.", "money.unreadable-amount"],
    ["--25.00", "money.unreadable-amount"],
    ["-25.00-", "money.unreadable-amount"],
    ["(-25.00)", "money.unreadable-amount"],
    ["(25.00", "money.unreadable-amount"],
    ["25.00)", "money.unreadable-amount"],
    ["1.234,567.00", "money.unreadable-amount"],
    ["1,23,4.00", "money.unreadable-amount"],
    ["1234,567.00", "money.unreadable-amount"],
    ["1'250,000.00", "money.unreadable-amount"],
    ["0,250.00", "money.unreadable-amount"],
    ["1,25,000.00", "money.unreadable-amount"],
    ["1..0", "money.unreadable-amount"],
    ["25.00 CR", "money.unreadable-amount"],
    ["25.00-+", "money.unreadable-amount"],
    ["25.00+", "money.unreadable-amount"],
    ["+25.00+", "money.unreadable-amount"],
    ["25.--.-", "money.unreadable-amount"],
    ["25---", "money.unreadable-amount"],
    ["25.00\u202e", "money.unreadable-amount"],
    ["25.00 Soll", "money.unreadable-amount"],
    ["10\n50", "money.unreadable-amount"],
    ["١٢", "money.unreadable-amount"],
    ["10²", "money.unreadable-amount"],
    ["½", "money.unreadable-amount"],
    ["1".repeat(90), "money.unreadable-amount"],
    ["0.123", "money.too-many-digits"],
    ["12,345.678", "money.too-many-digits"],
    ["USD 5.00", "money.currency-mismatch"],
    ["$5.00", "money.currency-mismatch"],
    ["5.00 kr", "money.currency-mismatch"],
    ["92233720368547758.08", "money.too-large"],
    ["-92233720368547758.08", "money.too-large"],
    ["9".repeat(40), "money.too-large"],
  ])("refuses %j as %s", (text, code) => {
    expect(faultOf(text).code).toBe(code);
  });

  it("takes a declared decimal sign at its word", () => {
    expect(minor("1.000", { currency: "EUR", decimal: "." })).toBe(100n);
    expect(minor("1.000", { currency: "EUR", decimal: "," })).toBe(100_000n);
    expect(minor("1,250", { currency: "EUR", decimal: "," })).toBe(125n);
    expect(minor("1,250", { currency: "EUR", decimal: "." })).toBe(125_000n);
    expect(faultOf("49,90", { currency: "EUR", decimal: "." }).message).toContain("with --decimal , it is 49.90");
    expect(faultOf("10 50", { currency: "EUR", decimal: "," }).code).toBe("money.ambiguous-amount");
  });

  it("asks for a currency that nothing names", () => {
    expect(faultOf("5.00", {}).message).toContain("--currency");
    expect(faultOf("$5.00", {}).message).toContain("USD, CAD");
    expect(faultOf("5.00", { currency: "XXX" }).code).toBe("money.unknown-currency");
  });
});

describe("amounts that are read", () => {
  it.each([
    ["25", 2500n],
    ["25.5", 2550n],
    ["49,90", 4990n],
    ["1.049,90 €", 104_990n],
    ["1,049.90", 104_990n],
    ["1.234.567", 123_456_700n],
    ["1'250.00", 125_000n],
    ["1’250.00", 125_000n],
    ["1 250,07", 125_007n],
    ["1\u00a0250,07", 125_007n],
    ["1\u202f250,07", 125_007n],
    ["1 000", 100_000n],
    ["-25.00", -2500n],
    ["- 25.00", -2500n],
    ["25.00-", -2500n],
    ["25,00 -", -2500n],
    ["−25.00", -2500n],
    ["–25,00", -2500n],
    ["‐25.00", -2500n],
    ["－25.00", -2500n],
    ["+25.00", 2500n],
    ["25.-", 2500n],
    ["-25,-", -2500n],
    ["1'250.–", 125_000n],
    ["1.250,--", 125_000n],
    ["25,- EUR", 2500n],
    ["1ʼ250.00", 125_000n],
    ["1´250.00", 125_000n],
    ["1`250.00", 125_000n],
    ["\u200e-25.00\u200b", -2500n],
    ["(25.00)", -2500n],
    ["(€25.00)", -2500n],
    ["€(25.00)", -2500n],
    ["-€25.00", -2500n],
    ["€-25.00", -2500n],
    ["EUR 25.00", 2500n],
    ["EUR25.00", 2500n],
    ["25.00 EUR", 2500n],
    ["25.00 eur", 2500n],
    ["25.00- EUR", -2500n],
    ["25.00 EUR-", -2500n],
    ["２５．００", 2500n],
    [".50", 50n],
    ["0.500", 50n],
    ["1234.500", 123_450n],
    ["1,000.000", 100_000n],
    ["92233720368547758.07", MOST_MINOR],
  ])("%j is %d", (text, expected) => {
    expect(minor(text)).toBe(expected);
  });

  it("keeps the digits of each currency", () => {
    expect(minor("1,234", { currency: "JPY" })).toBe(1234n);
    expect(minor("1234.00", { currency: "JPY" })).toBe(1234n);
    expect(minor("￥1,234", { currency: "JPY" })).toBe(1234n);
    expect(minor("▲1,234円", { currency: "JPY" })).toBe(-1234n);
    expect(minor("12.345", { currency: "KWD", decimal: "." })).toBe(12_345n);
    expect(minor("1,25,000.00", { currency: "INR" })).toBe(12_500_000n);
    expect(faultOf("1,000", { currency: "JPY" }).code).toBe("money.ambiguous-amount");
    expect(faultOf("12.345", { currency: "KWD" }).code).toBe("money.ambiguous-amount");
    expect(faultOf("12.5", { currency: "JPY" }).code).toBe("money.too-many-digits");
  });

  it("tells the currency that stands beside the number", () => {
    expect(readAmount("1.049,90 €", {})).toEqual({ minor: 104_990n, currency: "EUR", written: "€" });
    expect(readAmount("US$ 5.00", {})).toEqual({ minor: 500n, currency: "USD", written: "US$" });
    expect(readAmount("$5.00", { currency: "AUD" })).toEqual({ minor: 500n, currency: "AUD", written: "$" });
    expect(readAmount("CHF 5.00", { currency: "CHF" }).written).toBe("CHF");
    expect(readAmount("Fr. 5.00", { currency: "CHF" }).written).toBe("Fr.");
    expect(minor("Rs.500", { currency: "INR" })).toBe(50_000n);
    expect(minor("Fr.5.00", { currency: "CHF" })).toBe(500n);
    expect(minor("250,", { currency: "EUR", decimal: ",", openEnd: true })).toBe(25_000n);
  });
});

describe("every amount", () => {
  const amounts = fc.bigInt({ min: -MOST_MINOR, max: MOST_MINOR });
  const currencies = fc.constantFrom(...ISO_DIGITS.keys());

  it("reads back as it is written, with its decimal sign declared", () => {
    fc.assert(
      fc.property(amounts, currencies, fc.constantFrom("." as const, "," as const), (value, currency, decimal) => {
        const text = formatAmount(value, currency).replace(".", decimal);
        expect(readAmount(text, { currency, decimal }).minor).toBe(value);
      }),
    );
  });

  it("reads back grouped, in every notation, whichever side the minus and the currency stand on", () => {
    const groups = fc.constantFrom(
      ["", "."],
      [",", "."],
      [".", ","],
      ["'", "."],
      ["’", "."],
      [" ", ","],
      ["\u202f", ","],
    );
    const notation = fc.constantFrom(
      (n: string, c: string) => `-${n} ${c}`,
      (n: string, c: string) => `${c} -${n}`,
      (n: string, c: string) => `${c}\u00a0${n}-`,
      (n: string, c: string) => `(${n}) ${c}`,
      (n: string, c: string) => `−${c}${n}`,
    );
    fc.assert(
      fc.property(amounts, currencies, groups, notation, (value, currency, [group, decimal], write) => {
        const size = value < 0n ? -value : value;
        const [whole = "", fraction] = formatAmount(size, currency).split(".");
        const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, group ?? "");
        const number = fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`;
        const form: AmountForm = { currency, decimal: decimal === "," ? "," : "." };
        expect(readAmount(write(number, currency), form).minor).toBe(-size);
      }),
    );
  });

  it("has one reading: undeclared, it is what one declaration reads and the other does not contradict", () => {
    const text = fc.stringMatching(/^[-(]?[0-9]{1,4}([.,' ][0-9]{1,4}){0,3}[-)]?$/);
    const read = (written: string, form: AmountForm): bigint | null => {
      try {
        return readAmount(written, form).minor;
      } catch (error) {
        if (error instanceof MoneyError) return null;
        throw error;
      }
    };
    fc.assert(
      fc.property(text, fc.constantFrom("EUR", "JPY", "KWD"), (written, currency) => {
        const [open, point, comma] = [undefined, "." as const, "," as const].map((decimal) =>
          read(written, { currency, decimal }),
        );
        if (open !== null) expect([point, comma]).toContain(open);
        if (point !== null && comma !== null && point !== comma) expect(open).toBeNull();
      }),
      { numRuns: 5000 },
    );
  });

  it("never takes an arbitrary text for an amount of other digits", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.,'’ -−()+€$EURe\u00a0") }), (text) => {
        let value: bigint;
        try {
          value = readAmount(text, EUR).minor;
        } catch (error) {
          expect(error).toBeInstanceOf(MoneyError);
          return;
        }
        const digits = text.replaceAll(/\D/g, "").replace(/^0+/, "").replace(/0+$/, "");
        const own = String(value).replace("-", "").replace(/0+$/, "");
        expect(own === "" ? "0" : own).toBe(digits === "" ? "0" : digits);
      }),
      { numRuns: 5000 },
    );
  });

  it("knows the digits of every currency", () => {
    for (const currency of ISO_DIGITS.keys()) {
      expect(minor("7", { currency }), currency).toBe(7n * 10n ** BigInt(currencyDigits(currency)));
    }
  });
});
