import { currencyDigits } from "../operations/fields/currency-digits.ts";

/** What a price in a request became, or why it cannot be one. */
export type PriceOutcome =
  | { readonly price: unknown }
  | { readonly member: "amount" | "currencyCode"; readonly why: string };

/**
 * Turns an amount into the form that the service takes: decimal text. Takes the kit's money type, decimal text and
 * whole numbers. Other numbers are refused: 10.1 is not 10.1 in floating point. So is a bare `bigint`, which one reader takes
 * for whole units and another for cents.
 *
 * Whatever is not an amount at all is passed on, for the field check to name.
 */
export function priceInput(value: unknown): PriceOutcome {
  if (typeof value !== "object" || value === null) return { price: value };
  if ("minor" in value) return fromMoney(value as { minor: unknown; currency?: unknown });
  const { amount } = value as { amount?: unknown };
  if (typeof amount === "bigint") {
    return {
      member: "amount",
      why: 'is a bigint, which may mean units or cents: write it as text, such as "10.50", or as { minor: 1050n, currency: "USD" }',
    };
  }
  if (typeof amount !== "number") return { price: value };
  if (!Number.isSafeInteger(amount)) {
    return {
      member: "amount",
      why: 'is a floating-point number, which cannot hold every amount exactly: write it as text, such as "10.50"',
    };
  }
  return { price: { ...value, amount: String(amount) } };
}

function fromMoney(money: { readonly minor: unknown; readonly currency?: unknown }): PriceOutcome {
  const { minor, currency } = money;
  if (typeof currency !== "string") return { member: "currencyCode", why: "is required" };
  if (typeof minor !== "bigint")
    return { member: "amount", why: "must be a bigint of minor units: 1050n is 10.50 USD" };
  if (minor < 0n) return { member: "amount", why: "is negative" };
  return { price: { amount: minorToText(minor, currencyDigits(currency)), currencyCode: currency } };
}

function minorToText(minor: bigint, digits: number): string {
  if (digits === 0) return minor.toString();
  const text = minor.toString().padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
