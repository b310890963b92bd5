import type { Buffer } from "node:buffer";
import { decodeCell } from "../csv/decode.ts";
import { CELL, nextLine, SCAN, Tokenizer } from "../csv/tokenizer.ts";
import type { ErrorEvent, LineAccount, NoticeEvent, RowErrorCode, RowProblem } from "../events.ts";
import type { CellValue } from "../layouts/layout.ts";
import { UnusableReportError } from "../unusable-report-error.ts";
import { CellFault, readAmount, readCurrency, readTime } from "./cell.ts";
import type { ColumnPlan, PlannedCell } from "./column-plan.ts";
import { Drift } from "./drift.ts";
import { cellProblem, shownCell } from "./faults.ts";
import { Totals } from "./totals.ts";

/** What the engine needs to know beside its plan. */
export interface EngineSettings {
  readonly mask: boolean;
  readonly strict: boolean;
  readonly errorLimit: number;
  readonly rowBytes: number;
}

/** What stands in place of masked values. */
export const MASK = "***";

/**
 * Turns the bytes below the column names into typed rows and errors, one block after another.
 *
 * It reads from the window it is given and says how far it came; what it left is to be given again, with more behind it.
 */
export class RowEngine {
  rows: CellValue[][] = [];
  lines: number[] = [];
  offsets: number[] = [];
  errors: ErrorEvent[] = [];
  notices: NoticeEvent[] = [];
  readonly account: { -readonly [K in keyof LineAccount]: number };
  rowCount = 0;
  errorCount = 0;
  readonly totals: Totals;

  readonly #plan: ColumnPlan;
  readonly #settings: EngineSettings;
  readonly #tokenizer = new Tokenizer();
  readonly #probe = new Tokenizer();
  readonly #drift: Drift;
  #skipping: { line: number; offset: number } | null = null;

  constructor(plan: ColumnPlan, settings: EngineSettings, headerLines: number, blankLines: number) {
    this.#plan = plan;
    this.#settings = settings;
    this.#drift = new Drift((notice) => this.notices.push(notice));
    this.totals = new Totals(plan.totals);
    this.account = { total: headerLines, header: headerLines - blankLines, rows: 0, errors: 0, blank: blankLines };
  }

  /** Hands over what was found since the last call. */
  takeRows(): Pick<RowEngine, "rows" | "lines" | "offsets" | "errors" | "notices"> {
    const { rows, lines, offsets, errors, notices } = this;
    this.rows = [];
    this.lines = [];
    this.offsets = [];
    this.errors = [];
    this.notices = [];
    return { rows, lines, offsets, errors, notices };
  }

  /**
   * Reads rows until more bytes are needed.
   *
   * @param base place of `bytes[0]` in the file
   * @returns how many bytes are done with
   */
  consume(bytes: Buffer, end: number, base: number, last: boolean): number {
    let at = 0;
    while (at < end) {
      const next =
        this.#skipping === null ? this.#record(bytes, at, end, base, last) : this.#skip(bytes, at, end, base, last);
      if (next < 0) break;
      at = next;
    }
    return at;
  }

  #record(bytes: Buffer, at: number, end: number, base: number, last: boolean): number {
    const tokenizer = this.#tokenizer;
    const result = tokenizer.scan(bytes, at, end, last);
    switch (result) {
      case SCAN.blank:
        this.account.blank += tokenizer.lines;
        this.account.total += tokenizer.lines;
        return tokenizer.next;
      case SCAN.record:
        return this.#complete(bytes, at, end, base, last);
      case SCAN.damaged:
        return this.#damagedLine(bytes, at, end, base, last, this.#quoteProblem());
      case SCAN.incomplete:
        if (last || end - at >= this.#settings.rowBytes) return this.#overlong(bytes, at, end, base, last);
        return -1;
    }
  }

