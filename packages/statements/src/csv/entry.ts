import { type DateForm, type DecimalSign, MoneyError, orderOf } from "@amazon-pay-kit/money";
import { rowFault, type TableRow } from "@amazon-pay-kit/tabular";
import type { StatementLine, StatementProblem, StatementSkipped } from "../events.ts";
import { plainAccount } from "../text/account.ts";
import { distinctReferences, joined } from "../text/join.ts";
import { isBalanceCell, isTotalCell, namesSum, statusOf } from "./amount-words.ts";
import { type CellForms, formDecides, readDay } from "./cells.ts";
import type { StatementColumns } from "./columns.ts";
import type { CsvMember } from "./members.ts";
import { type AmountForms, AmountReader } from "./row-amount.ts";
import { RowCells } from "./row-cells.ts";
import { type OpenQuestion, Question, RowFault } from "./row-fault.ts";
import { UnsignedColumns } from "./unsigned-columns.ts";

/** An entry, with the own account that its row names. */
export interface Entry {
  readonly type: "entry";
  readonly account: string | null;
  readonly line: StatementLine;
}

/** What a row is. */
export type RowOutcome = Entry | StatementProblem | StatementSkipped | OpenQuestion;

/** What the person or the layout says of the cells. */
export interface EntryForms extends AmountForms {
  readonly file: string | null;
  readonly decimal: DecimalSign | undefined;
  readonly date: DateForm | undefined;
}

/** What most rows of a table without column names look like; null where that is not known. */
export interface UsualRow {
  readonly cells: number | null;
  /** Form of the day. */
  readonly form: DateForm | null;
}

export const NOTHING_USUAL: UsualRow = { cells: null, form: null };

/** This many days are remembered. */
const MOST_DAYS = 4096;

/** In the languages of East Asia. */
const EAST_ASIAN = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/;
const JAPANESE = /[\u3040-\u30ff]/;

/** Reads the rows of one statement as entries. */
export class EntryReader {
  readonly #columns: StatementColumns;
  readonly #forms: EntryForms;
  readonly #cellForms: CellForms;
  readonly #cells: RowCells;
  readonly #amounts: AmountReader;
  readonly #header: string;
  readonly #headerCells: number;
  readonly #firstName: string | null;
  readonly #days = new Map<string, string>();
  /** Whether days of numbers have the day or the month first, by the first that says it. */
  #order: { readonly order: "day" | "month"; readonly text: string; readonly form: DateForm } | null = null;
  /** What entries look like, where no column names say it. */
  readonly #usual: UsualRow;
  #usualCells: number | null;
  readonly #unsigned: UnsignedColumns;

  /** @param usual what most entries look like; needed where there is no header */
  constructor(columns: StatementColumns, forms: EntryForms, header: TableRow | null, usual: UsualRow = NOTHING_USUAL) {
    this.#columns = columns;
    this.#usual = usual;
    this.#usualCells = usual.cells;
    this.#forms = forms;
    this.#firstName = header?.cells[0] ?? null;
    this.#headerCells = header?.cells.length ?? 0;
    this.#header = header === null ? "" : header.cells.join("\u0000");
    // In Japan, China and Korea no amount has a comma before its decimals.
    const decimal = EAST_ASIAN.test(this.#header) ? "." : undefined;
    this.#cellForms = {
      decimal: forms.decimal ?? forms.layout?.decimal ?? decimal,
      dates: forms.date === undefined ? (forms.layout?.dates ?? []) : [forms.date],
    };
    this.#cells = new RowCells(columns);
    this.#unsigned = new UnsignedColumns(columns, forms, header);
    this.#amounts = new AmountReader(columns, this.#cells, forms, this.#cellForms);
  }

  /** What a row is: an entry, left out, wrong, or a question that one option answers for the whole file. */
  read(row: TableRow): RowOutcome {
    const { line } = row;
    const { file } = this.#forms;
    const fault = rowFault(row, this.#columnsOf(row));
    if (fault !== null) return { type: "error", line, file, code: "line.damaged", message: fault };
    const reason = this.#reasonToSkip(row);
    if (reason !== null) return { type: "skipped", line, file, reason };
    const other = this.#otherCells(row);
    if (other !== null) return { type: "error", line, file, code: "line.damaged", message: other };
    try {
      return this.#entry(row);
    } catch (error) {
      if (error instanceof Question) return { type: "question", option: error.option, line, message: error.message };
      if (!(error instanceof RowFault)) throw error;
      return { type: "error", line, file, code: error.code, message: error.message };
    }
  }

  /** How many cells of a row may hold something. */
  #columnsOf({ cells }: TableRow): number {
    const { count, named } = this.#columns;
    if (count === 0) return cells.length;
    return cells.length === this.#headerCells ? count : named;
  }

