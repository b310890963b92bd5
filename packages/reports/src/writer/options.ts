import { WriteReportError } from "../write-report-error.ts";

/** How a report is written. The defaults are what real files look like. */
export interface WriteReportOptions {
  /** Begin with a byte order mark. Default: `true` for settlements, `false` for others. */
  readonly bom?: boolean;
  /** Default `lf`. */
  readonly lineEnd?: "lf" | "crlf" | "cr";
  /** Write `"1,234.50"` for `"1234.50"`. Default `false`. */
  readonly thousands?: boolean;
  /** Offset of the clock that the times are written in, in minutes: -420 is `-0700`. Default 0. */
  readonly offsetMinutes?: number;
  /** A space between time and offset. Default `true`. */
  readonly spaceBeforeOffset?: boolean;
  /** An empty cell too many at the end of the column names. Default: `true` for settlements, `false` for others. */
  readonly headerTrailingComma?: boolean;
  /** The same at the end of each row. Default `false`. */
  readonly rowTrailingComma?: boolean;
  /** Write a zero as `"0"` or with the currency's digits. Default `bare`. */
  readonly zeros?: "bare" | "digits";
  /** Write whole amounts of currencies without decimals with two zeros: JPY `"1,234.00"`. Default `false`. */
  readonly padDecimals?: boolean;
  /** Default `all`. */
  readonly quoting?: "all" | "minimal";
  /** First line without quotes, as Seller Central downloads have it. Default `false`. */
  readonly bareFirstLine?: boolean;
  /** Names of further columns, after those of the layout: their texts are taken from `extra`, by key. Default none. */
  readonly extraColumns?: readonly string[];
  /** Keys of the layout's columns to write, in this order. Default: all, in the layout's order. */
  readonly columns?: readonly string[];
  /** A line end after the last row. Default `true`. */
  readonly finalLineEnd?: boolean;
}

/** Settings that a wrong type would turn into a wrong file. @throws WriteReportError `write.options` */
export function checkOptions(options: WriteReportOptions): void {
  const offset = options.offsetMinutes ?? 0;
  if (!Number.isInteger(offset) || Math.abs(offset) > 14 * 60) {
    throw new WriteReportError(
      "write.options",
      `offsetMinutes: expected whole minutes from -840 to 840, found ${offset}`,
    );
  }
}
