import { currencyDigits } from "./currency.ts";
import { MoneyError } from "./errors.ts";

const PLAIN = /^([+-]?)(\d+)(?:\.(\d+))?$/;
const GROUPED = /^([+-]?)(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/;

/** How strictly {@link parseAmount} reads. */
export interface ParseAmountOptions {
  /** Accept well-formed thousands separators, as report files have them: `"1,234.50"`. Default `false`. */
  readonly thousands?: boolean;
}

/**
 * Parses a decimal string into minor units. It is exact or fails.
 *
 * `parseAmount("-25.54", "USD")` is `-2554n`; `parseAmount("1,234.00", "JPY", { thousands: true })` is `1234n`.
 * Digits beyond the currency's own are accepted only when they are zeros (JPY `"1234.00"`).
 * A decimal comma (`"1.000,00"`) is refused: whether a comma separates thousands or cents is never guessed.
 *
 * @throws MoneyError `money.unreadable-amount`, `money.too-many-digits`, `money.unknown-currency`
 */
export function parseAmount(text: string, currency: string, options: ParseAmountOptions = {}): bigint {
  const digits = currencyDigits(currency);
  const match = PLAIN.exec(text) ?? (options.thousands === true ? GROUPED.exec(text) : null);
  if (match === null) {
    throw new MoneyError(
      "money.unreadable-amount",
      `cannot read ${JSON.stringify(text)} as an amount in ${currency}: expected digits with "." as decimal point` +
        (options.thousands === true ? ' and, at most, "," between groups of three' : ""),
    );
  }
  const [, sign, whole = "", fraction = ""] = match;
  const kept = fraction.slice(0, digits).padEnd(digits, "0");
  if (/[1-9]/.test(fraction.slice(digits))) {
    throw new MoneyError(
      "money.too-many-digits",
      `${JSON.stringify(text)} has more than the ${digits} decimal digits of ${currency}`,
    );
  }
  const minor = BigInt(whole.replaceAll(",", "") + kept);
  return sign === "-" ? -minor : minor;
}

/**
 * Formats minor units as a plain decimal string with exactly the currency's digits.
 *
 * `formatAmount(-2554n, "USD")` is `"-25.54"`; `formatAmount(1234n, "JPY")` is `"1234"`.
 */
export function formatAmount(minor: bigint, currency: string): string {
  const digits = currencyDigits(currency);
  const negative = minor < 0n;
  const text = (negative ? -minor : minor).toString().padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const fraction = digits === 0 ? "" : `.${text.slice(text.length - digits)}`;
  return `${negative ? "-" : ""}${whole}${fraction}`;
}

/**
 * Turns what a caller may hold (text, bigint or integer number of whole units) into minor units.
 *
 * A number is accepted only when it is a safe integer of whole units, or a decimal whose shortest text has no more
 * digits than the currency: `19.99` is read as the text `19.99`; `0.1 + 0.2` is refused.
 *
 * @throws MoneyError `money.inexact-number` and those of {@link parseAmount}
 */
export function toMinor(value: string | number | bigint, currency: string): bigint {
  if (typeof value === "bigint") return value * 10n ** BigInt(currencyDigits(currency));
  if (typeof value === "string") return parseAmount(value, currency);
  const text = String(value);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)) || !PLAIN.test(text)) {
    throw new MoneyError("money.inexact-number", `${text} is not an exact amount: pass a text such as "10.00"`);
  }
  const fraction = text.split(".")[1] ?? "";
  if (fraction.length > currencyDigits(currency)) {
    throw new MoneyError(
      "money.inexact-number",
      `${text} is not an exact amount in ${currency}: pass a text such as "10.00"`,
    );
  }
  return parseAmount(text, currency);
}
