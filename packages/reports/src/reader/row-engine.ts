import type { Buffer } from "node:buffer";
import { nextLine, SCAN, Tokenizer } from "../csv/tokenizer.ts";
import type { ErrorEvent, LineAccount, NoticeEvent, RowProblem } from "../events.ts";
import type { CellValue } from "../layouts/layout.ts";
import { UnusableReportError } from "../unusable-report-error.ts";
import type { ColumnPlan } from "./column-plan.ts";
import { FallbackRow } from "./fallback.ts";
import { FastPathRow } from "./fast-path.ts";
import { cellCountProblem, overlongProblem, quoteProblem, unterminatedProblem } from "./faults.ts";
import type { Preamble } from "./preamble.ts";
import { SchemaDrift } from "./schema-drift.ts";
import type { ReadSettings } from "./settings.ts";
import { Totals } from "./totals.ts";

/** What has been read since the last batch was handed out. */
export class RowBatch {
  readonly rows: (readonly CellValue[])[] = [];
  readonly lines: number[] = [];
  readonly offsets: number[] = [];
  readonly errors: ErrorEvent[] = [];
  readonly notices: NoticeEvent[] = [];
}

/** Some bytes of a file: `bytes` up to `end`, of which the first stands at `base`. A zero follows at `bytes[end]`. */
export interface ByteBlock {
  readonly bytes: Buffer;
  readonly end: number;
  readonly base: number;
  /** Whether nothing follows. */
  readonly last: boolean;
}

/**
 * A batch is handed out once it holds this many rows and errors, though the block may hold more: a quote that is never
 * closed makes blocks large, and two bytes of such a block may be an error with its message.
 */
const MOST_IN_BATCH = 4096;

/**
 * Turns the bytes below the column names into typed rows and errors, one block after another.
 *
 * Every physical line ends in exactly one of: a row, an error, the blank lines. A record that the careful reading
 * cannot follow costs its first line only; the next line gets its own chance. So damage never hides a good row, however
 * a quote went missing.
 */
export class RowEngine {
  rowCount = 0;
  errorCount: number;
  /** Lines seen so far; those that are rows are what the others leave. */
  readonly account: { -readonly [K in keyof LineAccount]: number };
  readonly totals: Totals;

  readonly #plan: ColumnPlan;
  readonly #settings: ReadSettings;
  readonly #tokenizer = new Tokenizer();
  readonly #probe = new Tokenizer();
  readonly #fallback: FallbackRow;
  readonly #fast: FastPathRow | null;
  #batch = new RowBatch();
  /** Where a line that is too long began, while its end is looked for. */
  #overlongFrom = -1;

  constructor(plan: ColumnPlan, preamble: Preamble, notices: readonly NoticeEvent[], settings: ReadSettings) {
    this.#plan = plan;
    this.#settings = settings;
    this.totals = new Totals(plan.totals);
    const drift = new SchemaDrift();
    this.#fallback = new FallbackRow(plan, settings, drift, this.totals);
    this.#fast = settings.fast ? new FastPathRow(plan, settings, drift, this.totals) : null;
    const { linesBefore, blankLines } = preamble;
    this.account = { total: linesBefore, header: linesBefore - blankLines, rows: 0, errors: 0, blank: blankLines };
    this.errorCount = preamble.errors.length;
    this.#batch.errors.push(...preamble.errors);
    this.#batch.notices.push(...notices);
  }

  /** Hands over what was found since the last call. */
  takeBatch(): RowBatch {
    const batch = this.#batch;
    this.#batch = new RowBatch();
    return batch;
  }

  /** Whether the last {@link consume} ended because the batch is full, and not because more bytes are needed. */
  full = false;

  /** Reads rows until more bytes are needed or the batch is full, and says how many bytes are done with. */
  consume(block: ByteBlock): number {
    const { bytes, end, base } = block;
    const fast = this.#fast;
    const text = fast === null ? "" : bytes.toString("latin1", 0, end);
    const { rows, lines, offsets, errors } = this.#batch;
    const rowsBefore = rows.length;
    let at = 0;
    this.full = false;
    while (at < end) {
      if (rows.length + errors.length >= MOST_IN_BATCH) {
        this.full = true;
        break;
      }
      if (fast !== null && this.#overlongFrom < 0) {
        const next = fast.read(bytes, text, at, end);
        if (next > 0) {
          rows.push(fast.row);
          lines.push(this.account.total + 1);
          this.account.total += fast.lines;
          offsets.push(base + at);
          at = next;
          continue;
        }
      }
      const next = this.#overlongFrom < 0 ? this.#record(block, at) : this.#endOverlong(block, at);
      if (next < 0) break;
      at = next;
    }
    this.rowCount += rows.length - rowsBefore;
    const { account } = this;
    account.rows = account.total - account.header - account.errors - account.blank;
    return at;
  }