  #complete(bytes: Buffer, at: number, end: number, base: number, last: boolean): number {
    const tokenizer = this.#tokenizer;
    const { next, lines, count } = tokenizer;
    const expected = this.#plan.cells.length;
    const trailing =
      count === expected + 1 && tokenizer.starts[expected] === tokenizer.ends[expected] && !this.#settings.strict;
    if (count !== expected && !trailing) {
      const problem: RowProblem = {
        code: "row.cell-count",
        message: `expected ${expected} cells, as the header line has, found ${count}; a separator or a quote is missing or too many, or the line was cut off`,
      };
      if (lines > 1 && this.#hidesRow(bytes, at, next, last && next === end)) {
        return this.#damagedLine(bytes, at, end, base, last, problem);
      }
      return this.#error(at, next, lines, base, [problem]);
    }
    const line = this.account.total + 1;
    const problems: RowProblem[] = [];
    const row = this.#typed(bytes, line, base + at, problems);
    if (problems.length > 0) return this.#error(at, next, lines, base, problems);
    this.rows.push(row);
    this.lines.push(line);
    this.offsets.push(base + at);
    this.rowCount++;
    this.account.rows += lines;
    this.account.total += lines;
    return next;
  }

  /** Whether one of the later lines that a record has swallowed is a full row by itself. */
  #hidesRow(bytes: Buffer, start: number, end: number, last: boolean): boolean {
    const expected = this.#plan.cells.length;
    for (let at = nextLine(bytes, start, end, true); at < end; at = nextLine(bytes, at, end, true)) {
      if (this.#probe.scan(bytes, at, end, last) === SCAN.record && this.#probe.count === expected) return true;
    }
    return false;
  }

  #typed(bytes: Buffer, line: number, offset: number, problems: RowProblem[]): CellValue[] {
    const { cells, columns } = this.#plan;
    const texts: (string | null)[] = [];
    for (const [position, cell] of cells.entries()) texts.push(this.#text(bytes, position, cell, problems));
    const row: CellValue[] = Array.from<CellValue>({ length: columns.length }).fill(null);
    const amounts: { cell: PlannedCell; currency: string; minor: bigint }[] = [];
    for (const [position, cell] of cells.entries()) {
      const text = texts[position] ?? "";
      if (texts[position] === null) continue;
      if (text === "") {
        if (cell.required) {
          problems.push(
            cellProblem(
              cell.name,
              "an empty cell",
              new CellFault("cell.required", `${article(cell)}, never an empty cell`),
            ),
          );
        }
        continue;
      }
      const value = this.#value(cell, text, texts, problems);
      if (typeof value === "bigint" && cell.total >= 0) {
        amounts.push({ cell, currency: texts[cell.currencyCell] ?? "", minor: value });
      }
      if (cell.vocabulary !== null) this.#watch(cell, text, line, offset, problems);
      if (cell.slot >= 0) row[cell.slot] = cell.personal && this.#settings.mask ? MASK : value;
    }
    if (problems.length === 0)
      for (const { cell, currency, minor } of amounts) this.totals.add(currency, cell.total, minor);
    return row;
  }

  #text(bytes: Buffer, position: number, cell: PlannedCell, problems: RowProblem[]): string | null {
    const tokenizer = this.#tokenizer;
    const flags = tokenizer.flags[position] ?? 0;
    if ((flags & CELL.control) !== 0) {
      problems.push(
        cellProblem(
          cell.name,
          "a control character",
          new CellFault(
            "cell.control-character",
            "printable text",
            "the file was damaged on its way: fetch the report again",
          ),
        ),
      );
      return null;
    }
    const text = decodeCell(bytes, tokenizer.starts[position] ?? 0, tokenizer.ends[position] ?? 0, flags);
    if (text === null) {
      problems.push(
        cellProblem(
          cell.name,
          "bytes that are none",
          new CellFault(
            "cell.encoding",
            "UTF-8 text",
            "the file was saved in another encoding or damaged: fetch the report again",
          ),
        ),
      );
    }
    return text;
  }

  #value(cell: PlannedCell, text: string, texts: readonly (string | null)[], problems: RowProblem[]): CellValue {
    if (cell.type === "text") return text;
    let value: CellValue | CellFault;
    if (cell.type === "instant") value = readTime(text);
    else if (cell.type === "currency") value = readCurrency(text);
    else {
      const currency = texts[cell.currencyCell] ?? "";
      if (currency === "") value = new CellFault("cell.currency", "a currency code in the same row");
      else if (readCurrency(currency) instanceof CellFault) return null;
      else value = readAmount(text, currency);
    }
    if (!(value instanceof CellFault)) return value;
    problems.push(cellProblem(cell.name, shownCell(text, cell.type, cell.personal), value));
    return null;
  }

  #watch(cell: PlannedCell, text: string, line: number, offset: number, problems: RowProblem[]): void {
    if (cell.vocabulary === null || !this.#drift.isNew(cell, text, line, offset) || !this.#settings.strict) return;
    problems.push({
      code: "cell.unknown-word",
      column: cell.name,
      message: `${cell.name}: a word that is not known, and strict reading was asked for`,
    });
  }

  #quoteProblem(): RowProblem {
    const { problem, problemCell } = this.#tokenizer;
    const name = this.#plan.cells[problemCell]?.name;
    const where = name === undefined ? `cell ${problemCell + 1}` : `cell ${problemCell + 1} (${name})`;
    return {
      code: "row.quote",
      ...(name === undefined ? {} : { column: name }),
      message:
        problem === "text-after-quoted-cell"
          ? `${where}: expected a comma or a line end after the closing quote; a quote inside a cell must be doubled`
          : `${where}: expected no quote in a cell that does not begin with one; a quote is missing before it`,
    };
  }

  /** Reports the line at `at` alone and goes on with the next one, so that damage never hides a good row. */
  #damagedLine(bytes: Buffer, at: number, end: number, base: number, last: boolean, problem: RowProblem): number {
    const next = nextLine(bytes, at, end, last);
    if (next >= 0) return this.#error(at, next, 1, base, [problem]);
    if (end - at < this.#settings.rowBytes) return -1;
    return this.#startSkipping(at, end, base);
  }

  #overlong(bytes: Buffer, at: number, end: number, base: number, last: boolean): number {
    if (nextLine(bytes, at, end, last) < 0) return this.#startSkipping(at, end, base);
    return this.#damagedLine(bytes, at, end, base, last, {
      code: "row.unterminated-quote",
      message: last
        ? "a cell begins with a quote that no other quote ends before the file does"
        : `a cell begins with a quote that no other quote ends within ${this.#settings.rowBytes} bytes`,
    });
  }

  #startSkipping(at: number, end: number, base: number): number {
    this.#skipping = { line: this.account.total + 1, offset: base + at };
    return end;
  }

  #skip(bytes: Buffer, at: number, end: number, base: number, last: boolean): number {
    const next = nextLine(bytes, at, end, last);
    const from = this.#skipping;
    if (from === null) return at;
    if (next < 0) return bytes[end - 1] === 0x0d ? (at < end - 1 ? end - 1 : -1) : end;
    this.#skipping = null;
    return this.#error(from.offset - base, next, 1, base, [
      {
        code: "row.too-long",
        message: `the line is longer than ${this.#settings.rowBytes} bytes; a line break is missing, or this is no report`,
      },
    ]);
  }

  #error(at: number, next: number, lines: number, base: number, problems: readonly RowProblem[]): number {
    const line = this.account.total + 1;
    const code: RowErrorCode = problems[0]?.code ?? "row.cell-count";
    this.errors.push({
      type: "error",
      line,
      offset: base + at,
      lines,
      length: next - at,
      code,
      message: `line ${line}: ${problems.map((problem) => problem.message).join("; ")}`,
      problems,
    });
    this.errorCount++;
    this.account.errors += lines;
    this.account.total += lines;
    if (this.errorCount > this.#settings.errorLimit) {
      throw new UnusableReportError(
        "file.too-many-errors",
        `line ${line}: more than ${this.#settings.errorLimit} rows cannot be read, so the file is given up; first see why, or raise the limit`,
        { line },
      );
    }
    return next;
  }
}

function article(cell: PlannedCell): string {
  return { text: "a text", instant: "a time", amount: "an amount", currency: "a currency code" }[cell.type];
}