  /**
   * Banks that name no columns begin or end some files with the account and its balance: a day and an amount as of an entry, and
   * another number of cells. More of them may also be a separator within a cell.
   */
  #otherCells(row: TableRow): string | null {
    if (this.#columns.count !== 0) return null;
    this.#usualCells ??= row.cells.length;
    const usual = this.#usualCells;
    const filled = row.cells.findLastIndex((cell) => cell.trim() !== "") + 1;
    if (row.cells.length < usual) {
      return (
        `the line has ${row.cells.length} cells and the other entries have ${usual}, ` +
        "so that it may be a balance and no entry: take it out of the file, or give it the cells that it lacks"
      );
    }
    const form = this.#usual.form === null ? null : this.#formOf(this.#cells.dayText(row));
    if (form !== null && form !== this.#usual.form) {
      return (
        `the day ${JSON.stringify(this.#cells.dayText(row))} is written as ${form} and those of the other lines as ${this.#usual.form}, ` +
        "so that it may be a line about the account and no entry: take it out of the file, or pass it over with --skip-lines"
      );
    }
    if (filled <= usual) return null;
    return `the line has ${filled} cells and the other entries have ${usual}: a separator within a cell that is not quoted`;
  }

  /** How the file's amounts and days are written. */
  get forms(): CellForms {
    return this.#cellForms;
  }

