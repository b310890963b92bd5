import type { Buffer } from "node:buffer";
import type { ReportBatch } from "../batch.ts";
import type { HeaderEvent, NoticeEvent, SummaryEvent } from "../events.ts";
import { DEFAULT_BLOCK_BYTES, type ReadReportOptions } from "../options.ts";
import { ByteWindow } from "../source/byte-window.ts";
import { HEAD_BYTES, refuseForeignContent } from "./foreign-content.ts";
import { UnusableReportError } from "../unusable-report-error.ts";
import { planColumns, type ColumnPlan } from "./column-plan.ts";
import { beginningOf } from "./beginning.ts";
import { readPreamble, type Preamble } from "./preamble.ts";
import { RowEngine } from "./row-engine.ts";
import { settingsOf, type ReadSettings } from "./settings.ts";

interface Begun {
  readonly engine: RowEngine;
  readonly header: HeaderEvent;
}

/**
 * One report on its way from bytes to batches. Bytes are pushed in, in pieces of any size; batches come out.
 */
export class Reading {
  readonly #settings: ReadSettings;
  readonly #blockBytes: number;
  readonly #window: ByteWindow;
  /** The window is read once it holds this many bytes: reading again after each small piece would take quadratic time. */
  #needed: number;
  #begun: Begun | null = null;

  /** @param fast see {@link ReadSettings.fast} */
  constructor(options: ReadReportOptions, fast: boolean) {
    this.#settings = settingsOf(options, fast);
    this.#blockBytes = Math.max(1, Math.trunc(options.blockBytes ?? DEFAULT_BLOCK_BYTES));
    this.#needed = this.#blockBytes;
    this.#window = new ByteWindow(this.#blockBytes * 2);
  }

  /** Takes in some bytes and gives the batches that they complete. */
  *push(piece: Uint8Array): Generator<ReportBatch> {
    for (let at = 0; at < piece.length; at += this.#blockBytes) {
      this.#window.append(piece.subarray(at, at + this.#blockBytes));
      if (this.#window.end < this.#needed) continue;
      const begun = this.#begin(false);
      if (begun === null) this.#needed = this.#window.end * 2;
      else yield* this.#batches(begun, false);
    }
  }

  /** Gives the last batches; the very last has the summary. */
  *finish(): Generator<ReportBatch> {
    const begun = this.#begin(true);
    if (begun === null) throw new UnusableReportError("file.empty", "the file is empty; fetch the report again");
    yield* this.#batches(begun, true);
  }

  *#batches({ engine, header }: Begun, last: boolean): Generator<ReportBatch> {
    const window = this.#window;
    do {
      window.drop(engine.consume({ bytes: window.bytes, end: window.end, base: window.base, last }));
      yield { header, ...engine.takeBatch(), summary: last && !engine.full ? this.#summary(engine) : null };
    } while (engine.full);
    this.#needed = Math.max(this.#blockBytes, window.end * 2);
  }

  #begin(last: boolean): Begun | null {
    if (this.#begun !== null) return this.#begun;
    const window = this.#window;
    const { bytes, end } = window;
    const most = Math.max(this.#settings.rowBytes, HEAD_BYTES);
    // Always as many bytes, so that what is found does not depend on how they came.
    if (end < HEAD_BYTES && !last) return null;
    const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    refuseForeignContent(bytes.subarray(start, end), last, this.#settings.encoding);
    const preamble = readPreamble(bytes, start, Math.min(end, most), last && end <= most, this.#settings.encoding);
    if (preamble === null && end < most) return null;
    if (preamble === null) {
      throw new UnusableReportError(
        "file.no-column-header",
        `no line of column names ends within the first ${most} bytes; this is not a report file`,
      );
    }
    const plan = planOrRefuse(preamble, bytes.subarray(0, end), this.#settings);
    const notices = [...preamble.notices, ...columnNotices(plan, preamble, this.#settings.strict)];
    const engine = new RowEngine(plan, preamble, notices, this.#settings);
    window.drop(preamble.next);
    this.#begun = { engine, header: headerOf(preamble, plan) };
    return this.#begun;
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

/** Plans the columns. A file that lacks one is still a certain report: whoever has to fetch it again is told which. */
function planOrRefuse(preamble: Preamble, bytes: Buffer, { personalData, encoding }: ReadSettings): ColumnPlan {
  try {
    return planColumns(preamble.layout, preamble.columnNames, preamble.line, personalData);
  } catch (error) {
    if (!(error instanceof UnusableReportError) || preamble.layout === null) throw error;
    const beginning = beginningOf(preamble, preamble.layout, bytes, encoding);
    const { settlementId } = beginning;
    const named = settlementId === null ? error.message : `${error.message}; it is settlement ${settlementId}`;
    throw new UnusableReportError(error.code, named, { line: error.line, beginning, cause: error });
  }
}

function headerOf(preamble: Preamble, plan: ColumnPlan): HeaderEvent {
  const { sellerId, settlementStartDate, settlementEndDate, line } = preamble;
  const settlement = plan.kind === "settlement" ? { sellerId, settlementStartDate, settlementEndDate } : {};
  return { type: "header", report: plan.kind, ...settlement, columns: plan.columns, line };
}

function columnNotices(plan: ColumnPlan, { line }: Preamble, strict: boolean): NoticeEvent[] {
  if (plan.kind === "unknown") return [];
  const [first] = plan.unknown;
  if (strict && first !== undefined) {
    throw new UnusableReportError(
      "file.unknown-column",
      `line ${line}: the column ${JSON.stringify(first)} is not known, and strict reading was asked for; read without it to keep the column`,
      { line },
    );
  }
  return plan.unknown.map((column) => ({
    type: "notice",
    code: "drift.column",
    line,
    offset: 0,
    column,
    message: `line ${line}: the column ${JSON.stringify(column)} is new; its values are kept under "extra"`,
  }));
}
