import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import type { HeaderEvent, NoticeEvent, ReportEvent, RowEvent, SummaryEvent } from "./events.ts";
import { LAYOUTS } from "./layouts/index.ts";
import type { CellValue, Column } from "./layouts/layout.ts";

/** A line of `apay parse --format ndjson`, fit for `JSON.stringify`. */
export type ContractLine = Readonly<Record<string, unknown>>;

const CURRENCY_KEYS: ReadonlyMap<string, string> = new Map(
  LAYOUTS.flatMap((layout): readonly Column[] => layout.columns).flatMap(({ key, currency }) =>
    currency === undefined ? [] : [[key, currency]],
  ),
);

/**
 * One event as an object of `apay parse --format ndjson`.
 *
 * Instants become `YYYY-MM-DDTHH:MM:SSZ`, amounts plain decimal texts with exactly the currency's digits. Notices are
 * no part of that output: they give `null`, and belong on stderr.
 *
 * @example
 * for await (const event of readReport(source)) {
 *   const line = toContractLine(event);
 *   if (line !== null) process.stdout.write(`${JSON.stringify(line)}\n`);
 * }
 */
export function toContractLine(event: Exclude<ReportEvent, NoticeEvent>): ContractLine;
export function toContractLine(event: ReportEvent): ContractLine | null;
export function toContractLine(event: ReportEvent): ContractLine | null {
  switch (event.type) {
    case "header":
      return headerLine(event);
    case "row":
      return rowLine(event);
    case "error":
      return { type: "error", line: event.line, code: event.code, message: event.message };
    case "notice":
      return null;
    case "summary":
      return { type: "summary", rows: event.rows, errors: event.errors, totals: totalsText(event) };
  }
}

function headerLine(event: HeaderEvent): ContractLine {
  if (event.report !== "settlement") return { type: "header", report: event.report };
  return {
    type: "header",
    report: event.report,
    sellerId: event.sellerId ?? null,
    settlementStartDate: instantText(event.settlementStartDate),
    settlementEndDate: instantText(event.settlementEndDate),
  };
}

function instantText(instant: number | null | undefined): string | null {
  return instant === null || instant === undefined ? null : formatInstant(instant);
}

function rowLine({ line, values, extra }: RowEvent): ContractLine {
  const texts: Record<string, string | null> = {};
  for (const key of Object.keys(values)) texts[key] = valueText(key, values);
  return extra === undefined ? { type: "row", line, values: texts } : { type: "row", line, values: texts, extra };
}

function valueText(key: string, values: Readonly<Record<string, CellValue>>): string | null {
  const value = values[key] ?? null;
  if (typeof value === "number") return formatInstant(value);
  if (typeof value === "bigint") return formatAmount(value, String(values[CURRENCY_KEYS.get(key) ?? "currencyCode"]));
  return value;
}

function totalsText(event: SummaryEvent): Record<string, Record<string, string>> {
  const totals: Record<string, Record<string, string>> = {};
  for (const [currency, sums] of Object.entries(event.totals)) {
    totals[currency] = Object.fromEntries(
      Object.entries(sums).map(([key, minor]) => [key, formatAmount(minor, currency)]),
    );
  }
  return totals;
}
