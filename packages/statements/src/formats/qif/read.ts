import { type DateForm, isDateForm, isIsoCurrency, MoneyError, readAmount, readDate } from "@amazon-pay-kit/money";
import { UnusableStatementError } from "../../errors.ts";
import type { FormatEvent, StatementBalance } from "../../events.ts";
import type { StatementOptions } from "../../options.ts";
import { plainAccount } from "../../text/account.ts";
import { distinctReferences, joined } from "../../text/join.ts";
import { withoutControls } from "../../text/controls.ts";
import { linesOf } from "../../text/lines.ts";
import type { TextFile } from "../reader.ts";

/** One entry: its fields, each a letter and a text. */
interface Entry {
  readonly line: number;
  readonly fields: { readonly letter: string; readonly value: string }[];
}

/** Fields of one entry; splits of a long receipt have some dozens. */
const MOST_FIELDS = 10_000;

/** Sections that hold an account's entries. */
const ENTRIES = /^!Type:\s*(?:Bank|Cash|CCard|Oth ?[AL])\b/i;
const INVESTMENTS = /^!Type:\s*(?:Invst|Security|Prices|401\(?k\)?)/i;

/** Payee, memo, address, category, and memos and categories of splits. The amounts of splits are parts of the entry's own. */
const WORDS = "PMALES";

function at({ fields }: Entry, letter: string): string {
  return fields.find((field) => field.letter === letter)?.value ?? "";
}

/** `10/ 5'26` as the form has it: Quicken pads with blanks, and an apostrophe stands before the years from 2000. */
function plainDay(text: string, form: DateForm | undefined): string {
  const [days = "", year] = text.replaceAll(/\s/g, "").split("'");
  if (year === undefined) return days;
  const separator = /[-./]/.exec(days)?.[0] ?? "/";
  const long = form === undefined || form.includes("yyyy");
  return `${days}${separator}${long && year.length === 2 ? `20${year}` : year}`;
}

/** Whether the option decides how a day is read, or another value of it would. */
function isOpen(error: MoneyError): boolean {
  return error.code === "time.ambiguous-day" || error.message.includes("with --date-format");
}

class Reader {
  readonly #file: string | null;
  readonly #options: StatementOptions;
  readonly #form: DateForm | undefined;
  #section = "";
  #sectionLine = 0;
  #account: string | null = null;
  #announced = false;
  #entry: Entry | null = null;
  seen = false;

  constructor(file: TextFile, options: StatementOptions) {
    this.#file = file.name;
    this.#options = options;
    const { dateFormat } = options;
    if (dateFormat !== undefined && !isDateForm(dateFormat)) {
      const message = `there is no form of dates ${JSON.stringify(dateFormat)}: say one such as --date-format mm/dd/yyyy`;
      throw new UnusableStatementError("option.invalid", message, { option: "--date-format" });
    }
    this.#form = dateFormat;
  }

  *line(line: number, text: string): Generator<FormatEvent, void, void> {
    const plain = withoutControls(text).trimEnd();
    if (plain.trim() === "") return;
    if (plain.startsWith("!")) {
      yield* this.end();
      if (INVESTMENTS.test(plain)) {
        const message = `line ${line}: this is the file of an investment account (${plain.slice(0, 30)}): export the bank account`;
        throw new UnusableStatementError("file.not-a-statement", message, { line });
      }
      if (/^!(?:Option|Clear)/i.test(plain)) return;
      this.#section = plain;
      this.#sectionLine = line;
      this.#announced = false;
      if (ENTRIES.test(plain)) this.seen = true;
    } else if (plain.startsWith("^")) yield* this.#complete();
    else {
      this.#entry ??= { line, fields: [] };
      this.#entry.fields.push({ letter: plain.charAt(0), value: plain.slice(1).trim() });
      if (this.#entry.fields.length > MOST_FIELDS) {
        const message = `line ${line}: an entry has more than ${MOST_FIELDS} lines: lines of ^ that end entries are missing`;
        throw new UnusableStatementError("file.too-large", message, { line });
      }
    }
  }

