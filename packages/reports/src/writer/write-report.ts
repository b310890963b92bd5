import { Buffer } from "node:buffer";
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

/** Bytes are handed out in pieces of about this size. */
const PIECE = 64 * 1024;

/**
 * Writes a report file, from the same column table that the reader goes by: what is written reads back identically.
 *
 * @example
 * const rows = [{ values: { transactionPostedDate: 1443708407000, settlementId: "5984862222", … } }];
 * for await (const piece of writeReport("settlement", { sellerId: "A1", settlementStartDate, settlementEndDate }, rows)) …
 * @param rows typed as the reader gives them; a value that is missing or `null` becomes an empty cell
 * @throws WriteReportError for a value that would not read back as it is
 */
export async function* writeReport(
  kind: KnownReportKind,
  header: ReportHeader,
  rows: Iterable<WritableRow> | AsyncIterable<WritableRow>,
  options: WriteReportOptions = {},
): AsyncGenerator<Uint8Array, void, void> {
  const writer = new ReportWriter(kind, options);
  let text = writer.head(header);
  for await (const row of rows) {
    text += writer.row(row);
    if (text.length < PIECE) continue;
    yield Buffer.from(text);
    text = "";
  }
  text += writer.tail();
  if (text !== "") yield Buffer.from(text);
}

/** As {@link writeReport}, all at once and in memory: for reports that are small. */
export function reportBytes(
  kind: KnownReportKind,
  header: ReportHeader,
  rows: Iterable<WritableRow>,
  options: WriteReportOptions = {},
): Uint8Array {
  const writer = new ReportWriter(kind, options);
  const lines = [writer.head(header)];
  for (const row of rows) lines.push(writer.row(row));
  lines.push(writer.tail());
  return Buffer.from(lines.join(""));
}

class ReportWriter {
  readonly #layout: Layout;
  readonly #columns: readonly Column[];
  readonly #extra: readonly { name: string; key: string }[];
  readonly #options: WriteReportOptions;
  readonly #lineEnd: string;
  #pendingEnd = "";

  constructor(kind: KnownReportKind, options: WriteReportOptions) {
    checkOptions(options);
    this.#options = options;
    this.#layout = layoutOf(kind);
    this.#columns = chosenColumns(this.#layout, options.columns);
    this.#extra = (options.extraColumns ?? []).map((name, index) => ({
      name,
      key: columnKey(name, this.#columns.length + index),
    }));
    const known = new Set(this.#layout.columns.map((column) => plainName(column.name)));
    for (const { name } of this.#extra) {
      if (known.has(plainName(name)))
        throw new WriteReportError("write.column", `${name} is a column of the layout, not an extra one`);
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
    return before + line + (trailingComma ? "," : "");
  }

  #preamble(header: ReportHeader): string {
    const { sellerId, settlementStartDate, settlementEndDate } = header;
    const family = "Amazon Payments Advanced";
    const title = this.#layout.title ?? "";
    const first = this.#options.bareFirstLine === true ? family : `"${family}"`;
    this.#pendingEnd = this.#lineEnd;
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
  return keys.map((key) => {
    const column = layout.columns.find((candidate) => candidate.key === key);
    if (column === undefined)
      throw new WriteReportError("write.column", `a ${layout.kind} report has no column ${JSON.stringify(key)}`);
    return column;
  });
}
