import { type DateForm, type DecimalSign, KitError, MoneyError, readAmount } from "@amazon-pay-kit/money";
import { rowFault, type TableRow } from "@amazon-pay-kit/tabular";
import type { StatementLine, StatementProblem, StatementProblemCode, StatementSkipped } from "../events.ts";
import { plainAccount } from "../text/account.ts";
import { distinctReferences, joined } from "../text/join.ts";
import { type CellForms, currencyIn, decimalDecides, formDecides, readDay } from "./cells.ts";
import type { StatementColumns } from "./columns.ts";
import type { BankLayout } from "./layout.ts";
import type { CsvMember } from "./members.ts";
import { type Direction, directionOf, isBalanceCell, namesSum, statusOf, withoutWord } from "./amount-words.ts";

/** What an option has to say before the file can be read. */
export interface OpenQuestion {
  readonly type: "question";
  readonly option: "--map" | "--currency" | "--date-format" | "--decimal" | "--debit-word";
  readonly line: number;
  readonly message: string;
}

/** An entry, with the own account that its row names. */
export interface Entry {
  readonly type: "entry";
  readonly account: string | null;
  readonly line: StatementLine;
}

/** What a row is. */
export type RowOutcome = Entry | StatementProblem | StatementSkipped | OpenQuestion;

/** What the person or the layout says of the cells. */
export interface EntryForms {
  readonly file: string | null;
  readonly layout: BankLayout | null;
  readonly decimal: DecimalSign | undefined;
  readonly date: DateForm | undefined;
  readonly currency: string | undefined;
  readonly debitWords: readonly string[];
}

/** This many days are remembered. */
const MOST_DAYS = 4096;

const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;

/** What banks write into the amount's cell of the other direction, where they do not leave it empty. */
const NO_AMOUNT = /^(?:[-\u2010-\u2015\u2212\u30fc*]+|n\/a)$/i;

class RowFault extends KitError {
  readonly code: StatementProblemCode;
  constructor(code: StatementProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}

class Question extends KitError {
  readonly code = "option.needed";
  readonly option: OpenQuestion["option"];
  constructor(option: OpenQuestion["option"], message: string) {
    super(message);
    this.option = option;
  }
}

interface SignedAmount {
  readonly minor: bigint;
  readonly currency: string;
}

/** Reads the rows of one statement as entries. */
export class EntryReader {
  readonly #columns: StatementColumns;
  readonly #forms: EntryForms;
  readonly #cellForms: CellForms;
  readonly #header: string;
  readonly #firstName: string | null;
  readonly #days = new Map<string, string>();
  /** Which sign the debit column has had, and on which line. */
  #debitSign: { readonly negative: boolean; readonly line: number } | null = null;

  constructor(columns: StatementColumns, forms: EntryForms, header: TableRow | null) {
    this.#columns = columns;
    this.#forms = forms;
    this.#firstName = header?.cells[0] ?? null;
    this.#header = header === null ? "" : header.cells.join("\u0000");
    // In Japanese no amount has a comma before its decimals.
    const usual = JAPANESE.test(this.#header) ? "." : undefined;
    this.#cellForms = {
      decimal: forms.decimal ?? forms.layout?.decimal ?? usual,
      dates: forms.date === undefined ? (forms.layout?.dates ?? []) : [forms.date],
    };
  }

