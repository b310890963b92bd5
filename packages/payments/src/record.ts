import { isCurrency, parseAmount } from "@amazon-pay-kit/money";
import { PaymentError } from "./errors.ts";

/** State of a charge, in a shop's words. */
export type ChargeStep = "pending" | "authorized" | "captured" | "declined" | "canceled";

/** A charge of a payment. */
export interface ChargeRecord {
  readonly chargeId: string;
  readonly state: ChargeStep;
  /** What was authorized: decimal text in the payment's currency. */
  readonly amount: string;
  /** What was captured of it. */
  readonly captured: string | null;
  /** Key of the capture, as the shop named it; null where nobody did. */
  readonly capture: string | null;
}

/** A refund of a payment. */
export interface RefundRecord {
  readonly refundId: string;
  readonly chargeId: string;
  /** Decimal text. */
  readonly amount: string;
  /** Key of the refund, as the shop named it. */
  readonly key: string;
}

/**
 * What a shop keeps with an order: plain JSON, without buyer data and secrets. Every function gives a new record in place of the
 * one that it was given.
 */
export interface PaymentRecord {
  readonly chargePermissionId: string;
  /** ISO 4217. */
  readonly currency: string;
  /** What the order costs: decimal text. */
  readonly amount: string;
  readonly charges: readonly ChargeRecord[];
  readonly refunds: readonly RefundRecord[];
}

/** How a payment stands, over all its charges. */
export type PaymentStep = "none" | ChargeStep | "partially-captured";

/** How a payment stands: by what was captured first, then by what can be. */
export function stepOf(record: PaymentRecord): PaymentStep {
  const captured = capturedOf(record);
  if (captured >= minorOf(record.amount, record)) return "captured";
  if (captured > 0n) return "partially-captured";
  for (const state of ["authorized", "pending", "declined", "canceled"] as const)
    if (record.charges.some((charge) => charge.state === state)) return state;
  return "none";
}

/** What was captured, in minor units. */
export function capturedOf(record: PaymentRecord): bigint {
  return sum(
    record.charges.map(({ captured }) => captured ?? "0"),
    record,
  );
}

/** What was asked to be given back, in minor units. */
export function refundedOf(record: PaymentRecord): bigint {
  return sum(
    record.refunds.map(({ amount }) => amount),
    record,
  );
}

/** An amount of a record in minor units. */
export function minorOf(amount: string, { currency }: PaymentRecord): bigint {
  return parseAmount(amount, currency);
}

function sum(amounts: readonly string[], record: PaymentRecord): bigint {
  return amounts.reduce((total, amount) => total + minorOf(amount, record), 0n);
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/**
 * Reads a record that was kept as JSON.
 *
 * @throws PaymentError `payment.record` that names the member
 */
export function readRecord(value: unknown): PaymentRecord {
  const wrong = (member: string): PaymentError =>
    new PaymentError(
      "payment.record",
      `what was kept with the order is no payment record: ${member} is missing or of another kind`,
      "pass what the last call gave, unchanged",
    );
  if (typeof value !== "object" || value === null) throw wrong("the whole");
  const { chargePermissionId, currency, amount, charges, refunds } = value as Partial<PaymentRecord>;
  if (!isText(chargePermissionId)) throw wrong("chargePermissionId");
  if (!isText(currency) || !isCurrency(currency)) throw wrong("currency");
  if (!isAmount(amount, currency)) throw wrong("amount");
  if (!Array.isArray(charges)) throw wrong("charges");
  if (!Array.isArray(refunds)) throw wrong("refunds");
  for (const [index, charge] of (charges as unknown[]).entries()) {
    const { chargeId, state, amount: authorized, captured = null } = (charge ?? {}) as Partial<ChargeRecord>;
    if (!isText(chargeId) || !isText(state) || !isAmount(authorized, currency)) throw wrong(`charges[${index}]`);
    if (captured !== null && !isAmount(captured, currency)) throw wrong(`charges[${index}].captured`);
  }
  for (const [index, refund] of (refunds as unknown[]).entries()) {
    const { refundId, chargeId, amount: given, key } = (refund ?? {}) as Partial<RefundRecord>;
    if (!isText(refundId) || !isText(chargeId) || !isText(key) || !isAmount(given, currency))
      throw wrong(`refunds[${index}]`);
  }
  return value as PaymentRecord;
}

function isAmount(value: unknown, currency: string): value is string {
  if (typeof value !== "string") return false;
  try {
    return parseAmount(value, currency) >= 0n;
  } catch {
    return false;
  }
}
