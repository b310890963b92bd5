import { csvLine } from "../csv/write.ts";
import type { KnownReportKind } from "../kind.ts";
import { columnKey } from "../layouts/column-key.ts";
import { layoutOf } from "../layouts/index.ts";
import type { CellValue, Column, Layout } from "../layouts/layout.ts";
import { plainName } from "../layouts/recognise.ts";
import { WriteReportError } from "../write-report-error.ts";
import { cellText, plainText, timeText } from "./cell-text.ts";
import { checkOptions, type WriteReportOptions } from "./options.ts";

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
