import type { Buffer } from "node:buffer";
import { decodeCell } from "../csv/decode.ts";
import type { CellEncoding } from "../csv/encoding.ts";
import { SCAN, Tokenizer } from "../csv/tokenizer.ts";
import type { Layout } from "../layouts/layout.ts";
import { plainName, recogniseLayout, titledLayout } from "../layouts/recognise.ts";
import { refuseForeignLayout } from "./foreign-layout.ts";
import { UnusableReportError } from "../unusable-report-error.ts";
import { preambleValues, type PreambleLine, type PreambleValues } from "./preamble-values.ts";

/** First cell of files that begin with a preamble. */
const FAMILY = plainName("Amazon Payments Advanced");

/** A preamble has five lines; with more than this it is none. */
const MOST_PREAMBLE_LINES = 64;

/** What stands above the rows of a file. */
export interface Preamble extends PreambleValues {
  readonly layout: Layout | null;
  readonly columnNames: readonly string[];
  /** Physical line of the column names, from 1. */
  readonly line: number;
  /** Where the first row begins, in bytes and in physical lines before it. */
  readonly next: number;
  readonly linesBefore: number;
  readonly blankLines: number;
}

/**
 * Reads everything up to and with the column names, or gives `null` when that needs more bytes.
 *
 * Column names are searched for, not counted to: a settlement has five lines before them today.
 *
 * @throws UnusableReportError when there are none
 */
export function readPreamble(
  bytes: Buffer,
  start: number,
  end: number,
  last: boolean,
  encoding: CellEncoding,
): Preamble | null {
  const tokenizer = new Tokenizer();
  const lines: PreambleLine[] = [];
  let blankLines = 0;
  let linesBefore = 0;
  for (let at = start; at < end; at = tokenizer.next) {
    const result = tokenizer.scan(bytes, at, end, last);
    if (result === SCAN.incomplete && !last) return null;
    const line = linesBefore + 1;
    if (result === SCAN.incomplete || result === SCAN.damaged) {
      refuseOtherSeparators(bytes.toString("utf8", at, end), line);
      throw noColumns(line, lines.length > 0);
    }
    linesBefore += tokenizer.lines;
    if (result === SCAN.blank) {
      blankLines++;
      continue;
    }
    const cells = cellsOf(tokenizer, bytes, line, encoding);
    const names = cells.length > 1 && cells.at(-1) === "" ? cells.slice(0, -1) : cells;
    const titles = lines.map((one) => one.cells[0] ?? "");
    const layout = names.length > 1 ? (titledLayout(titles, names) ?? recogniseLayout(names)) : null;
    if (layout === null) refuseForeignLayout(cells, line);
    const inPreamble = layout === null && (lines.length > 0 || plainName(cells[0] ?? "") === FAMILY);
    if (inPreamble && lines.length < MOST_PREAMBLE_LINES) {
      lines.push({ cells, line, offset: at, length: tokenizer.next - at });
      continue;
    }
    if (layout === null && (inPreamble || !looksLikeNames(names))) throw noColumns(line, inPreamble);
    const values = preambleValues(layout, lines, line);
    return { ...values, layout, columnNames: names, line, next: tokenizer.next, linesBefore, blankLines };
  }
  if (!last) return null;
  throw noColumns(linesBefore, lines.length > 0);
}

function cellsOf(tokenizer: Tokenizer, bytes: Buffer, line: number, encoding: CellEncoding): string[] {
  const { starts, ends, flags } = tokenizer;
  return Array.from({ length: tokenizer.count }, (_, index) => {
    const text = decodeCell(bytes, starts[index] ?? 0, ends[index] ?? 0, flags[index] ?? 0, encoding);
    if (text !== null) return text.trim();
    throw new UnusableReportError(
      "file.binary",
      `line ${line} is no ${encoding.name} text; fetch the report again, or name its encoding`,
      { line },
    );
  });
}

/** Quoted cells between semicolons look like damage to a reader of commas. */
function refuseOtherSeparators(text: string, from: number): void {
  for (const [index, line] of text.split(/\r\n|\r|\n/, MOST_PREAMBLE_LINES).entries()) {
    refuseForeignLayout([line], from + index);
  }
}

function looksLikeNames(names: readonly string[]): boolean {
  return names.length > 1 && names.every((name) => name.length <= 128 && (name === "" || /^[\p{L}_]/u.test(name)));
}

function noColumns(line: number, inPreamble: boolean): UnusableReportError {
  const message = inPreamble
    ? `line ${line}: no line of column names such as TransactionPostedDate follows the preamble; the file was cut off: fetch the report again`
    : `line ${line}: this is not a line of comma-separated column names, so the file is no report of Amazon Pay`;
  return new UnusableReportError("file.no-column-header", message, { line });
}
