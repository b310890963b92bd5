import { currencyDigits, isCurrency, MoneyError, readAmount as readWritten, readInstant } from "@amazon-pay-kit/money";
import type { RowErrorCode } from "../events.ts";

/** A cell that cannot be read: why, and what would be right. Never holds the text of the cell. */
export class CellFault {
  readonly code: RowErrorCode;
  readonly expected: string;
  readonly remedy: string;

  constructor(code: RowErrorCode, expected: string, remedy = "correct the cell or fetch the report again") {
    this.code = code;
    this.expected = expected;
    this.remedy = remedy;
  }
}

const PLAIN = /^[+-]?\d+(?:\.(\d+))?$/;
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.(\d+))?$/;
const DECIMAL_COMMA = /^[+-]?[\d.]*,\d*$|^[+-]?[\d.,]*\.\d{3}(?:\.|,|$)|^[+-]?0\d*,/;

/** Most digits of an amount in minor units, one less than what every store's 64-bit integer holds. */
const MOST_DIGITS = 18;

/**
 * Reads an amount of a report: point before decimals, optional commas between groups of three. The service writes no other form,
 * so that the rest of what the reader of `money` understands is damage here; the number itself is read there.
 *
 * What could be read in two ways is refused: `1.000,00`, `1,00`, and `1.000`, which is one or one thousand.
 * Two zeros after the point are accepted for a currency without decimals, because the service writes JPY so.
 */
export function readAmount(text: string, currency: string): bigint | CellFault {
  const digits = currencyDigits(currency);
  const match = PLAIN.exec(text) ?? GROUPED.exec(text);
  const fraction = match?.[1] ?? "";
  if (match === null || (fraction.length > 2 && fraction.length > digits && DECIMAL_COMMA.test(text))) {
    if (/^[+-]?[\d.,]+$/.test(text) && DECIMAL_COMMA.test(text)) {
      return new CellFault(
        "cell.amount-ambiguous",
        `an amount in ${currency} with "." before its decimals and "," only between groups of three digits`,
        "it could mean two amounts and is not guessed: export the report again without changing number formats",
      );
    }
    return new CellFault("cell.amount", `an amount in ${currency} such as -1,234.56`);
  }
  if (fraction.length > Math.max(digits, 2) || /[1-9]/.test(fraction.slice(digits))) {
    return new CellFault("cell.amount-digits", `at most ${digits} decimal digits, as ${currency} has`);
  }
  const minor = written(text, currency);
  if (minor === null || (minor < 0n ? -minor : minor).toString().length > MOST_DIGITS) {
    return new CellFault("cell.amount-digits", `an amount of at most ${MOST_DIGITS} digits`);
  }
  return minor;
}

/** Minor units of a text in the form of the service; `null` beyond 64 bits. */
function written(text: string, currency: string): bigint | null {
  try {
    return readWritten(text, { currency, decimal: "." }).minor;
  } catch (error) {
    if (error instanceof MoneyError && (error.code === "money.too-large" || text.length > MOST_DIGITS)) return null;
    throw error;
  }
}

/** Reads a time of a report, in any form of the service; it must name its offset. */
export function readTime(text: string): number | CellFault {
  const instant = text >= "1970" ? readInstant(text) : null;
  return (
    instant ?? new CellFault("cell.instant", "a time with its offset that exists, such as 2015-10-01T07:06:47 -0700")
  );
}

/** Reads a currency code. */
export function readCurrency(text: string): string | CellFault {
  if (isCurrency(text)) return text;
  return new CellFault(
    "cell.currency",
    "an ISO 4217 code that Amazon Pay uses, such as USD, EUR, GBP or JPY",
    "without it no amount of the row can be read: correct the cell, or ask for the currency to be added",
  );
}
