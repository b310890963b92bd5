import { beside } from "./currency-signs.ts";
import { currencyDigits } from "./currency.ts";
import { MoneyError } from "./errors.ts";

/** Signs that stand before the decimals of an amount. */
export type DecimalSign = "." | ",";

/** What is known of an amount before it is read. */
export interface AmountForm {
  /** The currency that the amount is expected in; without it, a code or an unmistakable sign beside the number must say it. */
  readonly currency?: string | undefined;
  /** The sign before the decimals. Without it, what has two readings (`1.000`) is refused and what has one (`49,90`) is read. */
  readonly decimal?: DecimalSign | undefined;
  /** Accept a number that ends with its decimal sign: `250,`, as SWIFT writes. Default `false`. */
  readonly openEnd?: boolean | undefined;
}

/** An amount as it was read. */
export interface AmountReading {
  /** Integer of the currency's smallest unit, below zero for `-5.00`, `5.00-`, `−5.00` and `(5.00)`. */
  readonly minor: bigint;
  /** The expected currency, or the one that the text names. */
  readonly currency: string;
  /** The code or sign beside the number as it was written; `null` when the text has none. */
  readonly written: string | null;
}

/** What both stores can hold: a signed integer of 64 bits. */
export const MOST_MINOR = 2n ** 63n - 1n;

/** No amount is longer; what is, is not searched through. */
const LONGEST = 80;

// Hyphen-minus, hyphens, dashes, the minus sign, small hyphen; triangles are how Japanese books write it.
const MINUS = "[-\\u2010-\\u2015\\u2212\\ufe63\\u25b3\\u25b2]";
const TRAILING_MINUS = "[-\\u2010-\\u2015\\u2212\\ufe63]";
const BLANK = "[ \\u00a0\\u2000-\\u200a\\u202f]";
const GROUP = "[ \\u00a0\\u2000-\\u200a\\u202f'\\u2019\\u02bc\\u00b4`]";
const BESIDE =
  "[^\\d.,'\\u2019\\u02bc\\u00b4`()+\\s\\u2010-\\u2015\\u2212\\ufe63\\u25b3\\u25b2-][^\\d()+\\u2010-\\u2015\\u2212\\ufe63-]{0,11}?";
// The point of an abbreviation (Rs.500) is no decimal sign.
const NUMBER = `(?:\\d|(?<!\\p{L})[.,](?=\\d))(?:[\\d.,]|${GROUP}(?=\\d))*`;

/** A whole amount: parenthesis, sign and currency on either side of a number. */
const AMOUNT = new RegExp(
  `^(?<before>${BESIDE})??${BLANK}*(?<open>\\()?${BLANK}*(?<lead>${MINUS}|\\+)?${BLANK}*(?<inner>${BESIDE})??${BLANK}*` +
    `(?<number>${NUMBER})` +
    `(?:${BLANK}*(?<trail>${TRAILING_MINUS}))?${BLANK}*(?<innerAfter>${BESIDE})??${BLANK}*(?<close>\\))?` +
    `(?:${BLANK}*(?<trailAfter>${TRAILING_MINUS}))?${BLANK}*(?<after>${BESIDE})??$`,
  "u",
);

/** Marks that a web page or a spreadsheet leaves in a text, and that nobody sees. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g;

/** A dash in place of decimals that are zeros: `50.-`, `1.250,--`. */
const NO_DECIMALS = /(?<=\d)([.,])[-\u2010-\u2015\u2212]{1,2}(?=$|[\s\p{L}\p{Sc})])/u;

const BLANKS = new RegExp(`${BLANK}{2,}`, "gu");
const BLANKS_BETWEEN = new RegExp(`\\d${BLANK}{2,}\\d`, "u");

/** Currencies whose amounts are grouped by two digits after the first three: 1,25,000.00. */
const BY_LAKH = new Set(["INR", "BDT", "NPR", "PKR", "LKR"]);

const QUOTE_LIMIT = 60;

/** The text as a message shows it. */
function quoted(text: string): string {
  return JSON.stringify(text.length > QUOTE_LIMIT ? `${text.slice(0, QUOTE_LIMIT)}…` : text);
}

/** Full-width digits and signs, as Japanese programs write them, in the width of the others. */
function narrow(text: string): string {
  return text.replaceAll(/[\uff01-\uff5e\u3000\uffe1\uffe5]/g, (wide) => {
    if (wide === "\u3000") return " ";
    if (wide === "\uffe5") return "¥";
    if (wide === "\uffe1") return "£";
    return String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
  });
}

