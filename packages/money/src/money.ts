import { formatAmount, parseAmount } from "./amount.ts";
import { currencyDigits } from "./currency.ts";
import { MoneyError } from "./errors.ts";

/** An exact amount: an integer of minor units (cents, yen) and its currency. */
export interface Money {
  /** Integer of the currency's smallest unit: `1050n` is 10.50 USD, or 1050 JPY. */
  readonly minor: bigint;
  /** ISO 4217 code. */
  readonly currency: string;
}

/**
 * Makes an amount of money.
 *
 * @example money(1050n, "USD") // 10.50 USD
 * @throws MoneyError `money.unknown-currency`
 */
export function money(minor: bigint, currency: string): Money {
  currencyDigits(currency);
  return { minor, currency };
}

/**
 * Reads an amount of money from its decimal text.
 *
 * @example parseMoney("10.50", "USD").minor // 1050n
 */
export function parseMoney(text: string, currency: string): Money {
  return { minor: parseAmount(text, currency), currency };
}

/** `10.50 USD` */
export function formatMoney(value: Money): string {
  return `${formatAmount(value.minor, value.currency)} ${value.currency}`;
}

function same(left: Money, right: Money): void {
  if (left.currency !== right.currency) {
    throw new MoneyError(
      "money.currency-mismatch",
      `cannot combine ${left.currency} with ${right.currency}: convert one of them first`,
    );
  }
}

/** Sum of two amounts of one currency. @throws MoneyError `money.currency-mismatch` */
export function add(left: Money, right: Money): Money {
  same(left, right);
  return { minor: left.minor + right.minor, currency: left.currency };
}

/** Difference of two amounts of one currency. @throws MoneyError `money.currency-mismatch` */
export function subtract(left: Money, right: Money): Money {
  same(left, right);
  return { minor: left.minor - right.minor, currency: left.currency };
}

/** The amount with its sign turned. */
export function negate(value: Money): Money {
  return { minor: -value.minor, currency: value.currency };
}

/** Less than 0, 0 or more than 0, as `left` is smaller, equal or larger. @throws MoneyError `money.currency-mismatch` */
export function compare(left: Money, right: Money): -1 | 0 | 1 {
  same(left, right);
  return left.minor < right.minor ? -1 : left.minor > right.minor ? 1 : 0;
}

/** How to round what does not divide evenly: half away from zero, half to even, or towards zero. */
export type Rounding = "half-up" | "half-even" | "down";

/**
 * A share of an amount, exactly rounded: `share(1000n, 29n, 1000n)` is 2.9 % of 10.00, that is `29n`.
 *
 * @param minor amount in minor units, of either sign
 * @param numerator for 2.9 %: `29n` of `1000n`
 * @param rounding default `half-up` (half away from zero, so that a refund mirrors its charge)
 */
export function share(minor: bigint, numerator: bigint, denominator: bigint, rounding: Rounding = "half-up"): bigint {
  const product = minor * numerator;
  const negative = product < 0n !== denominator < 0n;
  const top = product < 0n ? -product : product;
  const bottom = denominator < 0n ? -denominator : denominator;
  const quotient = top / bottom;
  const rest = (top % bottom) * 2n;
  const up =
    rounding === "down"
      ? false
      : rest > bottom || (rest === bottom && (rounding === "half-up" || quotient % 2n === 1n));
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}
