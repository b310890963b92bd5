import { MoneyError, readAmount as readWritten } from "@amazon-pay-kit/money";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CellFault, readAmount } from "./cell.ts";

/** What the reader of all other files makes of the text. */
function elsewhere(text: string, currency: string, decimal?: "."): bigint | string {
  try {
    return readWritten(text, { currency, decimal }).minor;
  } catch (error) {
    if (error instanceof MoneyError) return error.code;
    throw error;
  }
}

const CURRENCIES = ["USD", "EUR", "JPY", "INR"] as const;

describe("amounts of reports", () => {
  it.each(["1.000", "12.500", "-1.000", "1.234"])("%j is refused as in every other file", (text) => {
    expect(readAmount(text, "EUR")).toMatchObject({ code: "cell.amount-ambiguous" });
    expect(elsewhere(text, "EUR")).toBe("money.ambiguous-amount");
  });

  it.each(["10 50", "1e3", "--1", "(25.00)", "25.00-", "€25.00", "'25.00", "1,00", "1.000,00", "", "9".repeat(200)])(
    "%j is in no form of the service",
    (text) => expect(readAmount(text, "EUR")).toBeInstanceOf(CellFault),
  );

  it("are what the shared reader reads, whatever the text", () => {
    const texts = fc.oneof(
      fc.stringMatching(/^[+-]?[0-9]{1,4}([.,][0-9]{1,4}){0,3}$/),
      fc.string({ unit: fc.constantFrom(..."0123456789.,+- ()€") }),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(...CURRENCIES), (text, currency) => {
        const amount = readAmount(text, currency);
        if (amount instanceof CellFault) return;
        expect(elsewhere(text, currency, ".")).toBe(amount);
        // Undeclared, it is the same or refused: no reader gives another amount for the same text.
        expect([amount, "money.ambiguous-amount"]).toContain(elsewhere(text, currency));
      }),
      { numRuns: 5000 },
    );
  });
});