/** A number as whole digits and decimals, separators gone. */
interface Digits {
  readonly whole: string;
  readonly fraction: string;
}

function unreadable(text: string, currency: string, why = ""): MoneyError {
  return new MoneyError(
    "money.unreadable-amount",
    `cannot read ${quoted(text)} as an amount in ${currency}${why === "" ? ": expected a number such as 1234.50" : `: ${why}`}`,
  );
}

/** The whole digits without their separators, or `null` where these do not stand between proper groups. */
function ungrouped(whole: string, separators: RegExp, currency: string): string | null {
  if (/^\d*$/.test(whole)) return whole;
  const [first = "", ...groups] = whole.split(separators);
  const signs = new Set(whole.match(/\D/g));
  if (signs.size !== 1 || first === "" || first.length > 3 || first.startsWith("0")) return null;
  const last = groups.at(-1) ?? "";
  if (!/^\d+$/.test(groups.join("")) || last.length !== 3) return null;
  const size = groups.length > 1 && BY_LAKH.has(currency) && groups[0]?.length === 2 ? 2 : 3;
  if (size === 2 && (first.length > 2 || !signs.has(","))) return null;
  return groups.slice(0, -1).every((group) => group.length === size) ? first + groups.join("") : null;
}

/** The number as it reads with this sign before its decimals; `null` when it does not read so. */
function digitsOf(number: string, decimal: DecimalSign, currency: string, openEnd: boolean): Digits | null {
  const at = number.indexOf(decimal);
  const [before, fraction] = at < 0 ? [number, ""] : [number.slice(0, at), number.slice(at + 1)];
  if (!/^\d*$/.test(fraction) || (at >= 0 && fraction === "" && !openEnd)) return null;
  const whole = ungrouped(before, /\D/, currency);
  if (whole === null || (whole === "" && fraction === "")) return null;
  return { whole, fraction };
}

function plain({ whole, fraction }: Digits): string {
  return fraction === "" ? whole : `${whole === "" ? "0" : whole}.${fraction}`;
}

/** `10 50` and the like: a blank that may be a decimal sign, or stand between digits by mistake. */
const SPLIT_BY_BLANK = new RegExp(`^\\d+${BLANK}\\d+$`);

function chosen(text: string, number: string, currency: string, form: AmountForm): Digits {
  const openEnd = form.openEnd === true;
  if (form.decimal !== undefined) {
    const digits = digitsOf(number, form.decimal, currency, openEnd);
    if (digits !== null) return digits;
    const other = digitsOf(number, form.decimal === "." ? "," : ".", currency, openEnd);
    if (other !== null) {
      const means = `${quoted(form.decimal)} stands before the decimals, and so it reads in no way; with --decimal ${form.decimal === "." ? "," : "."} it is ${plain(other)}`;
      throw unreadable(text, currency, means);
    }
  } else {
    const [point, comma] = [digitsOf(number, ".", currency, openEnd), digitsOf(number, ",", currency, openEnd)];
    const only = point === null || comma === null ? (point ?? comma) : null;
    if (only !== null) return only;
    if (point !== null && comma !== null) {
      if (plain(point) === plain(comma)) return point;
      // A currency without decimals has no amount such as 1.234: only the group of three is left.
      const possible = [point, comma].filter(({ fraction }) => currencyDigits(currency) > 0 || !/[1-9]/.test(fraction));
      if (possible.length === 1 && possible[0] !== undefined) return possible[0];
      throw new MoneyError(
        "money.ambiguous-amount",
        `${quoted(text)} is ${plain(point)} ${currency} with a decimal point and ${plain(comma)} ${currency} with a decimal comma: say which with --decimal . or --decimal ,`,
      );
    }
  }
  if (SPLIT_BY_BLANK.test(number)) {
    const [left = "", right = ""] = number.split(/\D/);
    throw new MoneyError(
      "money.ambiguous-amount",
      `${quoted(text)} may be ${left}.${right} or ${left}${right}: a blank stands between groups of three digits only; write the amount without it, and its decimals after the sign that --decimal names`,
    );
  }
  throw unreadable(
    text,
    currency,
    /^\d+[.,]$/.test(number)
      ? "its decimals are missing"
      : "expected digits, one sign before the decimals and, at most, one other between groups of three",
  );
}

const PLAIN = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/;

