import { currencyDigits, formatAmount, formatReportTime, isCurrency } from "@amazon-pay-kit/money";
import { csvLine } from "../csv/write.ts";
import type { KnownReportKind } from "../kind.ts";
import { columnKey } from "../layouts/column-key.ts";
import { layoutOf } from "../layouts/index.ts";
import type { CellValue, Column, Layout } from "../layouts/layout.ts";
import { plainName } from "../layouts/recognise.ts";
import { WriteReportError } from "../write-report-error.ts";
import { checkOptions, type WriteReportOptions } from "./options.ts";

const HALF_PAIR = /\p{Surrogate}/u;

/** Control characters of ASCII but tab and line ends: the reader refuses them too. */
const UNWRITABLE = /(?=\p{Cc})[^\t\n\r\u0080-\u009f]/u;

/**
 * A typed value as the text of its cell.
 *
 * @throws WriteReportError for a value that would not read back as it is
 */
function cellText(
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
function plainText(name: string, value: CellValue | undefined): string {
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
function timeText(name: string, value: CellValue | undefined, options: WriteReportOptions): string {
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

/** What stands above the rows of a settlement; dates in milliseconds. Other reports have nothing there. */
export interface ReportHeader {
  readonly sellerId?: string | null;
  readonly settlementStartDate?: number | null;
  readonly settlementEndDate?: number | null;
}

/** A row to write: the same shape as a row event, so that what was read can be written as it is. */
export interface WritableRow {
  readonly values: Readonly<Record<string, CellValue | undefined>>;
  readonly extra?: Readonly<Record<string, string | null>>;
}

const LINE_BREAK = /\r\n|\r|\n/g;

/** Makes the text of a report line by line, from the column table of its layout. */
export class ReportWriter {
  readonly #layout: Layout;
  readonly #columns: readonly Column[];
  readonly #extra: readonly { name: string; key: string }[];
  readonly #options: WriteReportOptions;
  readonly #lineEnd: string;
  #pendingEnd = "";

  /** Physical line, from 1, on which the next row will start. */
  nextLine = 1;

  constructor(kind: KnownReportKind, options: WriteReportOptions) {
    checkOptions(options);
    this.#options = options;
    this.#layout = layoutOf(kind);
    this.#columns = chosenColumns(this.#layout, options.columns);
    this.#extra = (options.extraColumns ?? []).map((name, index) => ({
      name,
      key: columnKey(name, this.#columns.length + index),
    }));
    const taken = new Set(this.#layout.columns.map((column) => plainName(column.name)));
    for (const { name } of this.#extra) {
      const plain = plainName(name);
      if (taken.has(plain)) throw new WriteReportError("write.column", `${name}: the report has this column already`);
      taken.add(plain);
    }
    this.#lineEnd = { lf: "\n", crlf: "\r\n", cr: "\r" }[options.lineEnd ?? "lf"];
  }

  head(header: ReportHeader): string {
    const settlement = this.#layout.kind === "settlement";
    let text = (this.#options.bom ?? settlement) ? "\uFEFF" : "";
    if (settlement) text += this.#preamble(header);
    const names = [...this.#columns, ...this.#extra].map((column) => column.name);
    return text + this.#line(names, this.#options.headerTrailingComma ?? settlement);
  }

  row(row: WritableRow): string {
    const cells = this.#columns.map((column) => cellText(column, row.values[column.key], row.values, this.#options));
    for (const { name, key } of this.#extra) cells.push(plainText(name, row.extra?.[key]));
    return this.#line(cells, this.#options.rowTrailingComma ?? false);
  }

  tail(): string {
    return this.#options.finalLineEnd === false ? "" : this.#pendingEnd;
  }

  /** A line without its end, after the end of the line before: so the last one may go without. */
  #line(cells: readonly string[], trailingComma: boolean): string {
    const before = this.#pendingEnd;
    this.#pendingEnd = this.#lineEnd;
    const line = csvLine(cells, { quoting: this.#options.quoting ?? "all", lineEnd: "" });
    this.nextLine += 1 + (line.match(LINE_BREAK)?.length ?? 0);
    return before + line + (trailingComma ? "," : "");
  }

  #preamble(header: ReportHeader): string {
    const { sellerId, settlementStartDate, settlementEndDate } = header;
    if (sellerId === undefined || sellerId === null || sellerId.trim() === "") {
      throw new WriteReportError("write.required", "SellerId: a settlement names its seller");
    }
    const family = "Amazon Payments Advanced";
    const title = this.#layout.title ?? "";
    const first = this.#options.bareFirstLine === true ? family : `"${family}"`;
    this.#pendingEnd = this.#lineEnd;
    this.nextLine++;
    return (
      `${first},` +
      this.#line([title], true) +
      this.#line(["SellerId", plainText("SellerId", sellerId)], false) +
      this.#line(["SettlementStartDate", timeText("SettlementStartDate", settlementStartDate, this.#options)], false) +
      this.#line(["SettlementEndDate", timeText("SettlementEndDate", settlementEndDate, this.#options)], false)
    );
  }
}

function chosenColumns(layout: Layout, keys: readonly string[] | undefined): readonly Column[] {
  if (keys === undefined) return layout.columns;
  const missing = layout.columns.find((column) => column.required === true && !keys.includes(column.key));
  if (missing !== undefined) {
    throw new WriteReportError("write.column", `${missing.name}: a ${layout.kind} report cannot be read without it`);
  }
  return keys.map((key, index) => {
    const column = layout.columns.find((candidate) => candidate.key === key);
    if (column === undefined || keys.indexOf(key) !== index) {
      throw new WriteReportError("write.column", `${key}: not a column of ${layout.kind} reports, or there twice`);
    }
    return column;
  });
}
