import { currencyDigits, share } from "@amazon-pay-kit/money";
import type { Amount } from "./objects/index.ts";

/** At most this many charges on a one-time permission (docs/amazon-pay/states.md). */
export const MOST_CHARGES = 25;

/** At most this many refunds of a charge, as the older API has it; the figure of API v2 is unknown (decisions/0030-sandbox-unknowns.md). */
export const MOST_REFUNDS = 10;

/**
 * What a recurring permission may be charged in a calendar month, in whole units. US and Japan:
 * https://developer.amazon.com/docs/amazon-pay-checkout/monthly-recurring-charge-limits.html; the other currencies as published
 * for billing agreements, of which recurring permissions are the successor:
 * https://developer.amazon.com/docs/eu/amazon-pay-automatic/supported-currencies.html
 */
const RECURRING: Readonly<Record<string, bigint>> = {
  __proto__: null as never,
  USD: 1000n,
  EUR: 1000n,
  GBP: 1000n,
  AUD: 1000n,
  CHF: 1000n,
  NZD: 1000n,
  DKK: 10_000n,
  HKD: 10_000n,
  NOK: 10_000n,
  SEK: 10_000n,
  ZAR: 10_000n,
  JPY: 100_000n,
};

/** What a saved payment method may be charged in a calendar month, in whole units (docs/amazon-pay/states.md). */
const ON_FILE: Readonly<Record<string, bigint>> = {
  __proto__: null as never,
  USD: 15_000n,
  EUR: 15_000n,
  GBP: 15_000n,
  AUD: 15_000n,
  CHF: 15_000n,
  NZD: 15_000n,
  DKK: 150_000n,
  HKD: 150_000n,
  NOK: 150_000n,
  SEK: 150_000n,
  ZAR: 150_000n,
  JPY: 2_000_000n,
};

/** Refunds may exceed the capture by at most so much, in whole units (docs/amazon-pay/states.md). */
const REFUND_EXTRA: Readonly<Record<string, bigint>> = { __proto__: null as never, JPY: 8400n };
const REFUND_EXTRA_ELSEWHERE = 75n;

/** With `allowOvercharge` at least so much may be charged (docs/amazon-pay/states.md for JPY; decisions/0030-sandbox-unknowns.md for the rest). */
const OVERCHARGE_FLOOR: Readonly<Record<string, bigint>> = { __proto__: null as never, JPY: 70_000n };
const OVERCHARGE_FLOOR_ELSEWHERE = 500n;

const minorOf = (whole: bigint, currency: string): bigint => whole * 10n ** BigInt(currencyDigits(currency));

/** Monthly limits other than the published ones, in whole units of the currency, by the permission's type. */
export type MonthlyLimits = Readonly<
  Partial<Record<"Recurring" | "PaymentMethodOnFile", Readonly<Record<string, number>>>>
>;

/**
 * What may be charged on a permission in a calendar month.
 *
 * @param asked limits that the sandbox was asked for; the published ones hold for what they leave out
 */
export function monthlyLimit(
  type: "Recurring" | "PaymentMethodOnFile",
  currencyCode: string,
  asked: MonthlyLimits = {},
): Amount {
  const own = asked[type]?.[currencyCode];
  if (own !== undefined) return { minor: minorOf(BigInt(own), currencyCode), currencyCode };
  const whole = type === "Recurring" ? (RECURRING[currencyCode] ?? 1000n) : (ON_FILE[currencyCode] ?? 15_000n);
  return { minor: minorOf(whole, currencyCode), currencyCode };
}

/** What may be charged in all on a one-time permission for an order of an amount. */
export function orderLimit(order: Amount, allowOvercharge: boolean): Amount {
  if (!allowOvercharge) return order;
  const { minor, currencyCode } = order;
  const floor = minorOf(OVERCHARGE_FLOOR[currencyCode] ?? OVERCHARGE_FLOOR_ELSEWHERE, currencyCode);
  const ninefold = minor * 9n;
  return { minor: ninefold > floor ? ninefold : floor, currencyCode };
}

/** What may be given back for a capture in all: 15 % more than it, and at most 75 units (8,400 JPY) more. */
export function refundCeiling(captured: Amount): Amount {
  const { minor, currencyCode } = captured;
  const most = minorOf(REFUND_EXTRA[currencyCode] ?? REFUND_EXTRA_ELSEWHERE, currencyCode);
  const extra = share(minor, 15n, 100n, "down");
  return { minor: minor + (extra < most ? extra : most), currencyCode };
}
