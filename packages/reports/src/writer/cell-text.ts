import { currencyDigits, formatAmount, isCurrency, formatReportTime } from "@amazon-pay-kit/money";
import type { CellValue, Column } from "../layouts/layout.ts";
import { WriteReportError } from "../write-report-error.ts";
import type { WriteReportOptions } from "./options.ts";

const HALF_PAIR = /\p{Surrogate}/u;

/** Control characters of ASCII but tab and line ends: the reader refuses them too. */
const UNWRITABLE = /(?=\p{Cc})[^\t\n\r\u0080-\u009f]/u;

/**
 * A typed value as the text of its cell.
 *
 * @throws WriteReportError for a value that would not read back as it is
 */
export function cellText(
  column: Column,
  value: CellValue | undefined,
  values: Readonly<Record<string, CellValue | undefined>>,
  options: WriteReportOptions,
): string {
  if (value === null || value === undefined || value === "") {
    if (column.required !== true) return "";
    throw new WriteReportError("write.required", `${column.name}: every row needs a value for it`);
  }
  switch (column.type) {
    case "amount":
      return amountText(column, value, values[column.currency ?? "currencyCode"], options);
    case "instant":
      return timeText(column.name, value, options);
    case "currency":
      if (typeof value !== "string") throw mistyped(column.name, "a currency code", value);
      if (!isCurrency(value)) {
        throw new WriteReportError(
          "write.value",
          `${column.name}: ${JSON.stringify(value)} is no currency of Amazon Pay`,
        );
      }
      return value;
    case "text":
      return plainText(column.name, value);
  }
}

/** A text as the text of its cell: not everything that a string can hold can be in a file. */
export function plainText(name: string, value: CellValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") throw mistyped(name, "a text", value);
  if (UNWRITABLE.test(value))
    throw new WriteReportError("write.text", `${name}: control characters have no place in a report`);
  if (HALF_PAIR.test(value))
    throw new WriteReportError("write.text", `${name}: half a surrogate pair cannot be written as UTF-8`);
  return value;
}

function amountText(
  column: Column,
  value: CellValue,
  currency: CellValue | undefined,
  options: WriteReportOptions,
): string {
  if (typeof value !== "bigint") throw mistyped(column.name, "a bigint of minor units", value);
  if (typeof currency !== "string") {
    throw new WriteReportError("write.required", `${column.name}: its row has no currency`);
  }
  if (!isCurrency(currency)) {
    throw new WriteReportError(
      "write.value",
      `${column.name}: ${JSON.stringify(currency)} is no currency of Amazon Pay`,
    );
  }
  if (value > 999_999_999_999_999_999n || value < -999_999_999_999_999_999n) {
    throw new WriteReportError("write.value", `${column.name}: amounts have at most 18 digits`);
  }
  const digits = currencyDigits(currency);
  if (value === 0n && options.zeros !== "digits") return "0";
  const text = formatAmount(value, currency);
  const padded = digits === 0 && options.padDecimals === true ? `${text}.00` : text;
  return options.thousands === true ? grouped(padded) : padded;
}

function grouped(text: string): string {
  const [whole = "", fraction] = text.split(".");
  const separated = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

/** A time as reports write it. Their times have whole seconds; others are refused, not rounded. */
export function timeText(name: string, value: CellValue | undefined, options: WriteReportOptions): string {
  if (typeof value !== "number") throw mistyped(name, "milliseconds since 1970", value);
  if (!Number.isInteger(value / 1000) || value < 0 || value >= 253_402_214_400_000) {
    throw new WriteReportError(
      "write.value",
      `${name}: reports write whole seconds from 1970 to 9999, found ${value} milliseconds`,
    );
  }
  const text = formatReportTime(value, options.offsetMinutes ?? 0);
  return options.spaceBeforeOffset === false ? text.replace(" ", "") : text;
}

function mistyped(name: string, expected: string, value: CellValue | undefined): WriteReportError {
  return new WriteReportError(
    "write.value",
    `${name}: expected ${expected}, found ${value === null ? "null" : typeof value}`,
  );
}
