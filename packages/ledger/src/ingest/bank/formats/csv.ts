import { isIsoCurrency, MoneyError, parseAmount, readInstant } from "@amazon-pay-kit/money";
import { csvLines } from "../../imports/csv-lines.ts";
import { BankError } from "../errors.ts";
import { type GivenLine, joined, plainAccount, unknownCurrency, unreadable } from "../statement-line.ts";
import { type BankColumns, bankColumns, type BankMember } from "./csv-columns.ts";

/** Forms of days in statements; which one a file has is said, never guessed. */
export const DATE_FORMATS = ["yyyy-mm-dd", "dd.mm.yyyy", "dd/mm/yyyy", "mm/dd/yyyy", "yyyy/mm/dd"] as const;

/** One of {@link DATE_FORMATS}. */
export type DateFormat = (typeof DATE_FORMATS)[number];

/** How a CSV statement is read. */
export interface BankCsv {
  readonly map?: Readonly<Partial<Record<BankMember, string>>>;
  /** Default `,`. */
  readonly separator?: string;
  /** Decimal sign of the amounts. Default `.`; with `,` a `.` separates thousands. */
  readonly decimal?: "." | ",";
  /** Default `yyyy-mm-dd`. */
  readonly dateFormat?: DateFormat;
  /** Currency of lines that name none. */
  readonly currency?: string;
  /** Lines above the one with the column names. Default 0. */
  readonly skipLines?: number;
}

const PARTS = /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})/;

function dayOf(text: string, format: DateFormat): number | null {
  const separator = format.includes(".") ? "." : format.includes("/") ? "/" : "-";
  const match = text.includes(separator) ? PARTS.exec(text) : null;
  if (match === null) return null;
  const order = format.split(/[-./]/);
  const part = (name: string): string => match[order.indexOf(name) + 1] ?? "";
  const year = part("yyyy");
  if (year.length !== 4) return null;
  return readInstant(`${year}-${part("mm").padStart(2, "0")}-${part("dd").padStart(2, "0")}T00:00:00Z`);
}

/** Signs that banks put beside an amount; the sign of another currency stays, and then the amount is refused. */
const SIGNS: Readonly<Record<string, RegExp>> = {
  EUR: /[€]/,
  GBP: /[£]/,
  JPY: /[¥￥円]/,
  USD: /[$]/,
};

function minorOf(text: string, currency: string, decimal: "." | ","): bigint {
  const bare = text.replace(SIGNS[currency] ?? /(?!)/, "");
  const plain = decimal === "." ? bare : bare.replaceAll(/[.,]/g, (sign) => (sign === "," ? "." : ","));
  return parseAmount(plain.replaceAll(/[\s\u00a0]/g, "").replace(/^(.*)-$/, "-$1"), currency, { thousands: true });
}

class Row {
  readonly #cells: readonly string[];
  readonly #columns: BankColumns;
  readonly #csv: BankCsv;

  constructor(cells: readonly string[], columns: BankColumns, csv: BankCsv) {
    this.#cells = cells;
    this.#columns = columns;
    this.#csv = csv;
  }

  text(member: BankMember): string | null {
    return joined(...(this.#columns.get(member) ?? []).map((place) => this.#cells[place]));
  }

  amount(currency: string): bigint {
    const decimal = this.#csv.decimal ?? ".";
    const amount = this.text("amount");
    if (amount !== null) return minorOf(amount, currency, decimal);
    const [credit, debit] = [this.text("credit"), this.text("debit")];
    if (credit === null && debit === null) return minorOf("", currency, decimal);
    const size = (text: string | null): bigint =>
      text === null ? 0n : minorOf(text.replace(/^-/, ""), currency, decimal);
    return size(credit) - size(debit);
  }

  read(line: number): GivenLine {
    const currency = (this.text("currency") ?? this.#csv.currency ?? "").toUpperCase();
    if (!isIsoCurrency(currency)) {
      if (currency !== "") return unknownCurrency(line, currency);
      return unreadable(line, "bank.currency", "no currency: say which (currency)");
    }
    const format = this.#csv.dateFormat ?? "yyyy-mm-dd";
    const day = this.text("bookedAt") ?? "";
    const bookedAt = dayOf(day, format);
    if (bookedAt === null) {
      const message = `cannot read ${JSON.stringify(day)} as a day in the form ${format}; say which form the file has (${DATE_FORMATS.join(", ")})`;
      return unreadable(line, "bank.date", message);
    }
    try {
      const account = this.text("bankAccount");
      return {
        line,
        bankAccount: account === null ? null : plainAccount(account),
        bookedAt,
        amount: this.amount(currency),
        currency,
        reference: this.text("reference"),
        text: this.text("text"),
      };
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      const hint = this.#csv.decimal === undefined ? '; for a decimal comma say so (decimal ",")' : "";
      return unreadable(line, "bank.amount", `${error.message}${hint}`);
    }
  }
}

/**
 * Reads a statement as CSV. Columns are recognised by their names, or mapped.
 *
 * @throws BankError `bank.unusable-file`, `bank.mapping`
 */
export async function* readBankCsv(source: AsyncIterable<Uint8Array>, csv: BankCsv): AsyncGenerator<GivenLine> {
  let columns: BankColumns | null = null;
  let damaged = false;
  const skip = csv.skipLines ?? 0;
  const refuse = (message: string): BankError => new BankError("bank.unusable-file", message);
  for await (const { line, cells, problem } of csvLines(source, csv.separator, refuse)) {
    if (line <= skip) continue;
    if (problem !== null) {
      damaged = true;
      const what =
        problem === "encoding"
          ? "the text is not UTF-8: say which encoding it has"
          : `the line is damaged (${problem})`;
      yield unreadable(line, "bank.unreadable", what);
    } else if (columns === null) columns = bankColumns(cells, line, csv.map ?? {});
    else if (cells.some((cell) => cell.trim() !== "")) yield new Row(cells, columns, csv).read(line);
  }
  // Where no line can be read, the first one's damage has been told.
  if (columns === null && !damaged)
    throw new BankError("bank.unusable-file", "the file is empty: it has no line of column names");
}
