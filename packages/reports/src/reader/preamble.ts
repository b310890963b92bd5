import type { Buffer } from "node:buffer";
import { decodeCell } from "../csv/decode.ts";
import { SCAN, Tokenizer } from "../csv/tokenizer.ts";
import type { ErrorEvent, NoticeEvent } from "../events.ts";
import type { Layout } from "../layouts/layout.ts";
import { plainName, recogniseLayout } from "../layouts/recognise.ts";
import { UnusableReportError } from "../unusable-report-error.ts";
import { readTime } from "./cell.ts";
import { shownCell } from "./faults.ts";

/** First cell of files that begin with a preamble. */
const FAMILY = plainName("Amazon Payments Advanced");

/** A preamble has five lines; with more than this it is none. */
const MOST_PREAMBLE_LINES = 64;

/** What stands above the rows of a file. */
export interface Preamble {
  readonly layout: Layout | null;
  readonly columnNames: readonly string[];
  /** Physical line of the column names, from 1. */
  readonly line: number;
  /** Where the first row begins, in bytes and in physical lines before it. */
  readonly next: number;
  readonly linesBefore: number;
  readonly blankLines: number;
  readonly sellerId: string | null;
  readonly settlementStartDate: number | null;
  readonly settlementEndDate: number | null;
  readonly errors: readonly ErrorEvent[];
  readonly notices: readonly NoticeEvent[];
}

interface PreambleLine {
  readonly cells: readonly string[];
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads everything up to and with the column names, or `null` when that needs more bytes.
 *
 * Column names are searched for, not counted to: a settlement has five lines before them today.
 */
export function readPreamble(bytes: Buffer, start: number, end: number, last: boolean): Preamble | null {
  const tokenizer = new Tokenizer();
  const lines: PreambleLine[] = [];
  let at = start;
  let physical = 0;
  let blank = 0;
  let family = false;
  for (;;) {
    if (at >= end) {
      if (!last) return null;
      throw noColumns(physical, family);
    }
    const result = tokenizer.scan(bytes, at, end, last);
    if (result === SCAN.incomplete) return null;
    if (result === SCAN.damaged) throw noColumns(physical + 1, family);
    const cells = cellsOf(tokenizer, bytes, physical + 1);
    const line: PreambleLine = { cells, line: physical + 1, offset: at, length: tokenizer.next - at };
    at = tokenizer.next;
    physical += tokenizer.lines;
    if (result === SCAN.blank) {
      blank++;
      continue;
    }
    if (lines.length === 0 && !family && plainName(cells[0] ?? "") === FAMILY) {
      family = true;
      lines.push(line);
      continue;
    }
    const names = withoutTrailing(cells);
    const layout = names.length > 1 ? recogniseLayout(names) : null;
    if (layout === null && family) {
      lines.push(line);
      if (lines.length > MOST_PREAMBLE_LINES) throw noColumns(line.line, family);
      continue;
    }
    if (layout === null && !looksLikeNames(names)) throw noColumns(line.line, family);
    return {
      ...describe(layout, lines, line.line),
      layout,
      columnNames: names,
      line: line.line,
      next: at,
      linesBefore: physical,
      blankLines: blank,
    };
  }
}

function cellsOf(tokenizer: Tokenizer, bytes: Buffer, line: number): string[] {
  const cells: string[] = [];
  for (let index = 0; index < tokenizer.count; index++) {
    const text = decodeCell(
      bytes,
      tokenizer.starts[index] ?? 0,
      tokenizer.ends[index] ?? 0,
      tokenizer.flags[index] ?? 0,
    );
    if (text === null) {
      throw new UnusableReportError("file.binary", `line ${line} is not UTF-8 text; fetch the report again`, { line });
    }
    cells.push(text.trim());
  }
  return cells;
}

function withoutTrailing(cells: readonly string[]): readonly string[] {
  return cells.length > 1 && cells.at(-1) === "" ? cells.slice(0, -1) : cells;
}

function looksLikeNames(names: readonly string[]): boolean {
  return names.length > 1 && names.every((name) => name.length <= 128 && (name === "" || /^[\p{L}_]/u.test(name)));
}

function noColumns(line: number, family: boolean): UnusableReportError {
  return new UnusableReportError(
    "file.no-column-header",
    family
      ? `no line with column names such as TransactionPostedDate follows the preamble (read to line ${line}); the file is cut off or not a report: fetch it again`
      : `line ${line} is not a line of comma-separated column names; this is not a report file of Amazon Pay`,
    { line },
  );
}

const KEYS = {
  sellerid: "sellerId",
  settlementstartdate: "settlementStartDate",
  settlementenddate: "settlementEndDate",
} as const;

type Described = Pick<Preamble, "sellerId" | "settlementStartDate" | "settlementEndDate" | "errors" | "notices">;

function describe(layout: Layout | null, lines: readonly PreambleLine[], columnLine: number): Described {
  const found = new Map<string, PreambleLine>();
  const errors: ErrorEvent[] = [];
  const notices: NoticeEvent[] = [];
  const title = plainName(layout?.title ?? "");
  for (const line of lines.slice(1)) {
    const name = plainName(line.cells[0] ?? "");
    if (Object.hasOwn(KEYS, name)) found.set(name, line);
    else if (name !== title) {
      notices.push({
        type: "notice",
        code: "preamble.unknown-key",
        line: line.line,
        offset: line.offset,
        message: `line ${line.line}: the preamble has a line that is not known; it was passed over`,
      });
    }
  }
  if (layout?.kind !== "settlement") {
    return { sellerId: null, settlementStartDate: null, settlementEndDate: null, errors, notices };
  }
  if (lines.length === 0) {
    notices.push({
      type: "notice",
      code: "preamble.missing",
      line: columnLine,
      offset: 0,
      message: "this settlement report begins with its column names: seller and period are not known",
    });
    return { sellerId: null, settlementStartDate: null, settlementEndDate: null, errors, notices };
  }
  const value = (key: keyof typeof KEYS, name: string): string | null => {
    const line = found.get(key);
    const text = line?.cells[1] ?? "";
    if (text !== "") return text;
    const at = line ?? lines[0];
    errors.push(
      problem(at, "preamble.missing-value", name, `${name}: the preamble has no value for it; fetch the report again`),
    );
    return null;
  };
  const instant = (key: keyof typeof KEYS, name: string): number | null => {
    const text = value(key, name);
    if (text === null) return null;
    const time = readTime(text);
    if (typeof time === "number") return time;
    errors.push(
      problem(
        found.get(key),
        "preamble.instant",
        name,
        `${name}: expected ${time.expected}, found ${shownCell(text, "instant", false)}; ${time.remedy}`,
      ),
    );
    return null;
  };
  return {
    sellerId: value("sellerid", "SellerId"),
    settlementStartDate: instant("settlementstartdate", "SettlementStartDate"),
    settlementEndDate: instant("settlementenddate", "SettlementEndDate"),
    errors,
    notices,
  };
}

function problem(
  line: PreambleLine | undefined,
  code: "preamble.missing-value" | "preamble.instant",
  column: string,
  message: string,
): ErrorEvent {
  const at = line?.line ?? 1;
  return {
    type: "error",
    line: at,
    offset: line?.offset ?? 0,
    lines: 1,
    length: line?.length ?? 0,
    code,
    message: `line ${at}: ${message}`,
    problems: [{ code, column, message }],
  };
}
