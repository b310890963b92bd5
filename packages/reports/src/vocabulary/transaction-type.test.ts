import { describe, expect, it } from "vitest";
import { isKnownValue } from "./cell-values.ts";
import { normaliseTransactionType, TRANSACTION_TYPES, transactionTypeFacts } from "./transaction-type.ts";

describe("transaction types", () => {
  it("are not guessed", () => {
    for (const text of ["", "Captured", "Re", "s", "Transfer2x", "Chargeback Reversal", "adjustmentss"]) {
      expect(normaliseTransactionType(text), text).toBeNull();
      expect(isKnownValue("transaction-type", text)).toBe(false);
    }
  });

  it.each([
    ["Adjustments", "adjustment"],
    ["Adjustment", "adjustment"],
    ["A-to-z Guarantee Claim", "a-to-z-guarantee-claim"],
    ["A to Z Guarantee Claims", "a-to-z-guarantee-claim"],
    ["CAPTURE", "capture"],
    ["Charge-back", "chargeback"],
    [" Transfer ", "transfer"],
  ])("are read in every spelling: %j", (text, type) => {
    expect(normaliseTransactionType(text)).toBe(type);
  });

  it("have one label each, which reads back", () => {
    for (const facts of TRANSACTION_TYPES) expect(transactionTypeFacts(facts.label)).toBe(facts);
    expect(new Set(TRANSACTION_TYPES.map(({ type }) => type)).size).toBe(TRANSACTION_TYPES.length);
  });
});
