import type { Buffer } from "node:buffer";
import { decodeCell } from "../csv/decode.ts";
import { escapedBytes } from "../csv/encoding.ts";
import { CELL, type Tokenizer } from "../csv/tokenizer.ts";
import type { NoticeEvent, RowProblem } from "../events.ts";
import type { CellValue } from "../layouts/layout.ts";
import { plainName } from "../layouts/recognise.ts";
import { UnusableReportError } from "../unusable-report-error.ts";
import { isKnownValue } from "../vocabulary/cell-values.ts";
import { CellFault, readAmount, readCurrency, readTime } from "./cell.ts";
import type { ColumnPlan, PlannedCell } from "./column-plan.ts";
import { cellProblem, repeatedNamesProblem, shownCell } from "./faults.ts";
import { type SchemaDrift, shownWord } from "./schema-drift.ts";
import { MASK, type ReadSettings } from "./settings.ts";
import type { Totals } from "./totals.ts";

/** `1.23457E+10`, which has lost digits; the apostrophe and the formula that keep a number from becoming that; `#####`. */
const CHANGED = /^[+-]?\d(?:[.,]\d+)?E[+-]?\d{1,3}$|^'\d|^=|^#+$|^#(?:N\/A|NAME\?|NUM!|REF!|VALUE!)$/i;

