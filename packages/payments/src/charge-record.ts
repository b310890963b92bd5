import type { Charge } from "@amazon-pay-kit/sdk";
import type { ChargeRecord, ChargeStep, PaymentRecord } from "./record.ts";

const STEPS: Readonly<Record<string, ChargeStep>> = {
  __proto__: null as never,
  Authorized: "authorized",
  Captured: "captured",
  Declined: "declined",
  Canceled: "canceled",
};

/** A charge as it is kept; states that are not final, and such as are newer than this version, are pending. */
export function chargeRecord(charge: Charge, capture: string | null = null): ChargeRecord {
  const state = STEPS[charge.statusDetails.state] ?? "pending";
  return {
    chargeId: charge.chargeId,
    state,
    amount: charge.chargeAmount.amount,
    captured: state === "captured" ? (charge.captureAmount ?? charge.chargeAmount).amount : null,
    capture,
  };
}

/** The record with that charge in place of its former state, or added to it. */
export function withCharge(record: PaymentRecord, charge: ChargeRecord): PaymentRecord {
  const known = record.charges.some(({ chargeId }) => chargeId === charge.chargeId);
  const charges = known
    ? record.charges.map((each) => (each.chargeId === charge.chargeId ? charge : each))
    : [...record.charges, charge];
  return { ...record, charges };
}