  /** What a row is: an entry, left out, wrong, or a question that one option answers for the whole file. */
  read(row: TableRow): RowOutcome {
    const { line } = row;
    const { file } = this.#forms;
    const fault = rowFault(row, this.#columns.count === 0 ? row.cells.length : this.#columns.count);
    if (fault !== null) return { type: "error", line, file, code: "line.damaged", message: fault };
    const reason = this.#reasonToSkip(row);
    if (reason !== null) return { type: "skipped", line, file, reason };
    try {
      return this.#entry(row);
    } catch (error) {
      if (error instanceof Question) return { type: "question", option: error.option, line, message: error.message };
      if (!(error instanceof RowFault)) throw error;
      return { type: "error", line, file, code: error.code, message: error.message };
    }
  }

  /** Everything that options have to say before this row can be read. */
  questions(row: TableRow): readonly OpenQuestion[] {
    if (rowFault(row, this.#columns.count === 0 ? row.cells.length : this.#columns.count) !== null) return [];
    if (this.#reasonToSkip(row) !== null) return [];
    const reads = [
      () => this.#day(this.#dayText(row)),
      () => this.#amount(row),
      // Whether the decimals are clear shows only where there is a currency; yen have none.
      () => this.#amount(row, JAPANESE.test(this.#header) ? "JPY" : "EUR"),
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
    const amounts = [this.#cell(row, "amount"), this.#cell(row, "credit"), this.#cell(row, "debit")].join("");
    return !/\d/.test(this.#dayText(row)) && !/\d/.test(amounts);
  }

  /** The word of a status of which it is not known whether it is booked; null for none. */
  unknownStatus(row: TableRow): string | null {
    const words = this.#cells(row, "status").map((word) => word.trim());
    return words.find((word) => /\p{L}/u.test(word) && statusOf(word) === null) ?? null;
  }

  #cell(row: TableRow, member: CsvMember): string {
    for (const place of this.#columns.places.get(member) ?? []) {
      const text = row.cells[place]?.trim() ?? "";
      if (text !== "") return text;
    }
    return "";
  }

  /** The cell of a column for one direction; empty where a dash says that there is none. */
  #side(row: TableRow, member: "credit" | "debit"): string {
    const text = this.#cell(row, member);
    return NO_AMOUNT.test(text) ? "" : text;
  }

  #cells(row: TableRow, member: CsvMember): readonly string[] {
    return (this.#columns.places.get(member) ?? []).map((place) => row.cells[place] ?? "");
  }

  /** The text of the day; year, month and day where they stand in three columns. */
  #dayText(row: TableRow): string {
    const places = this.#columns.places.get("bookedAt") ?? [];
    if (places.length !== 3) return this.#cell(row, "bookedAt");
    const parts = places.map((place) => (row.cells[place] ?? "").trim());
    return parts.every((part) => part === "") ? "" : parts.map((part) => part.padStart(2, "0")).join("-");
  }

  #withoutFee(row: TableRow, amount: SignedAmount): SignedAmount {
    const { fee } = this.#columns;
    const text = fee === null ? "" : (row.cells[fee] ?? "").trim();
    if (text === "") return amount;
    const { minor } = this.#number(text, amount.currency);
    return { ...amount, minor: amount.minor - (minor < 0n ? -minor : minor) };
  }

  #reasonToSkip(row: TableRow): string | null {
    if (row.cells[0] === this.#firstName && row.cells.join("\u0000") === this.#header) return "column names, once more";
    const day = this.#dayText(row);
    const amounts = [this.#cell(row, "amount"), this.#side(row, "credit"), this.#side(row, "debit")].join("");
    const filled = row.cells.filter((cell) => cell.trim() !== "");
    // Where a bank has no day yet, its word for that stands in the place of it.
    const waiting = [...this.#cells(row, "status"), /^\d/.test(day) ? "" : day].find(
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
    const day = readDay(text, this.#cellForms);
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

  #entry(row: TableRow): Entry {
    // Order matters: what is asked for the whole file comes before what is wrong with a line.
    const bookedAt = this.#day(this.#dayText(row));
    const { minor, currency } = this.#withoutFee(row, this.#amount(row));
    const valueText = this.#cell(row, "valueAt");
    const valueAt = this.#valueDay(valueText);
    const references = distinctReferences(...this.#cells(row, "reference"));
    const side = minor < 0n ? this.#cell(row, "payee") : this.#cell(row, "payer");
    const other = minor < 0n ? this.#cell(row, "payer") : this.#cell(row, "payee");
    const alone = !this.#columns.places.has("payer") || !this.#columns.places.has("payee");
    const counterparty = joined(this.#cell(row, "counterparty") || side || (alone ? other : ""));
    const account = this.#cell(row, "bankAccount");
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

  /** Currency that the row or the header says, or that was said for rows that name none; undefined: the amount has to say it. */
  #currency(row: TableRow): string | undefined {
    const text = this.#cell(row, "currency");
    if (text === "") return this.#columns.currency ?? this.#forms.currency ?? undefined;
    const currency = currencyIn(text);
    if (currency !== null) return currency;
    throw new RowFault(
      "line.currency",
      `unknown currency ${JSON.stringify(text)}: expected an ISO 4217 code such as EUR; ` +
        "where it is none (a crypto-asset, points), take the line out of the file",
    );
  }

  #number(text: string, currency: string | undefined): SignedAmount {
    const { decimal } = this.#cellForms;
    try {
      const { minor, currency: read } = readAmount(text, { currency, decimal });
      return { minor, currency: read };
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      if (error.code === "money.currency-missing") {
        // The last resort: what all files of a layout are in.
        const usual = this.#forms.layout?.currency;
        if (usual !== undefined && currency === undefined) return this.#number(text, usual);
        throw new Question(
          "--currency",
          "no currency: the file names none; say which with --currency, for example --currency EUR",
        );
      }
      if (error.code === "money.currency-mismatch") throw new RowFault("line.currency", error.message);
      const option = decimal === "," ? "." : ",";
      if (decimalDecides(text, currency ?? "EUR", decimal)) {
        const named = error.message.includes("--decimal");
        throw new Question(
          "--decimal",
          named ? error.message : `${error.message}; with --decimal ${option} it can be read`,
        );
      }
      throw new RowFault("line.amount", error.message);
    }
  }

  #amount(row: TableRow, otherwise?: string): SignedAmount {
    const currency = this.#currency(row) ?? otherwise;
    const text = this.#cell(row, "amount");
    if (text !== "") return this.#single(row, text, currency);
    const [creditText, debitText] = [this.#side(row, "credit"), this.#side(row, "debit")];
    if (creditText === "" && debitText === "") this.#noAmount();
    const credit = creditText === "" ? null : this.#sided(creditText, "credit", currency);
    const debit = debitText === "" ? null : this.#debit(row, debitText, currency ?? credit?.currency);
    if (credit !== null && debit !== null && credit.minor !== 0n && debit.minor !== 0n)
      throw new RowFault("line.direction", `both columns are filled: credit ${creditText}, debit ${debitText}`);
    return {
      minor: (credit?.minor ?? 0n) + (debit?.minor ?? 0n),
      currency: credit?.currency ?? debit?.currency ?? currency ?? "",
    };
  }

  /** @throws Question where the column of the other direction has a name that is not known: its amounts stand somewhere else */
  #noAmount(): never {
    const { places } = this.#columns;
    const sides = (["credit", "debit"] as const).filter((side) => places.has(side));
    const [only, second] = sides;
    if (only !== undefined && second === undefined && !places.has("amount")) {
      const other = only === "credit" ? "debit" : "credit";
      throw new Question("--map", `no column holds the ${other}s: say which with --map ${other}=COLUMN`);
    }
    throw new RowFault("line.amount", "the amount is missing");
  }

  /** An amount in a column for one direction, with what a word beside it says. */
  #sided(text: string, column: Direction, currency: string | undefined): SignedAmount {
    const { number, direction } = withoutWord(text);
    if (direction !== null && direction !== column)
      throw new RowFault("line.direction", `${JSON.stringify(text)} stands in the column for ${column}s`);
    return this.#number(number, currency);
  }

  /**
   * A debit column has its amounts with a minus or without. With both in one file, one of them is money that came back, and which
   * one is not said.
   */
  #debit(row: TableRow, text: string, currency: string | undefined): SignedAmount {
    const amount = this.#sided(text, "debit", currency);
    if (amount.minor === 0n) return amount;
    const negative = amount.minor < 0n;
    this.#debitSign ??= { negative, line: row.line };
    if (this.#debitSign.negative !== negative) {
      const message =
        `the debit column has amounts with a minus and without (line ${this.#debitSign.line}): ` +
        "whether this one came back is not said; correct the line, or ask the bank for camt.053 or MT940";
      throw new RowFault("line.direction", message);
    }
    return { ...amount, minor: negative ? amount.minor : -amount.minor };
  }

  #single(row: TableRow, text: string, currency: string | undefined): SignedAmount {
    const { number, direction: beside } = withoutWord(text);
    const column = this.#columns.places.has("direction") ? this.#direction(row) : null;
    if (column !== null && beside !== null && column !== beside)
      throw new RowFault("line.direction", `${JSON.stringify(text)} is in a row for ${column}s`);
    const amount = this.#number(number, currency);
    const direction = column ?? beside;
    if (direction === null || amount.minor === 0n) return amount;
    if (direction === "credit" && amount.minor < 0n) {
      const word = this.#cell(row, "direction") || text;
      throw new RowFault("line.direction", `${JSON.stringify(word)} says credit, but the amount ${text} has a minus`);
    }
    const size = amount.minor < 0n ? -amount.minor : amount.minor;
    return { ...amount, minor: direction === "debit" ? -size : size };
  }

  #direction(row: TableRow): Direction {
    const word = this.#cell(row, "direction");
    const direction = directionOf(word, [...(this.#forms.layout?.debitWords ?? []), ...this.#forms.debitWords]);
    if (direction !== null) return direction;
    if (word === "") throw new RowFault("line.direction", "the column that says credit or debit is empty");
    throw new Question(
      "--debit-word",
      `whether ${JSON.stringify(word)} is a credit or a debit is not known: name the word for debits with --debit-word WORD`,
    );
  }
}