/** A number with decimals or with groups: no identifier of Amazon has them, and one of a merchant may. */
const NUMBER = /^\d+[.,]0+$|^\d{1,3}(?:[.,' ]\d{3})+$/;

/** Whether an identifier has a form that spreadsheets write, and no report. */
function isSpreadsheetForm(text: string, id: "amazon" | "merchant"): boolean {
  return CHANGED.test(text) || (id === "amazon" && NUMBER.test(text));
}

/**
 * Digits of identifiers that a spreadsheet has cut are lost, and rows with other ones would be another settlement: so the
 * file as a whole is of no use, however good its amounts are.
 */
function changedBySpreadsheet(line: number, column: string, text: string): UnusableReportError {
  return new UnusableReportError(
    "file.changed-by-spreadsheet",
    `line ${line}: ${column} is ${JSON.stringify(text.slice(0, 40))}, a form that spreadsheets give to identifiers; ` +
      "the file was opened and saved again: fetch the report again, and load it as it comes",
    { line },
  );
}

/**
 * Reads the cells of one record by way of text: every form that a cell may have, and everything that is wrong with it.
 *
 * This is the reading that counts; the fast way only ever gives up or gives the same.
 */
export class FallbackRow {
  /** What was wrong with the last row: it may not be used unless this is empty. */
  problems: RowProblem[] = [];
  /** Words in the last row that were not seen before. */
  notices: NoticeEvent[] = [];

  readonly #plan: ColumnPlan;
  readonly #settings: ReadSettings;
  readonly #drift: SchemaDrift;
  readonly #totals: Totals;
  readonly #texts: (string | null)[] = [];
  readonly #drifts: [cell: PlannedCell, word: string][] = [];
  /** Free texts of this row whose bytes are shown instead of letters. */
  readonly #marked: PlannedCell[] = [];
  readonly #empty: readonly CellValue[];

  constructor(plan: ColumnPlan, settings: ReadSettings, drift: SchemaDrift, totals: Totals) {
    this.#plan = plan;
    this.#settings = settings;
    this.#drift = drift;
    this.#totals = totals;
    this.#empty = plan.columns.map(() => null);
  }

  /** The typed row that a tokenizer has found; adds its amounts to the totals if nothing is wrong with it. */
  read(bytes: Buffer, tokenizer: Tokenizer, line: number, offset: number): readonly CellValue[] {
    const { cells } = this.#plan;
    const texts = this.#texts;
    if (this.problems.length > 0) this.problems = [];
    if (this.notices.length > 0) this.notices = [];
    this.#drifts.length = 0;
    this.#marked.length = 0;
    for (let position = 0; position < cells.length; position++) {
      texts[position] = this.#text(bytes, tokenizer, position);
    }
    const row = this.#empty.slice();
    for (const [position, cell] of cells.entries()) {
      const text = texts[position] ?? null;
      if (text === null) continue;
      if (text === "") {
        if (cell.required) this.problems.push(cellProblem(cell.name, "an empty cell", emptyFault(cell)));
        continue;
      }
      if (cell.id !== null && isSpreadsheetForm(text, cell.id)) throw changedBySpreadsheet(line, cell.name, text);
      const value = this.#value(cell, text);
      if (cell.vocabulary !== null) this.#watch(cell, text);
      if (cell.slot >= 0) row[cell.slot] = cell.personal && this.#settings.personalData === "mask" ? MASK : value;
    }
    if (this.problems.length > 0) {
      // One line of names again would otherwise be a page of damaged cells.
      if (cells.every((cell, position) => plainName(texts[position] ?? "") === plainName(cell.name)))
        this.problems = [repeatedNamesProblem()];
      return row;
    }
    this.#addUp(row);
    if (this.#drifts.length > 0) this.#reportDrift(line, offset);
    for (const cell of this.#marked) {
      const notice = this.#drift.foreignBytes(cell, line, offset, this.#settings.encoding.name);
      if (notice !== null) this.notices.push(notice);
    }
    return row;
  }

  #addUp(row: readonly CellValue[]): void {
    for (const cell of this.#plan.cells) {
      const minor = cell.total < 0 ? null : row[cell.slot];
      if (typeof minor !== "bigint") continue;
      this.#totals.add(this.#totals.currency(this.#texts[cell.currencyCell] ?? ""), cell.total, minor);
    }
  }

  #text(bytes: Buffer, tokenizer: Tokenizer, position: number): string | null {
    const flags = tokenizer.flags[position] ?? 0;
    const cell = this.#plan.cells[position];
    const name = cell?.name ?? "";
    if ((flags & CELL.control) !== 0) {
      this.problems.push(cellProblem(name, "a control character", CONTROL));
      return null;
    }
    const start = tokenizer.starts[position] ?? 0;
    const end = tokenizer.ends[position] ?? 0;
    const text = decodeCell(bytes, start, end, flags, this.#settings.encoding);
    const kept = (found: string): string => (cell?.trimmed === true ? trimBlanks(found) : found);
    if (text !== null) return kept(text);
    if (cell?.free !== true) {
      this.problems.push(cellProblem(name, "bytes that are none", encodingFault(this.#settings.encoding.name)));
      return null;
    }
    this.#marked.push(cell);
    return kept(escapedBytes(decodeCell(bytes, start, end, flags & ~CELL.nonAscii) ?? ""));
  }

  #value(cell: PlannedCell, text: string): CellValue {
    if (cell.type === "text") return text;
    const value =
      cell.type === "instant"
        ? readTime(text)
        : cell.type === "currency"
          ? readCurrency(text)
          : this.#amount(cell, text);
    if (!(value instanceof CellFault)) return value;
    this.problems.push(cellProblem(cell.name, shownCell(text, cell.type, this.#plan.personal), value));
    return null;
  }

  #amount(cell: PlannedCell, text: string): bigint | null | CellFault {
    const currency = this.#texts[cell.currencyCell] ?? "";
    if (currency === "") return NO_CURRENCY;
    // A currency that is not known is a problem of its own cell: one message for it is enough.
    return readCurrency(currency) instanceof CellFault ? null : readAmount(text, currency);
  }

  #watch(cell: PlannedCell, text: string): void {
    if (cell.vocabulary === null || isKnownValue(cell.vocabulary, text)) return;
    if (!this.#settings.strict) this.#drifts.push([cell, text]);
    else this.problems.push(cellProblem(cell.name, shownWord(text, this.#plan.personal), UNKNOWN_VALUE));
  }

  /** Words of a damaged row are not reported as new: what looks like a word may be a cell that has shifted. */
  #reportDrift(line: number, offset: number): void {
    for (const [cell, word] of this.#drifts) {
      const notice = this.#drift.notice(cell, word, line, offset, this.#plan.personal);
      if (notice !== null) this.notices.push(notice);
    }
  }
}

const CONTROL = new CellFault(
  "cell.control-character",
  "printable text",
  "the file was damaged on its way: fetch the report again",
);

function encodingFault(encoding: string): CellFault {
  return new CellFault(
    "cell.encoding",
    `${encoding === "utf-8" ? "UTF-8" : encoding} text`,
    "the file was saved in another encoding or damaged on its way: fetch the report again",
  );
}

/** Without blanks and tabs at its ends. */
function trimBlanks(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, "");
}

const NO_CURRENCY = new CellFault(
  "cell.currency",
  "a currency code in the same row",
  "without it the amount means nothing",
);

const UNKNOWN_VALUE = new CellFault(
  "cell.unknown-word",
  "a word that is known, because strict reading was asked for",
  "read without it to keep the row",
);

const NOUN = { text: "a text", instant: "a time", amount: "an amount", currency: "a currency code" } as const;

function emptyFault(cell: PlannedCell): CellFault {
  return new CellFault("cell.required", `${NOUN[cell.type]} in every row`);
}
