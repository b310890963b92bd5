import type { ErrorEvent, NoticeEvent, RowErrorCode } from "../events.ts";
import type { Layout } from "../layouts/layout.ts";
import { plainName } from "../layouts/recognise.ts";
import { readTime } from "./cell.ts";
import { shownCell } from "./faults.ts";

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
export function preambleValues(
  layout: Layout | null,
  lines: readonly PreambleLine[],
  columnLine: number,
): PreambleValues {
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
