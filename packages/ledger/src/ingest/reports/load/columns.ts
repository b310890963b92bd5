import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import type { CellValue, ReportColumn } from "@amazon-pay-kit/reports";

/** A column together with its place in the rows of the file. */
export interface PlacedColumn {
  readonly column: ReportColumn;
  readonly place: number;
}

/** The place of a column by its key; -1, where every row is empty, for a column that the rows of the file do not have. */
export function placesOf(columns: readonly ReportColumn[]): (key: string) => number {
  const places = new Map(columns.map((column, place) => [column.key, place]));
  return (key) => places.get(key) ?? -1;
}

function shown(value: CellValue, currency: CellValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return formatInstant(value);
  return typeof value === "bigint" && typeof currency === "string" ? formatAmount(value, currency) : String(value);
}

/**
 * Columns of a row as a JSON object, empty cells left out; `null` when all are empty.
 *
 * Instants are written `YYYY-MM-DDTHH:MM:SSZ`, amounts as plain decimals, as everywhere in the kit's JSON.
 *
 * @param currencyOf the place of the cell with an amount's currency
 */
export function jsonOf(
  columns: readonly PlacedColumn[],
  row: readonly CellValue[],
  currencyOf: ((column: ReportColumn) => number) | null,
): string | null {
  let object: Record<string, string> | null = null;
  for (const { column, place } of columns) {
    const value = row[place] ?? null;
    if (value === null) continue;
    object ??= {};
    object[column.known ? column.key : column.name] = shown(value, row[currencyOf?.(column) ?? -1] ?? null);
  }
  return object === null ? null : JSON.stringify(object);
}
