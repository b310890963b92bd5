import { dayAfter } from "@amazon-pay-kit/money";
import { BooksError } from "../books/errors.ts";

/**
 * Value added tax that is in the fees of an account. Invoices are made for months, so that it holds from the first day of a
 * month to the last day of one.
 *
 * @example
 * { accountId: "shop-de", currency: "EUR", from: "2026-01-01", rate: "19" }
 */
export interface FeeTax {
  /** Default: every account. */
  readonly accountId?: string | undefined;
  /** Default: every currency. */
  readonly currency?: string | undefined;
  /** First day, the first of a month: `2026-07-01`. Default: always. */
  readonly from?: string | undefined;
  /** Last day, the last of a month: `2026-12-31`. Default: until another one begins. */
  readonly to?: string | undefined;
  /** Percent that is in the fees, a decimal text: `19`, `8.1`; `0` where the tax is owed by the one who is invoiced. */
  readonly rate: string;
  /**
   * What rules of accounts and tax codes call it. Default `standard`, and `reverse-charge` for the rate 0.
   */
  readonly label?: string | undefined;
}

/** What holds in one month. */
export interface FeeTaxRate {
  /** As it was given: `19`. */
  readonly rate: string;
  readonly label: string;
}

function refuse(key: string, value: unknown, expected: string): never {
  throw new BooksError("books.bad-option", `${key}: expected ${expected}, found ${JSON.stringify(value)}`);
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/**
 * Looks at the settings before they are used.
 *
 * @param key where they stand, for messages
 * @throws BooksError `books.bad-option`, naming the key
 */
export function checkFeeTax(given: readonly FeeTax[], key = "feeTax"): void {
  for (const [index, { from, to, rate, currency, label }] of given.entries()) {
    const at = `${key}[${index}]`;
    if (!/^\d{1,2}(\.\d{1,2})?$/.test(rate))
      refuse(`${at}.rate`, rate, "percent with at most two digits after the point, such as 19 or 8.1");
    if (currency !== undefined && !/^[A-Z]{3}$/.test(currency))
      refuse(`${at}.currency`, currency, "a currency such as EUR");
    if (label?.trim() === "") refuse(`${at}.label`, label, "a word");
    if (from !== undefined && !(DAY.test(from) && from.endsWith("-01")))
      refuse(`${at}.from`, from, "the first day of a month, such as 2026-07-01, as fee invoices are of whole months");
    if (to !== undefined && !(DAY.test(to) && dayAfter(to).endsWith("-01")))
      refuse(`${at}.to`, to, "the last day of a month, such as 2026-12-31, as fee invoices are of whole months");
    if (from !== undefined && to !== undefined && to < from) refuse(`${at}.to`, to, `a day after ${from}`);
  }
}

/** What holds for an account and currency in a month, `2026-06`; null where no tax is in the fees. The latest beginning decides. */
export function feeTaxIn(
  given: readonly FeeTax[],
  of: { readonly accountId: string; readonly currency: string; readonly month: string },
): FeeTaxRate | null {
  const day = `${of.month}-01`;
  let best: FeeTax | null = null;
  for (const one of given) {
    if (one.accountId !== undefined && one.accountId !== of.accountId) continue;
    if (one.currency !== undefined && one.currency !== of.currency) continue;
    if ((one.from ?? "") > day || (one.to ?? "9999-12-31") < day) continue;
    if (best === null || (one.from ?? "") >= (best.from ?? "")) best = one;
  }
  if (best === null) return null;
  const zero = /^0+(\.0+)?$/.test(best.rate);
  return { rate: best.rate, label: best.label ?? (zero ? "reverse-charge" : "standard") };
}

/**
 * The tax in a gross amount: its part of it, rounded half away from zero.
 *
 * @example
 * taxIn(11_900n, "19"); // 1_900n
 */
export function taxIn(grossMinor: bigint, rate: string): bigint {
  const [whole = "0", part = ""] = rate.split(".");
  const hundredths = BigInt(whole) * 100n + BigInt(part.padEnd(2, "0"));
  const size = grossMinor < 0n ? -grossMinor : grossMinor;
  const divisor = 10_000n + hundredths;
  const tax = (2n * size * hundredths + divisor) / (2n * divisor);
  return grossMinor < 0n ? -tax : tax;
}
