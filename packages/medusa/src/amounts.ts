import type { BigNumberInput } from "@medusajs/framework/types";
import { currencyDigits, formatAmount, isCurrency, parseAmount, share } from "@amazon-pay-kit/money";
import { AmazonPayProviderError } from "./errors.ts";

/** An amount as Amazon Pay takes it. */
export interface Amount {
  readonly amount: string;
  readonly currencyCode: string;
}

/**
 * An amount of Medusa: a decimal number in one of its forms, which may have more digits than the currency, since taxes do. It is
 * rounded half up to the currency's digits, as Medusa itself rounds where it compares amounts.
 *
 * @throws AmazonPayProviderError `medusa.input`
 */
export function amountOf(value: BigNumberInput, currency: string): Amount {
  const currencyCode = typeof currency === "string" ? currency.toUpperCase() : "";
  if (!isCurrency(currencyCode)) throw wrong(`there is no currency ${JSON.stringify(currency)}`);
  return { amount: formatAmount(rounded(textOf(value), currencyCode), currencyCode), currencyCode };
}

function rounded(text: string, currency: string): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw wrong(`${JSON.stringify(text)} is no amount: a decimal number is needed, 0 or more`);
  const [, whole = "", fraction = ""] = match;
  const digits = currencyDigits(currency);
  if (!/[1-9]/.test(fraction.slice(digits))) return parseAmount(text, currency);
  return share(BigInt(whole + fraction), 1n, 10n ** BigInt(fraction.length - digits));
}

function textOf(value: BigNumberInput): string {
  if (typeof value === "string") return value.trim();
  if (typeof value === "number") return String(value);
  if (typeof value === "object" && value !== null) {
    // Medusa's raw amounts, its BigNumber (which keeps one), and bignumber.js.
    const { value: own, raw, toFixed } = value as { value?: unknown; raw?: { value?: unknown }; toFixed?: unknown };
    for (const each of [own, raw?.value])
      if (typeof each === "string" || typeof each === "number") return String(each).trim();
    if (typeof toFixed === "function") return String((value as { toFixed(): unknown }).toFixed());
    const { numeric } = value as { numeric?: unknown };
    if (typeof numeric === "number") return String(numeric);
  }
  throw wrong("the amount is missing, or of a kind that is not known");
}

function wrong(message: string): AmazonPayProviderError {
  return new AmazonPayProviderError("invalid_data", "medusa.input", message);
}
