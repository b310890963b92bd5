import { formatAmount, toMinor } from "@amazon-pay-kit/money";
import { DomainError } from "./domain-error.ts";
import type { Amount } from "./objects/index.ts";

/** Currencies that a buyer may be shown, by region (docs/amazon-pay/operations.md, docs/amazon-pay/checkout.md). */
const PRESENTMENT: Readonly<Record<"na" | "eu" | "jp", readonly string[]>> = {
  na: ["USD"],
  eu: ["EUR", "GBP", "AUD", "CHF", "DKK", "HKD", "JPY", "NOK", "NZD", "SEK", "USD", "ZAR"],
  jp: ["JPY"],
};

/**
 * Reads a price that has passed the request table; null for one that is not given.
 *
 * @throws DomainError `InvalidParameterValue` for a currency that no merchant can use
 */
export function readPrice(value: unknown, path = "amount"): Amount | null {
  if (typeof value !== "object" || value === null) return null;
  const { amount, currencyCode } = value as { readonly amount?: unknown; readonly currencyCode?: unknown };
  try {
    return { minor: toMinor(amount as string | number, currencyCode as string), currencyCode: currencyCode as string };
  } catch {
    throw invalid(path);
  }
}

/** A price as answers show it; null stays null. */
export function showPrice(amount: Amount | null): { readonly amount: string; readonly currencyCode: string } | null {
  return amount === null
    ? null
    : { amount: formatAmount(amount.minor, amount.currencyCode), currencyCode: amount.currencyCode };
}

/**
 * Refuses a currency that the region's buyers cannot be charged in.
 *
 * @throws DomainError `InvalidParameterValue`
 */
export function requirePresentable(amount: Amount | null, region: "na" | "eu" | "jp", path: string): void {
  requirePresentableCurrency(amount?.currencyCode ?? null, region, `${path}.currencyCode`);
}

/**
 * Refuses a currency by itself in the same way.
 *
 * @throws DomainError `InvalidParameterValue`
 */
export function requirePresentableCurrency(currency: string | null, region: "na" | "eu" | "jp", path: string): void {
  if (currency !== null && !PRESENTMENT[region].includes(currency)) throw invalid(path);
}

/** Refuses an amount of nothing. @throws DomainError `InvalidParameterValue` */
export function requirePositive(amount: Amount, path: string): void {
  if (amount.minor <= 0n) throw invalid(`${path}.amount`);
}

/** Whether two amounts are the same. */
export function sameAmount(left: Amount | null, right: Amount | null): boolean {
  return left?.minor === right?.minor && left?.currencyCode === right?.currencyCode;
}

const invalid = (path: string): DomainError =>
  new DomainError("InvalidParameterValue", `The value provided for [${path}] is invalid.`);
