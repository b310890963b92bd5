import { permyriad } from "./ratio.ts";
import { currencyDigits, formatAmount, UTC } from "@amazon-pay-kit/ledger";
import type { LocaleName } from "./locale.ts";

/** Intl tags: English as in the United Kingdom for day-month order, which no reader takes for the other. */
const TAGS: Readonly<Record<LocaleName, string>> = { en: "en-GB", de: "de-DE", ja: "ja-JP" };

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  const known = formats.get(key);
  if (known !== undefined) return known as T;
  const made = make();
  formats.set(key, made);
  return made;
}

/** Shows money, dates and counts in one language; amounts go from minor units to text without a float. */
export interface Formatter {
  readonly locale: LocaleName;
  /** BCP 47 tag for the page's `lang`. */
  readonly tag: string;
  /** `$1,234.50`; a negative one as the language writes it. */
  money(minor: bigint, currency: string): string;
  /** The same in parts, so that the currency can look another way than the figure. */
  moneyParts(minor: bigint, currency: string): readonly { readonly type: string; readonly value: string }[];
  /** `1,234.50` without the currency, for columns that name it once. */
  amount(minor: bigint, currency: string): string;
  /** `1234.50`, the same in every language: for addresses. */
  plain(minor: bigint, currency: string): string;
  count(value: number | bigint): string;
  percent(numerator: bigint, denominator: bigint): string;
  /** IANA name of the time zone of days and moments. */
  readonly timeZone: string;
  /** `31 Jan 2026`, in the time zone. */
  day(instant: number): string;
  /** `31 Jan 2026` of the day that a bank printed, given as its start in UTC: it is that day everywhere. */
  bankDay(instant: number): string;
  /** `31 Jan 2026, 14:05`, in the time zone. */
  moment(instant: number): string;
  /** `Jan 2026` of a day such as `2026-01-01`. */
  month(day: string): string;
  /** `31 Jan`, in the time zone. */
  shortDay(instant: number): string;
}

/** The decimal text is exact; Intl reads it as such, never through a float. */
function decimal(minor: bigint, currency: string): Intl.StringNumericLiteral {
  return formatAmount(minor, currency) as Intl.StringNumericLiteral;
}

const DATE = { day: "numeric", month: "short", year: "numeric" } as const;

/** Makes the formatter of a language and time zone. */
export function formatter(locale: LocaleName, timeZone = "UTC"): Formatter {
  const tag = TAGS[locale];
  const date = (name: string, options: Intl.DateTimeFormatOptions, zone = timeZone): Intl.DateTimeFormat =>
    cached(`${tag} ${name} ${zone}`, () => new Intl.DateTimeFormat(tag, { timeZone: zone, ...options }));
  const money = (currency: string): Intl.NumberFormat =>
    cached(
      `${tag} money ${currency}`,
      () =>
        new Intl.NumberFormat(tag, {
          style: "currency",
          currency,
          currencyDisplay: "narrowSymbol",
          // The digits of ISO 4217: left to itself, Intl rounds some currencies to what shops write.
          minimumFractionDigits: currencyDigits(currency),
          maximumFractionDigits: currencyDigits(currency),
        }),
    );
  return {
    locale,
    tag,
    timeZone,
    money: (minor, currency) => money(currency).format(decimal(minor, currency)),
    moneyParts: (minor, currency) => money(currency).formatToParts(decimal(minor, currency)),
    amount: (minor, currency) => {
      const digits = currencyDigits(currency);
      return cached(
        `${tag} amount ${digits}`,
        () => new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
      ).format(decimal(minor, currency));
    },
    plain: formatAmount,
    count: (value) => cached(`${tag} count`, () => new Intl.NumberFormat(tag)).format(value),
    percent: (numerator, denominator) =>
      `${cached(
        `${tag} percent`,
        () => new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
      ).format(decimal(permyriad(numerator, denominator), "USD"))} %`,
    day: (instant) => date("day", DATE).format(instant),
    bankDay: (instant) => date("day", DATE, "UTC").format(instant),
    moment: (instant) =>
      date("moment", {
        ...DATE,
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      }).format(instant),
    month: (day) => date("month", { month: "short", year: "numeric" }, "UTC").format(UTC.startOf(day)),
    shortDay: (instant) => date("short", { day: "numeric", month: "short" }).format(instant),
  };
}