  #record(block: ByteBlock, at: number): number {
    const { rowBytes } = this.#settings;
    const tokenizer = this.#tokenizer;
    // Never further than a row may reach: so what is found does not depend on how many bytes happen to be read.
    const end = Math.min(block.end, at + rowBytes);
    const last = block.last && end === block.end;
    switch (tokenizer.scan(block.bytes, at, end, last)) {
      case SCAN.blank:
        this.account.blank += tokenizer.lines;
        this.account.total += tokenizer.lines;
        return tokenizer.next;
      case SCAN.record:
        return this.#complete(block, at);
      case SCAN.damaged:
        return this.#damagedLine(block, at, quoteProblem(tokenizer.problem, tokenizer.problemCell, this.#plan));
      case SCAN.incomplete:
        if (!last && end - at < rowBytes) return -1;
        return this.#damagedLine(block, at, unterminatedProblem(last, rowBytes));
    }
  }

  #complete(block: ByteBlock, at: number): number {
    const { next, lines, count, starts, ends } = this.#tokenizer;
    const expected = this.#plan.cells.length;
    const trailing = count === expected + 1 && starts[expected] === ends[expected] && !this.#settings.strict;
    if (count !== expected && !trailing) {
      const problem = cellCountProblem(expected, count);
      if (lines > 1 && this.#hidesRow(block, at, next)) return this.#damagedLine(block, at, problem);
      return this.#error(block, at, next, lines, [problem]);
    }
    const line = this.account.total + 1;
    const offset = block.base + at;
    const row = this.#fallback.read(block.bytes, this.#tokenizer, line, offset);
    if (this.#fallback.notices.length > 0) this.#batch.notices.push(...this.#fallback.notices);
    if (this.#fallback.problems.length > 0) return this.#error(block, at, next, lines, this.#fallback.problems);
    this.#batch.rows.push(row);
    this.#batch.lines.push(line);
    this.#batch.offsets.push(offset);
    this.account.total += lines;
    return next;
  }

  /** Whether one of the later lines that a record has swallowed is a full row by itself. */
  #hidesRow({ bytes }: ByteBlock, start: number, end: number): boolean {
    for (let at = nextLine(bytes, start, end, true); at < end; at = nextLine(bytes, at, end, true)) {
      const result = this.#probe.scan(bytes, at, end, true);
      if (result === SCAN.record && this.#probe.count === this.#plan.cells.length) return true;
    }
    return false;
  }

  /** Reports the line at `at` alone and goes on with the next one. */
  #damagedLine(block: ByteBlock, at: number, problem: RowProblem): number {
    const end = Math.min(block.end, at + this.#settings.rowBytes);
    const next = nextLine(block.bytes, at, end, block.last && end === block.end);
    if (next >= 0) return this.#error(block, at, next, 1, [problem]);
    if (end - at < this.#settings.rowBytes) return -1;
    this.#overlongFrom = block.base + at;
    return this.#endOverlong(block, at);
  }

  #endOverlong(block: ByteBlock, at: number): number {
    const { bytes, end, base, last } = block;
    const next = nextLine(bytes, at, end, last);
    // A CR at the very end may be half of a line end, so it is kept; all before it can go.
    if (next < 0) return bytes[end - 1] === 0x0d ? (at < end - 1 ? end - 1 : -1) : end;
    const from = this.#overlongFrom - base;
    this.#overlongFrom = -1;
    return this.#error(block, from, next, 1, [overlongProblem(this.#settings.rowBytes)]);
  }

  #error(block: ByteBlock, at: number, next: number, lines: number, problems: readonly RowProblem[]): number {
    const line = this.account.total + 1;
    const message = `line ${line}: ${problems.map((problem) => problem.message).join("; ")}`;
    const code = problems[0]?.code ?? "row.cell-count";
    this.#batch.errors.push({
      type: "error",
      line,
      offset: block.base + at,
      lines,
      length: next - at,
      code,
      message,
      problems,
    });
    this.errorCount++;
    this.account.errors += lines;
    this.account.total += lines;
    if (this.errorCount > this.#settings.errorLimit) {
      throw new UnusableReportError(
        "file.too-many-errors",
        `line ${line}: more than ${this.#settings.errorLimit} errors, so the file is given up here; see what the first ones say, or raise the limit`,
        { line },
      );
    }
    return next;
  }
}
