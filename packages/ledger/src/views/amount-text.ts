import { currenciesNamed, currencyDigits, parseAmount, MoneyError } from "@amazon-pay-kit/money";

/** A text as an amount, in minor units of the currencies that it fits: `48,211.07` and `48.211,07` are 4821107 cents. */
export interface AmountReading {
  /** Never negative: people leave the sign out. */
  readonly minor: bigint;
  /** Whether a currency has this many digits. */
  readonly fits: (currency: string) => boolean;
}

/** A whole number of at most seven digits is taken for an amount too; longer ones are ids. */
const AMOUNT = /^[^\w+-]*[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{1,7})[^\w]*(?:\s[A-Z]{3})?$/;

/** An amount as Germans write it: a comma before the cents, points between thousands. */
const WITH_COMMA = /^[^\d,.]*(?:\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+,\d{1,2})[^\d,.]*$/;

/** Currencies that stand for all with as many digits. */
const STAND_INS = ["USD", "JPY", "KWD"];

/** One sign and three digits after it: thousands for nearly all, and decimals for the dinars that a bank may book. */
const THREE_DECIMALS = /^[^\w+-]*[+-]?(\d+)[.,](\d{3})[^\w]*(?:\s[A-Z]{3})?$/;

/** Minus signs that are none of ASCII, and blanks or apostrophes between thousands: `1 043,35`, `1'043.35`. */
const MINUS = /[\u2010-\u2015\u2212]/g;
const BETWEEN_THOUSANDS = /(\d)[\s'\u2019](?=\d{3}(?!\d))/g;

/** A currency before or behind a number: a code or a sign. */
const BEFORE = /^([+-]?)\s*([\p{L}\p{Sc}][\p{L}\p{Sc}$.]{0,4})\s*(?=[+-]?\d)/u;
const BEHIND = /\s*([\p{L}\p{Sc}][\p{L}\p{Sc}$.]{0,4})$/u;

/** Below zero, as accountants and banks write it: `(2.17)`, `2.17-`, `2.17 DR`. */
const BELOW_ZERO = /^\((.+)\)$|^(.*\d)\s*(?:-|cr|dr)$/i;

/** A number without its currency, and the code where it is one: a sign may stand for many. */
function withoutCurrency(text: string): { readonly number: string; readonly code: string | null } {
  const codeOf = (word: string): string | null => (/^[a-z]{3}$/i.test(word) ? word.toUpperCase() : null);
  const [front, sign = "", before = ""] = BEFORE.exec(text) ?? [];
  if (front !== undefined && currenciesNamed(before) !== null)
    return { number: sign + text.slice(front.length), code: codeOf(before) };
  const [back, behind = ""] = BEHIND.exec(text) ?? [];
  const number = back === undefined ? text : text.slice(0, -back.length);
  if (back === undefined || !/\d/.test(number) || currenciesNamed(behind) === null) return { number: text, code: null };
  return { number, code: codeOf(behind) };
}

/**
 * What a person typed, as the amounts that it may mean; none for a text that is no amount. The code of a currency beside it
 * leaves those of that currency.
 *
 * @example amountsIn("USD 1,043.35")[0]?.minor // 104335n
 */
export function amountsIn(typed: string): readonly AmountReading[] {
  // Shops write their order numbers so: #1019 is no amount.
  if (/^\s*[#\uFF03]/.test(typed)) return [];
  const plain = typed.normalize("NFKC").trim().replaceAll(MINUS, "-").replaceAll(BETWEEN_THOUSANDS, "$1");
  const outside = withoutCurrency(plain);
  const [, inBrackets, before] = BELOW_ZERO.exec(outside.number.trim()) ?? [];
  const inside = withoutCurrency((inBrackets ?? before ?? outside.number).trim());
  const code = outside.code ?? inside.code;
  const readings = numbersIn(inside.number);
  if (code === null) return readings;
  return readings.map(({ minor, fits }) => ({ minor, fits: (currency) => currency === code && fits(currency) }));
}

function numbersIn(typed: string): readonly AmountReading[] {
  const text = WITH_COMMA.test(typed) ? typed.replaceAll(".", "").replace(",", ".") : typed;
  if (!AMOUNT.test(text.trim())) return [];
  const cleaned = text.replaceAll(/[\s'’]/g, "").replace(/^[^\d+-]+|[^\d]+$/g, "");
  const [, whole, decimals] = THREE_DECIMALS.exec(typed.trim()) ?? [];
  const dinars: AmountReading[] =
    whole === undefined
      ? []
      : [{ minor: BigInt(`${whole}${decimals}`), fits: (currency) => currencyDigits(currency) === 3 }];
  const readings = STAND_INS.flatMap((standIn): AmountReading[] => {
    try {
      const minor = parseAmount(cleaned, standIn, { thousands: true });
      const digits = currencyDigits(standIn);
      return [{ minor: minor < 0n ? -minor : minor, fits: (currency) => currencyDigits(currency) === digits }];
    } catch (error) {
      if (error instanceof MoneyError) return [];
      throw error;
    }
  });
  return [...readings, ...dinars];
}
