/** Exact money, currencies, instants, the strict readers of amounts and dates, and the time formats of Amazon Pay. No dependencies, no ambient clock. */
export { formatAmount, parseAmount, toMinor, type ParseAmountOptions } from "./amount.ts";
export { calendarOf, dayAfter, UTC, type Calendar } from "./calendar.ts";
export { CURRENCY_DIGITS, currencyDigits, isCurrency, isIsoCurrency, type Currency } from "./currency.ts";
export { addDuration, DAY, HOUR, MINUTE, parseDuration, SECOND, type Duration } from "./duration.ts";
export { beside as currenciesNamed } from "./currency-signs.ts";
export { DATE_FORMS, isDateForm, orderOf, type DateForm } from "./date-forms.ts";
export { errorDocs, KitError, type KitErrorOptions } from "./kit-error.ts";
export { MoneyError, type MoneyErrorCode } from "./errors.ts";
export {
  formatCompact,
  formatInstant,
  formatMillis,
  formatReportTime,
  parseInstant,
  readInstant,
  type Instant,
} from "./instant.ts";
export { MomentReader } from "./moment-reader.ts";
export { MOST_MINOR, readAmount, type AmountForm, type AmountReading, type DecimalSign } from "./read-amount.ts";
export { readDate, readMoment, type DateReading } from "./read-date.ts";
export { share, type Rounding } from "./share.ts";
export { isPrintable, printableText } from "./printable.ts";