  *#complete(): Generator<FormatEvent, void, void> {
    const entry = this.#entry;
    this.#entry = null;
    if (entry === null) return;
    if (/^!Account/i.test(this.#section)) {
      const name = at(entry, "N");
      // A name such as "Checking" is no number that another file of the account would have.
      this.#account = name.replaceAll(/\D/g, "").length >= 6 ? plainAccount(name) : null;
      return;
    }
    if (!ENTRIES.test(this.#section)) return;
    const currency = this.#options.currency?.toUpperCase() ?? this.#ask(entry);
    const opening = this.#openingBalance(entry, currency);
    yield* this.#announce(currency, opening);
    if (opening !== null) yield { type: "skipped", line: entry.line, file: this.#file, reason: "opening balance" };
    else yield this.#event(entry, currency);
  }

  *#announce(currency: string | null, opening: StatementBalance | null): Generator<FormatEvent, void, void> {
    if (this.#announced) return;
    this.#announced = true;
    const { line, file } = { line: this.#sectionLine, file: this.#file };
    yield { type: "statement", line, file, format: "qif", account: this.#account, currency, opening, closing: null };
  }

  /** Asks for what the file leaves open, all of it in one sentence. */
  #ask(entry: Entry): never {
    const currency = this.#options.currency?.toUpperCase();
    const asks: string[] = [];
    if (currency === undefined) asks.push("names no currency (say which, for example --currency USD)");
    const day = at(entry, "D");
    try {
      readDate(plainDay(day, this.#form), this.#form);
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      if (error.code === "time.ambiguous-day" || (this.#form !== undefined && error.message.includes("--date-format")))
        asks.push(`has days that need their form named (${error.message})`);
    }
    const option = currency === undefined ? "--currency" : "--date-format";
    const { line } = entry;
    throw new UnusableStatementError("option.needed", `line ${line}: the QIF file ${asks.join(", and ")}`, {
      option,
      line,
    });
  }

  #openingBalance(entry: Entry, currency: string): StatementBalance | null {
    if (!/^opening balance$/i.test(at(entry, "P")) || !at(entry, "L").startsWith("[")) return null;
    try {
      return { minor: readAmount(at(entry, "T"), { currency, decimal: this.#options.decimal }).minor, currency };
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      return null;
    }
  }

  #event(entry: Entry, currency: string): FormatEvent {
    const { line, fields } = entry;
    const file = this.#file;
    if (!isIsoCurrency(currency)) {
      const message = `unknown currency ${JSON.stringify(currency)}: expected an ISO 4217 code such as USD`;
      throw new UnusableStatementError("option.invalid", message, { option: "--currency" });
    }
    let bookedAt: string;
    try {
      bookedAt = readDate(plainDay(at(entry, "D"), this.#form), this.#form).day;
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      if (isOpen(error)) this.#ask(entry);
      return { type: "error", line, file, code: "line.date", message: error.message };
    }
    try {
      return {
        type: "line",
        line,
        file,
        bookedAt,
        valueAt: null,
        amount: readAmount(at(entry, "T") || at(entry, "U"), { currency, decimal: this.#options.decimal }).minor,
        currency,
        references: distinctReferences(at(entry, "N")),
        counterparty: joined(at(entry, "P")),
        text: joined(...fields.filter(({ letter }) => WORDS.includes(letter)).map(({ value }) => value)),
      };
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      return { type: "error", line, file, code: "line.amount", message: error.message };
    }
  }

  /** The last entry may lack its end; a section without entries is a statement all the same. */
  *end(): Generator<FormatEvent, void, void> {
    yield* this.#complete();
    if (ENTRIES.test(this.#section)) yield* this.#announce(this.#options.currency?.toUpperCase() ?? null, null);
    this.#section = "";
  }
}

/**
 * Reads QIF, which names neither its currency nor the form of its days: both are options.
 *
 * @throws UnusableStatementError `option.needed`, `file.not-a-statement`
 */
export async function* readQif(file: TextFile, options: StatementOptions): AsyncGenerator<FormatEvent, void, void> {
  const reader = new Reader(file, options);
  for await (const { line, text } of linesOf(file.text)) yield* reader.line(line, text);
  yield* reader.end();
  if (!reader.seen) {
    throw new UnusableStatementError(
      "file.not-a-statement",
      "the QIF file has no entries of an account (!Type:Bank, !Type:CCard)",
    );
  }
}
