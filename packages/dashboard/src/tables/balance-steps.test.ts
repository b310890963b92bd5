import type { SettlementDetail } from "@amazon-pay-kit/ledger";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balanceSteps } from "./balance-steps.ts";

const TYPES = ["capture", "refund", "chargeback", "adjustment", "loyaltybonus", "transfer", "reserve", "carryover"];
/** Rows of these types move between balances; the verdict holds them as opening, transfer and closing. */
const BALANCE_ONLY = new Set(["transfer", "reserve", "carryover"]);

/** A settlement whose verdict follows from its rows. */
function settlementOf(amounts: readonly bigint[], fees: bigint, opening: bigint, transfer: bigint): SettlementDetail {
  const parts = TYPES.map((typeKey, index) => ({
    typeKey,
    type: typeKey,
    rows: 1,
    amountMinor: amounts[index] ?? 0n,
    feeMinor: 0n,
    netMinor: amounts[index] ?? 0n,
  }));
  const activity = parts
    .filter(({ typeKey }) => !BALANCE_ONLY.has(typeKey))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const closing = opening + activity + fees + transfer;
  return {
    parts,
    openingMinor: opening,
    feesMinor: fees,
    transferMinor: transfer,
    closingMinor: closing,
    reserveMinor: -1n,
  } as unknown as SettlementDetail;
}

describe("the steps from opening to closing balance", () => {
  it("add up exactly, whatever the rows, types that the kit does not know included", () => {
    const minor = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
    fc.assert(
      fc.property(fc.array(minor, { minLength: 8, maxLength: 8 }), minor, minor, minor, (amounts, fees, from, paid) => {
        const detail = settlementOf(amounts, fees, from, paid);
        const steps = balanceSteps(detail);
        const changes = steps.filter(({ kind }) => kind === "in" || kind === "out");
        expect(steps[0]?.minor).toBe(from);
        expect(changes.reduce((sum, step) => sum + step.minor, from)).toBe(detail.closingMinor);
        expect(changes.every(({ kind, minor: amount }) => amount > 0n === (kind === "in"))).toBe(true);
      }),
    );
  });

  it("show the reserve beside the balance, and not where nothing is held back", () => {
    const detail = settlementOf([500n], -20n, 0n, -479n);
    expect(balanceSteps(detail).at(-1)).toMatchObject({ word: "step reserve", minor: 1n, standing: true });
    expect(balanceSteps({ ...detail, reserveMinor: 0n }).at(-1)).toMatchObject({ word: "step closing", minor: 1n });
  });
});
