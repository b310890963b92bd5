import { MoneyError, readAmount } from "@amazon-pay-kit/money";
import type { TableRow } from "@amazon-pay-kit/tabular";
import { type Direction, directionOf, withoutWord } from "./amount-words.ts";
import { type CellForms, currencyIn, decimalDecides } from "./cells.ts";
import type { StatementColumns } from "./columns.ts";
import type { BankLayout } from "./layout.ts";
import type { RowCells } from "./row-cells.ts";
import { Question, RowFault } from "./row-fault.ts";

/** An amount as the account holder sees it: negative for money that went out. */
export interface SignedAmount {
  readonly minor: bigint;
  readonly currency: string;
}

/** What the person or the layout says of amounts. */
export interface AmountForms {
  readonly layout: BankLayout | null;
  readonly currency: string | undefined;
  readonly debitWords: readonly string[];
}

/** Reads the amount of a row: in one column or in two, with a word, a sign or a column for its direction. */
export class AmountReader {
  readonly #columns: StatementColumns;
  readonly #cells: RowCells;
  readonly #forms: AmountForms;
  readonly #cellForms: CellForms;
  /** Which sign the debit column has had, and on which line. */
  #debitSign: { readonly negative: boolean; readonly line: number } | null = null;

  constructor(columns: StatementColumns, cells: RowCells, forms: AmountForms, cellForms: CellForms) {
    this.#columns = columns;
    this.#cells = cells;
    this.#forms = forms;
    this.#cellForms = cellForms;
  }

  /** The amount of an entry, less the fee that stands beside it. */
  net(row: TableRow): SignedAmount {
    const amount = this.gross(row);
    const { fee } = this.#columns;
    const text = fee === null ? "" : (row.cells[fee] ?? "").trim();
    if (text === "") return amount;
    const { minor } = this.#number(text, amount.currency);
    return { ...amount, minor: amount.minor - (minor < 0n ? -minor : minor) };
  }

  /** Currency that the row or the header says, or that was said for rows that name none; undefined: the amount has to say it. */
  #currency(row: TableRow): string | undefined {
    const text = this.#cells.cell(row, "currency");
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

  /**
   * The amount as its column has it.
   *
   * @param otherwise currency for rows that name none
   * @throws RowFault, Question
   */
  gross(row: TableRow, otherwise?: string): SignedAmount {
    const currency = this.#currency(row) ?? otherwise;
    const text = this.#cells.cell(row, "amount");
    if (text !== "") return this.#single(row, text, currency);
    const [creditText, debitText] = [this.#cells.side(row, "credit"), this.#cells.side(row, "debit")];
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
      const word = this.#cells.cell(row, "direction") || text;
      throw new RowFault("line.direction", `${JSON.stringify(word)} says credit, but the amount ${text} has a minus`);
    }
    const size = amount.minor < 0n ? -amount.minor : amount.minor;
    return { ...amount, minor: direction === "debit" ? -size : size };
  }

  #direction(row: TableRow): Direction {
    const word = this.#cells.cell(row, "direction");
    const direction = directionOf(word, [...(this.#forms.layout?.debitWords ?? []), ...this.#forms.debitWords]);
    if (direction !== null) return direction;
    if (word === "") throw new RowFault("line.direction", "the column that says credit or debit is empty");
    throw new Question(
      "--debit-word",
      `whether ${JSON.stringify(word)} is a credit or a debit is not known: name the word for debits with --debit-word WORD`,
    );
  }
}