  /** Everything that options have to say before this row can be read. */
  questions(row: TableRow): readonly OpenQuestion[] {
    if (rowFault(row, this.#columnsOf(row)) !== null) return [];
    if (this.#reasonToSkip(row) !== null) return [];
    const reads = [
      () => this.#day(this.#cells.dayText(row)),
      () => this.#amounts.gross(row),
      // Whether the decimals are clear shows only where there is a currency; yen have none.
      () => this.#amounts.gross(row, JAPANESE.test(this.#header) ? "JPY" : "EUR"),
    ];
    return reads.flatMap((read) => {
      try {
        read();
        return [];
      } catch (error) {
        if (error instanceof RowFault) return [];
        if (!(error instanceof Question)) throw error;
        return [{ type: "question", option: error.option, line: row.line, message: error.message } as const];
      }
    });
  }

  /** Whether a row can be a header: no digit stands where the days and amounts do. */
  mayBeHeader(row: TableRow): boolean {
    const amounts = [
      this.#cells.cell(row, "amount"),
      this.#cells.cell(row, "credit"),
      this.#cells.cell(row, "debit"),
    ].join("");
    return !/\d/.test(this.#cells.dayText(row)) && !/\d/.test(amounts);
  }

  /** The word of a status of which it is not known whether it is booked; null for none. */
  unknownStatus(row: TableRow): string | null {
    const words = this.#cells.cells(row, "status").map((word) => word.trim());
    return words.find((word) => /\p{L}/u.test(word) && statusOf(word) === null) ?? null;
  }

  /** How a row looks that has a day and an amount where an entry has them; null for any other. */
  looks(row: TableRow): UsualRow | null {
    const amounts = ["amount", "credit", "debit"].map((member) => this.#cells.cell(row, member as CsvMember)).join("");
    const day = this.#cells.dayText(row);
    return /\d/.test(day) && /\d/.test(amounts) ? { cells: row.cells.length, form: this.#formOf(day) } : null;
  }

  #formOf(day: string): DateForm | null {
    try {
      return readDay(day, this.#cellForms).form;
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      return null;
    }
  }

  #reasonToSkip(row: TableRow): string | null {
    if (row.cells[0] === this.#firstName && row.cells.join("\u0000") === this.#header) return "column names, once more";
    const day = this.#cells.dayText(row);
    const amounts = [
      this.#cells.cell(row, "amount"),
      this.#cells.side(row, "credit"),
      this.#cells.side(row, "debit"),
    ].join("");
    const filled = row.cells.filter((cell) => cell.trim() !== "");
    // Where a bank has no day yet, its word for that stands in the place of it.
    const waiting = [...this.#cells.cells(row, "status"), /^\d/.test(day) ? "" : day].find(
      (word) => statusOf(word) === "not-booked",
    );
    if (waiting !== undefined) return `not booked (${waiting.trim()})`;
    if (filled.some(isBalanceCell)) return "row of balances or totals";
    const isDay = day !== "" && this.#isDay(day);
    if ((!isDay || amounts === "") && filled.some(namesSum)) return "row of balances or totals";
    if (this.#columns.parts !== null && amounts === "" && (row.cells[this.#columns.parts] ?? "").trim() !== "")
      return "part of the entry above";
    if (day === "" && amounts === "") return "row without a day and an amount";
    // Without a header its names, if there are any, are a row like others.
    if (this.#header === "" && !/\d/.test(day) && !/\d/.test(amounts)) return "text beside the table";
    if (!isDay && amounts === "" && (filled.length === 1 || (filled.length === 2 && !/^\d/.test(day))))
      return "text beside the table";
    return null;
  }

  /** The day in a cell. A statement has few days and many lines. @throws MoneyError */
  #readDay(text: string): string {
    const known = this.#days.get(text);
    if (known !== undefined) return known;
    const { day, form } = readDay(text, this.#cellForms);
    const order = this.#cellForms.dates.length > 0 ? null : orderOf(form);
    if (order !== null) {
      this.#order ??= { order, text, form };
      // Each day has one reading only; that one file has both is a slip of whoever wrote it, and which one is not said.
      if (this.#order.order !== order) {
        throw new MoneyError(
          "time.ambiguous-day",
          `${JSON.stringify(text)} is a day as ${form}, but ${JSON.stringify(this.#order.text)} in the same file as ` +
            `${this.#order.form}: say which form the file has with --date-format`,
        );
      }
    }
    if (this.#days.size > MOST_DAYS) this.#days.clear();
    this.#days.set(text, day);
    return day;
  }

  #isDay(text: string): boolean {
    try {
      this.#readDay(text);
      return true;
    } catch (error) {
      return error instanceof MoneyError && formDecides(error);
    }
  }

  /** Whether a row is called a sum. */
  isCalledTotal(row: TableRow): boolean {
    return row.cells.some(isTotalCell);
  }

  #entry(row: TableRow): Entry {
    // Order matters: what is asked for the whole file comes before what is wrong with a line.
    const bookedAt = this.#day(this.#cells.dayText(row));
    const { minor, currency } = this.#amounts.net(row);
    this.#unsigned.check(row, minor);
    const valueText = this.#cells.cell(row, "valueAt");
    const valueAt = this.#valueDay(valueText);
    const references = distinctReferences(...this.#cells.cells(row, "reference"));
    const side = minor < 0n ? this.#cells.cell(row, "payee") : this.#cells.cell(row, "payer");
    const other = minor < 0n ? this.#cells.cell(row, "payer") : this.#cells.cell(row, "payee");
    const alone = !this.#columns.places.has("payer") || !this.#columns.places.has("payee");
    const counterparty = joined(this.#cells.cell(row, "counterparty") || side || (alone ? other : ""));
    const account = this.#cells.cell(row, "bankAccount");
    // That an entry is booked is read, and says nothing of it.
    const statuses = this.#columns.places.get("status") ?? [];
    const texts = this.#columns.text
      .map((place) =>
        statuses.includes(place) && statusOf(row.cells[place] ?? "") === "booked" ? "" : (row.cells[place] ?? ""),
      )
      .filter((text) => distinctReferences(text).length > 0);
    return {
      type: "entry",
      account: account === "" ? null : plainAccount(account.replace(/^'/, "").replace(/'$/, "")),
      line: {
        type: "line",
        line: row.line,
        file: this.#forms.file,
        bookedAt,
        valueAt,
        amount: minor,
        currency,
        references,
        counterparty: counterparty === null || distinctReferences(counterparty).length === 0 ? null : counterparty,
        text: joined(valueAt === null ? valueText : "", ...texts),
      },
    };
  }

  #day(text: string): string {
    if (text === "") throw new RowFault("line.date", "the day of booking is missing");
    try {
      return this.#readDay(text);
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      if (formDecides(error)) throw new Question("--date-format", error.message);
      throw new RowFault("line.date", error.message);
    }
  }

  #valueDay(text: string): string | null {
    try {
      return text === "" ? null : this.#readDay(text);
    } catch {
      // It decides nothing: what it says stays in the text.
      return null;
    }
  }
}
