import { currencyDigits, formatAmount } from "@amazon-pay-kit/money";
import { ExportError } from "../errors.ts";
import type { DatevRate } from "../format.ts";

/** Digits of a rate after its point. */
const RATE_DIGITS = 6;
/** Digits before the comma of an amount. */
const MOST_DIGITS = 10;

/** A rate of one currency from a day on, as a whole number of millionths. */
interface Rate {
  readonly currency: string;
  readonly from: string;
  readonly millionths: bigint;
}

function rateOf({ currency, from = "", rate }: DatevRate, index: number): Rate {
  const key = `export.datev.rates[${index}]`;
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new ExportError("export.setting", `${key}.currency: ${JSON.stringify(currency)} is no currency such as GBP`);
  }
  if (from !== "" && !/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(from)) {
    throw new ExportError("export.setting", `${key}.from: ${JSON.stringify(from)} is no day such as 2026-06-01`);
  }
  const [, whole = "", part = ""] = /^(\d{1,4})(?:\.(\d{1,6}))?$/.exec(rate) ?? [];
  const millionths = BigInt(`${whole}${part.padEnd(RATE_DIGITS, "0")}`);
  if (whole === "" || millionths === 0n) {
    throw new ExportError(
      "export.setting",
      `${key}.rate: ${JSON.stringify(rate)} is no rate: expected how much of ${currency} one unit of the client's currency is worth, at most four digits before the point and six after it, such as 0.8512`,
    );
  }
  return { currency, from, millionths };
}

/** The cells of a line that say how much it is. */
export interface DatevAmount {
  readonly amount: string;
  readonly currency: string;
  /** Empty in the client's own currency. */
  readonly rate: string;
  readonly base: string;
  readonly baseCurrency: string;
}

/** Writes amounts in the client's currency, or in another one with its rate and what it comes to. */
export class DatevAmounts {
  readonly baseCurrency: string;
  readonly #rates: readonly Rate[];

  /** @throws ExportError `export.setting`, naming the key */
  constructor(baseCurrency: string, rates: readonly DatevRate[]) {
    this.baseCurrency = baseCurrency;
    this.#rates = rates.map(rateOf).toSorted((left, right) => (left.from < right.from ? -1 : 1));
  }

  /**
   * @param minor above zero
   * @throws ExportError `export.no-rate`, `export.too-large`
   */
  of(minor: bigint, currency: string, day: string): DatevAmount {
    const amount = plain(minor, currency);
    const quoted = `"${currency}"`;
    if (currency === this.baseCurrency) return { amount, currency: quoted, rate: "", base: "", baseCurrency: "" };
    const known = this.#rates.findLast((rate) => rate.currency === currency && rate.from <= day);
    if (known === undefined) {
      throw new ExportError(
        "export.no-rate",
        `export.datev.rates has no rate of ${currency} for ${day}: add { "currency": "${currency}", "from": "${day}", "rate": "…" }, how much of it one ${this.baseCurrency} was worth, or export another currency`,
      );
    }
    const base = converted(minor, currency, this.baseCurrency, known.millionths);
    // What is less than half a cent has no base amount: zero is not allowed there.
    const has = base > 0n;
    return {
      amount,
      currency: quoted,
      rate: rateText(known.millionths),
      base: has ? plain(base, this.baseCurrency) : "",
      baseCurrency: has ? `"${this.baseCurrency}"` : "",
    };
  }
}

/** An amount of one currency in another, rounded half up. */
function converted(minor: bigint, from: string, to: string, millionths: bigint): bigint {
  const numerator = minor * 10n ** BigInt(currencyDigits(to) + RATE_DIGITS);
  const denominator = millionths * 10n ** BigInt(currencyDigits(from));
  return (2n * numerator + denominator) / (2n * denominator);
}

/** `1234,50`: DATEV has two decimals, whatever the currency has. */
function plain(minor: bigint, currency: string): string {
  const digits = currencyDigits(currency);
  if (digits > 2) {
    throw new ExportError(
      "export.setting",
      `DATEV has two decimals, and ${currency} has ${digits}: leave it out with a currency`,
    );
  }
  const text = `${formatAmount(minor, currency)}${digits === 0 ? ".00" : ""}`;
  if (text.length > MOST_DIGITS + 3) {
    throw new ExportError("export.too-large", `${text} ${currency}: DATEV has ${MOST_DIGITS} digits before the comma`);
  }
  return text.replace(".", ",");
}

/**
 * A rate with two to six decimals. The format describes none below 1 (its first digit is 1 to 9): then the base amount says it
 * alone.
 */
function rateText(millionths: bigint): string {
  if (millionths < 10n ** BigInt(RATE_DIGITS)) return "";
  const digits = String(millionths);
  const part = digits.slice(-RATE_DIGITS).replace(/0{1,4}$/, "");
  return `${digits.slice(0, -RATE_DIGITS)},${part}`;
}
