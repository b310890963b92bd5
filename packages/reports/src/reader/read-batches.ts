import type { ReportBatch } from "../batch.ts";
import type { HeaderEvent, NoticeEvent, SummaryEvent } from "../events.ts";
import { DEFAULT_BLOCK_BYTES, DEFAULT_ROW_BYTES, type ReadReportOptions } from "../options.ts";
import { ByteWindow } from "../source/byte-window.ts";
import { piecesOf, type ReportSource } from "../source/report-source.ts";
import { UnusableReportError } from "../unusable-report-error.ts";
import { planColumns, type ColumnPlan } from "./column-plan.ts";
import { readPreamble, type Preamble } from "./preamble.ts";
import { RowEngine } from "./row-engine.ts";

/**
 * Reads a report in batches of typed rows: the fast way in, for stores.
 *
 * Memory stays flat: a batch is what one block of the file holds, and the next block is read when the next batch is
 * asked for.
 *
 * @throws UnusableReportError when the file as a whole cannot be used
 */
export async function* readReportBatches(
  source: ReportSource,
  options: ReadReportOptions = {},
): AsyncGenerator<ReportBatch, void, void> {
  const reading = new Reading(options);
  for await (const chunk of piecesOf(source)) {
    options.signal?.throwIfAborted();
    for (const batch of reading.push(chunk)) yield batch;
  }
  yield reading.finish();
}

class Reading {
  readonly #options: ReadReportOptions;
  readonly #blockBytes: number;
  readonly #window: ByteWindow;
  #needed: number;
  #engine: RowEngine | null = null;
  #header: HeaderEvent | null = null;

  constructor(options: ReadReportOptions) {
    this.#options = options;
    this.#blockBytes = Math.max(1, options.blockBytes ?? DEFAULT_BLOCK_BYTES);
    this.#needed = this.#blockBytes;
    this.#window = new ByteWindow(this.#blockBytes * 2);
  }

  *push(chunk: Uint8Array): Generator<ReportBatch> {
    for (let at = 0; at < chunk.length; at += this.#blockBytes) {
      this.#window.append(chunk.subarray(at, at + this.#blockBytes));
      if (this.#window.end < this.#needed) continue;
      const batch = this.#read(false);
      if (batch !== null) yield batch;
    }
  }

  finish(): ReportBatch {
    const batch = this.#read(true);
    if (batch === null) throw new UnusableReportError("file.empty", "the file is empty; fetch the report again");
    return batch;
  }

  #read(last: boolean): ReportBatch | null {
    const window = this.#window;
    const engine = (this.#engine ??= this.#begin(last));
    if (engine === null || this.#header === null) {
      this.#needed = window.end * 2;
      return null;
    }
    window.drop(engine.consume(window.bytes, window.end, window.base, last));
    this.#needed = Math.max(this.#blockBytes, window.end * 2);
    const taken = engine.takeRows();
    const summary = last ? this.#summary(engine) : null;
    return { header: this.#header, ...taken, summary };
  }

  #begin(last: boolean): RowEngine | null {
    const window = this.#window;
    const limit = this.#options.limits?.rowBytes ?? DEFAULT_ROW_BYTES;
    const { bytes, end } = window;
    if (end < 3 && !last) return null;
    const start = end >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    if (last && bytes.toString("latin1", start, end).trim() === "") {
      throw new UnusableReportError("file.empty", "the file is empty; fetch the report again");
    }
    const preamble = readPreamble(bytes, start, end, last);
    if (preamble === null) {
      if (end < limit) return null;
      throw new UnusableReportError(
        "file.no-column-header",
        `no line with column names within the first ${limit} bytes; this is not a report file`,
      );
    }
    const personalData = this.#options.personalData ?? "keep";
    const plan = planColumns(preamble.layout, preamble.columnNames, preamble.line, personalData);
    this.#header = headerOf(preamble, plan);
    const engine = new RowEngine(
      plan,
      {
        mask: personalData === "mask",
        strict: this.#options.strict === true,
        errorLimit: this.#options.errorLimit ?? Number.POSITIVE_INFINITY,
        rowBytes: limit,
      },
      preamble.linesBefore,
      preamble.blankLines,
    );
    engine.errors.push(...preamble.errors);
    engine.errorCount += preamble.errors.length;
    engine.notices.push(...preamble.notices, ...columnNotices(plan, preamble, this.#options.strict === true));
    window.drop(preamble.next);
    return engine;
  }

  #summary(engine: RowEngine): SummaryEvent {
    return {
      type: "summary",
      rows: engine.rowCount,
      errors: engine.errorCount,
      totals: engine.totals.result(),
      lines: { ...engine.account },
      bytes: this.#window.base + this.#window.end,
    };
  }
}

function headerOf(preamble: Preamble, plan: ColumnPlan): HeaderEvent {
  const settlement =
    plan.kind === "settlement"
      ? {
          sellerId: preamble.sellerId,
          settlementStartDate: preamble.settlementStartDate,
          settlementEndDate: preamble.settlementEndDate,
        }
      : {};
  return { type: "header", report: plan.kind, ...settlement, columns: plan.columns, line: preamble.line };
}

function columnNotices(plan: ColumnPlan, preamble: Preamble, strict: boolean): NoticeEvent[] {
  if (plan.kind === "unknown") return [];
  if (strict && plan.unknown.length > 0) {
    throw new UnusableReportError(
      "file.unknown-column",
      `line ${preamble.line}: the column ${JSON.stringify(plan.unknown[0])} is not known, and strict reading was asked for`,
      { line: preamble.line },
    );
  }
  return plan.unknown.map((column) => ({
    type: "notice",
    code: "drift.column",
    line: preamble.line,
    offset: 0,
    column,
    message: `line ${preamble.line}: the column ${JSON.stringify(column)} is new; its values are kept under "extra"`,
  }));
}
