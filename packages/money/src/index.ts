/** Exact money, currencies, instants and the time formats of Amazon Pay. No dependencies, no ambient clock. */
export { formatAmount, parseAmount, toMinor, type ParseAmountOptions } from "./amount.ts";
export { calendarOf, dayAfter, UTC, type Calendar } from "./calendar.ts";
export { CURRENCY_DIGITS, currencyDigits, isCurrency, isIsoCurrency, type Currency } from "./currency.ts";
export { addDuration, DAY, HOUR, MINUTE, parseDuration, SECOND, type Duration } from "./duration.ts";
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
export {
  add,
  compare,
  formatMoney,
  money,
  negate,
  parseMoney,
  share,
  subtract,
  type Money,
  type Rounding,
} from "./money.ts";
