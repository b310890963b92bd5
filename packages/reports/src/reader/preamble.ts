import type { Buffer } from "node:buffer";
import { decodeCell } from "../csv/decode.ts";
import type { CellEncoding } from "../csv/encoding.ts";
import { SCAN, Tokenizer } from "../csv/tokenizer.ts";
import type { ErrorEvent, NoticeEvent, RowErrorCode } from "../events.ts";
import type { Layout } from "../layouts/layout.ts";
import { plainName, recogniseLayout, titledLayout } from "../layouts/recognise.ts";
import { UnusableReportError } from "../unusable-report-error.ts";
import { readTime } from "./cell.ts";
import { shownCell } from "./faults.ts";

interface ForeignLayout {
  readonly what: string;
  /** All of these are among its columns. */
  readonly columns: readonly string[];
}

/** Reports that are easily mistaken for those of Amazon Pay. */
const FOREIGN_LAYOUTS: readonly ForeignLayout[] = [
  {
    what: "a settlement file of Amazon Pay India, which is another service with another layout",
    columns: ["MerchantId", "OrderCommission", "NetSettlementAmount"],
  },
  {
    what: "a settlement file of the Amazon marketplace, not of Amazon Pay",
    columns: ["settlement-id", "settlement-start-date", "amount-type"],
  },
  {
    what: "a settlement file of the Amazon marketplace, not of Amazon Pay",
    columns: ["settlement-id", "settlement-start-date", "deposit-date"],
  },
];

const OTHER_SEPARATORS = [
  { separator: "\t", name: "tabs" },
  { separator: ";", name: "semicolons" },
  { separator: "|", name: "bars" },
];

/**
 * Refuses a line of column names that belongs to another service's report, or has another separator than the comma.
 *
 * @param cells of the line as commas separate them
 * @throws UnusableReportError
 */
function refuseForeignLayout(cells: readonly string[], line: number): void {
  const whole = cells.join(",");
  for (const { separator, name } of [{ separator: ",", name: "" }, ...OTHER_SEPARATORS]) {
    const names =
      separator === "," ? cells : whole.split(separator).map((cell) => cell.trim().replaceAll(/^"|"$/g, ""));
    if (names.length < 2) continue;
    const plain = new Set(names.map(plainName));
    const foreign = FOREIGN_LAYOUTS.find(({ columns }) => columns.every((column) => plain.has(plainName(column))));
    if (foreign !== undefined) {
      throw new UnusableReportError(
        "file.unsupported-layout",
        `line ${line}: this is ${foreign.what}; it is not supported`,
        { line },
      );
    }
    if (separator !== "," && recogniseLayout(names) !== null) {
      throw new UnusableReportError(
        "file.not-comma-separated",
        `line ${line}: the columns are separated by ${name} instead of commas, so another program has saved the file and may have changed its numbers; fetch the report again`,
        { line },
      );
    }
  }
}

/** One line above the column names. */
export interface PreambleLine {
  readonly cells: readonly string[];
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

/** What a preamble says, and what is wrong or new in it. */
export interface PreambleValues {
  readonly sellerId: string | null;
  readonly settlementStartDate: number | null;
  readonly settlementEndDate: number | null;
  readonly errors: readonly ErrorEvent[];
  readonly notices: readonly NoticeEvent[];
}

/** The values that a settlement's preamble must have. */
const NAMES = ["SellerId", "SettlementStartDate", "SettlementEndDate"] as const;

/**
 * Reads the values of a preamble. A missing or unreadable one is an error of its line, and the value `null`: the rows
 * below are as good as ever.
 */
function preambleValues(layout: Layout | null, lines: readonly PreambleLine[], columnLine: number): PreambleValues {
  const errors: ErrorEvent[] = [];
  const notices: NoticeEvent[] = [];
  if (layout?.title === undefined) return { ...NOTHING, errors, notices };
  if (lines.length === 0) {
    notices.push({
      type: "notice",
      code: "preamble.missing",
      line: columnLine,
      offset: 0,
      message: `line ${columnLine}: the report begins with its column names, so its seller and period are not known`,
    });
    return { ...NOTHING, errors, notices };
  }
  const found = new Map(lines.map((line) => [plainName(line.cells[0] ?? ""), line]));
  const value = (name: (typeof NAMES)[number]): string | null => {
    const line = found.get(plainName(name));
    const text = line?.cells[1] ?? "";
    if (text !== "") return text;
    errors.push(
      preambleError(line ?? lines[0], "preamble.missing-value", name, "expected a value in the preamble, found none"),
    );
    return null;
  };
  const instant = (name: (typeof NAMES)[number]): number | null => {
    const text = value(name);
    if (text === null) return null;
    const time = readTime(text);
    if (typeof time === "number") return time;
    const message = `expected ${time.expected}, found ${shownCell(text, "instant", false)}`;
    errors.push(preambleError(found.get(plainName(name)), "preamble.instant", name, message));
    return null;
  };
  const values = {
    sellerId: value("SellerId"),
    settlementStartDate: instant("SettlementStartDate"),
    settlementEndDate: instant("SettlementEndDate"),
  };
  errors.sort((left, right) => left.offset - right.offset);
  return { ...values, errors, notices: unknownLines(layout, lines) };
}

const NOTHING = { sellerId: null, settlementStartDate: null, settlementEndDate: null } as const;

function unknownLines(layout: Layout, lines: readonly PreambleLine[]): NoticeEvent[] {
  const known = new Set([...NAMES, layout.title ?? ""].map(plainName));
  return lines
    .slice(1)
    .filter((line) => !known.has(plainName(line.cells[0] ?? "")))
    .map(({ line, offset }) => ({
      type: "notice",
      code: "preamble.unknown-key",
      line,
      offset,
      message: `line ${line}: the preamble has a line that is not known; it was passed over`,
    }));
}

function preambleError(at: PreambleLine | undefined, code: RowErrorCode, column: string, text: string): ErrorEvent {
  const { line, offset, length } = at ?? { line: 1, offset: 0, length: 0 };
  const problem = { code, column, message: `${column}: ${text}; fetch the report again` };
  return {
    type: "error",
    line,
    offset,
    lines: 1,
    length,
    code,
    message: `line ${line}: ${problem.message}`,
    problems: [problem],
  };
}

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
