import { MoneyError } from "./errors.ts";
import { ISO_DIGITS } from "./iso-4217.ts";

/**
 * The currencies that Amazon Pay knows, with the number of digits after the decimal point.
 *
 * Ledger currencies are USD, EUR, GBP and JPY; the others occur as presentment currencies, INR in old files.
 * Source: currency list of the API reference; digits from ISO 4217.
 */
export const CURRENCY_DIGITS = {
  USD: 2,
  EUR: 2,
  GBP: 2,
  JPY: 0,
  AUD: 2,
  CHF: 2,
  DKK: 2,
  HKD: 2,
  NOK: 2,
  NZD: 2,
  SEK: 2,
  ZAR: 2,
  INR: 2,
} as const satisfies Record<string, number>;

/** ISO 4217 code of a currency that Amazon Pay uses. */
export type Currency = keyof typeof CURRENCY_DIGITS;

/** Whether the text is the code of a currency that Amazon Pay uses (upper case, three letters). */
export function isCurrency(code: string): code is Currency {
  return Object.hasOwn(CURRENCY_DIGITS, code);
}

/**
 * Whether the text is the ISO 4217 code of any currency (upper case, three letters): a bank account may well have lines in
 * currencies that Amazon Pay does not know.
 *
 * @example isIsoCurrency("PLN") // true, where isCurrency("PLN") is false
 */
export function isIsoCurrency(code: string): boolean {
  return ISO_DIGITS.has(code);
}

/**
 * How many digits an amount in this currency has after its decimal point: 2 for USD, 0 for JPY, 3 for KWD. Every ISO 4217
 * currency is known.
 *
 * @throws MoneyError `money.unknown-currency`
 */
export function currencyDigits(code: string): number {
  const digits = ISO_DIGITS.get(code);
  if (digits === undefined) {
    throw new MoneyError(
      "money.unknown-currency",
      `unknown currency ${JSON.stringify(code)}: expected an ISO 4217 code such as USD`,
    );
  }
  return digits;
}