/** What nearly every cell is: digits and at most two decimals after a point, which has one reading. */
function quickAmount(text: string, { currency, decimal }: AmountForm): AmountReading | null {
  const match = currency === undefined || decimal === "," ? null : PLAIN.exec(text);
  if (match === null || currency === undefined) return null;
  const [, sign, whole = "", fraction = ""] = match;
  const digits = currencyDigits(currency);
  if (fraction.length > digits) return null;
  const size = BigInt(whole + fraction.padEnd(digits, "0"));
  return { minor: sign === "-" ? -size : size, currency, written: null };
}

function currencyOf(text: string, written: readonly string[], expected: string | undefined): string {
  let possible: readonly string[] | null = null;
  for (const word of written) {
    const codes = beside(word);
    if (codes === null) {
      throw unreadable(text, expected ?? "a currency", `${quoted(word)} beside the number is no currency`);
    }
    possible = possible === null ? codes : codes.filter((code) => possible?.includes(code));
  }
  if (expected !== undefined) {
    currencyDigits(expected);
    if (possible !== null && !possible.includes(expected)) {
      throw new MoneyError(
        "money.currency-mismatch",
        `${quoted(text)} is not in ${expected}: ${quoted(written.join(" "))} stands beside the number`,
      );
    }
    return expected;
  }
  if (possible?.length === 1 && possible[0] !== undefined) return possible[0];
  throw new MoneyError(
    "money.currency-missing",
    possible === null
      ? `${quoted(text)} names no currency: say which with --currency, for example --currency EUR`
      : `${quoted(text)} may be in ${possible.slice(0, 4).join(", ")}${possible.length > 4 ? " …" : ""}: say which with --currency, for example --currency ${possible[0] ?? "EUR"}`,
  );
}

/**
 * Reads an amount as people, banks, shops and spreadsheets write it. It has one reading, or it is an error.
 *
 * Read are: groups of three between points, commas, apostrophes and blanks of any width; a leading or trailing minus of
 * any form, parentheses; a dash in place of decimals (`50.-`); a currency's code or sign on either side; full-width digits; grouping by lakh in the currencies
 * that have it. Digits beyond the currency's own must be zeros. Refused are `1.000` and `1,250` (until `decimal` says
 * which), `10 50`, exponents, two signs, a leading apostrophe. Words such as CR or Soll are the caller's to read.
 *
 * @example readAmount("1.049,90 €", { currency: "EUR" }).minor // 104990n
 * @example readAmount("(25.00)", { currency: "USD", decimal: "." }).minor // -2500n
 * @throws MoneyError `money.ambiguous-amount`, `money.unreadable-amount`, `money.too-many-digits`, `money.too-large`,
 * `money.currency-mismatch`, `money.currency-missing`, `money.unknown-currency`
 */
export function readAmount(text: string, form: AmountForm): AmountReading {
  const quick = quickAmount(text, form);
  if (quick !== null) return quick;
  // Runs of blanks could be divided in too many ways between what may stand there; between digits none is read.
  const trimmed = narrow(text)
    .replaceAll(UNSEEN, "")
    .trim()
    .replaceAll(BLANKS, " ")
    .replace(NO_DECIMALS, (_, sign: string) => `${sign}00`);
  const match = trimmed.length > LONGEST || BLANKS_BETWEEN.test(narrow(text)) ? null : AMOUNT.exec(trimmed);
  const parts = match?.groups ?? {};
  const signs = [parts["lead"], parts["trail"], parts["trailAfter"], parts["open"]].filter(
    (sign) => sign !== undefined,
  );
  if (match === null || signs.length > 1 || (parts["open"] === undefined) !== (parts["close"] === undefined)) {
    throw unreadable(text, form.currency ?? "a currency", signs.length > 1 ? "it has two signs" : "");
  }
  const written = ["before", "inner", "innerAfter", "after"]
    .map((name) => parts[name]?.trim())
    .filter((word) => word !== undefined && word !== "") as string[];
  const currency = currencyOf(text, written, form.currency);
  const { whole, fraction } = chosen(text, parts["number"] ?? "", currency, form);
  const digits = currencyDigits(currency);
  if (/[1-9]/.test(fraction.slice(digits))) {
    throw new MoneyError(
      "money.too-many-digits",
      `${quoted(text)} has more than the ${digits} decimal digits of ${currency}`,
    );
  }
  const size = BigInt(whole + fraction.slice(0, digits).padEnd(digits, "0"));
  if (size > MOST_MINOR) {
    throw new MoneyError("money.too-large", `${quoted(text)} is larger than any amount that 64 bits hold`);
  }
  const negative = signs.length === 1 && signs[0] !== "+";
  return { minor: negative ? -size : size, currency, written: written.length === 0 ? null : written.join(" ") };
}
