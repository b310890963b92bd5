import { isDateForm, isIsoCurrency } from "@amazon-pay-kit/money";
import { isBlankRow, plainName, type TableRow } from "@amazon-pay-kit/tabular";
import { UnusableStatementError } from "../errors.ts";
import type { FormatEvent, StatementFormat } from "../events.ts";
import type { StatementOptions } from "../options.ts";
import { ibansIn } from "../text/account.ts";
import { currencyIn } from "./cells.ts";
import type { StatementColumns } from "./columns.ts";
import { type EntryForms, EntryReader, NOTHING_USUAL } from "./entry.ts";
import type { BankLayout } from "./layout.ts";
import { COLUMN_NAMES } from "./members.ts";
import type { OpenQuestion } from "./row-fault.ts";
import { LineSums } from "./sums.ts";
import { RunningBalance } from "./running-balance.ts";

/** A table of entries whose columns are known. */
export interface StatementTable {
  /** Name of the file inside an archive, or null. */
  readonly file: string | null;
  readonly format: StatementFormat;
  readonly layout: BankLayout | null;
  readonly columns: StatementColumns;
  /** The row of column names; null where there is none. */
  readonly header: TableRow | null;
  /** Rows above the header. */
  readonly above: readonly TableRow[];
  /** What a row says that may be the header of a further table: some banks give all accounts in one file. */
  readonly recognise?: (row: TableRow) => Pick<StatementTable, "layout" | "columns"> | null;
}

/** Below so many cells a row among entries is no header. */
const FEWEST_NAMES = 4;

/** A further table within the file: its header has other names. */
function furtherTable(row: TableRow, reader: EntryReader, table: StatementTable): StatementTable | null {
  const { recognise, header } = table;
  if (recognise === undefined || header === null || !reader.mayBeHeader(row)) return null;
  if (row.cells.filter((cell) => cell.trim() !== "").length < FEWEST_NAMES) return null;
  if (row.cells.join("\u0000") === header.cells.join("\u0000")) return null;
  const found = recognise(row);
  return found === null ? null : { ...table, ...found, header: row };
}

/** Rows between two tables in which the account of the second may be named. */
const MOST_BETWEEN = 20;

const FORM_OPTIONS = ["--map", "--currency", "--date-format", "--decimal", "--debit-word"] as const;

/** What the options say of the cells. @throws UnusableStatementError `option.invalid` */
export function entryForms(options: StatementOptions, file: string | null, layout: BankLayout | null): EntryForms {
  const { currency, dateFormat, decimal } = options;
  if (currency !== undefined && !isIsoCurrency(currency.toUpperCase())) {
    const message = `--currency ${currency}: expected an ISO 4217 code such as EUR`;
    throw new UnusableStatementError("option.invalid", message, { option: "--currency" });
  }
  if (dateFormat !== undefined && !isDateForm(dateFormat)) {
    const message = `--date-format ${String(dateFormat)}: expected a form such as dd.mm.yyyy`;
    throw new UnusableStatementError("option.invalid", message, { option: "--date-format" });
  }
  return {
    file,
    layout,
    decimal,
    date: dateFormat,
    currency: currency?.toUpperCase(),
    debitWords: options.debitWords ?? [],
  };
}

function asked(questions: readonly OpenQuestion[], file: string | null): UnusableStatementError {
  const [first] = questions;
  const given = questions.map(({ line, message }) =>
    message.startsWith("no currency") ? message : `line ${line}: ${message}`,
  );
  const option = first?.option ?? "--map";
  const options = questions.length === 0 ? [option] : [...new Set(questions.map((question) => question.option))];
  const details = { option, options, line: first?.line ?? 1, ...(file === null ? {} : { file }) };
  return new UnusableStatementError("option.needed", given.join("\nand "), details);
}

/**
 * Questions that one option answers for the whole file, each once, from the rows at its beginning: so that a person learns all of
 * them at once, and before anything else is said.
 */
export function openQuestions(questions: readonly OpenQuestion[]): readonly OpenQuestion[] {
  return FORM_OPTIONS.flatMap((option) => questions.find((question) => question.option === option) ?? []);
}

/** More different words than these are no statuses. */
const MOST_STATUSES = 20;

/** The value that comes most often; null for none, and where two come as often. */
function mostFrequent<T>(values: readonly T[]): T | null {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most, second] = [...counts].toSorted(([, left], [, right]) => right - left);
  return most !== undefined && most[1] !== second?.[1] ? most[0] : null;
}

/** The own account, where the lines above the table name one and no other. */
function accountAbove(rows: readonly TableRow[]): string | null {
  const [account, ...others] = new Set(rows.flatMap(({ cells }) => cells.flatMap(ibansIn)));
  return account !== undefined && others.length === 0 ? account : null;
}

/** What the account is called in, where a line above the table has it beside its name: `Währung:;CHF`. */
const CURRENCY_ABOVE = new Set(
  [
    ...COLUMN_NAMES.currency,
    ..."Valued in,Bewertet in,Évalué en,Valutato in,Compte tenu en,Kontowährung,Moneda de la cuenta,Account currency".split(
      ",",
    ),
  ].map(plainName),
);

/** The currency of the account, where the lines above the table name one and no other. */
function currencyAbove(rows: readonly TableRow[]): string | null {
  const named = rows.flatMap(({ cells }) => {
    const at = cells.findIndex((cell) => CURRENCY_ABOVE.has(plainName(cell)));
    const beside = at < 0 ? undefined : cells.slice(at + 1).find((cell) => cell.trim() !== "");
    if (beside === undefined) return [];
    return currencyIn(beside) ?? (EURO.has(plainName(beside)) ? "EUR" : []);
  });
  const [currency, ...others] = new Set(named);
  return currency !== undefined && others.length === 0 ? currency : null;
}

const EURO = new Set(["euro", "euros"]);

/**
 * Reads the entries of a table. The rows may be those of a text or of a sheet; those up to the header are passed over.
 *
 * @param beginning rows that are looked through for questions before the first event: some, or all
 * @throws UnusableStatementError `option.needed` with every option that is missing, `option.invalid`
 */
export async function* readStatementTable(
  table: StatementTable,
  rows: AsyncIterable<TableRow>,
  beginning: readonly TableRow[],
  options: StatementOptions,
): AsyncGenerator<FormatEvent, void, void> {
  const { file, format, columns, header } = table;
  let usual = NOTHING_USUAL;
  const readerOf = ({ layout, columns: of, header: under, above }: StatementTable): EntryReader => {
    const declared = entryForms(options, file, layout);
    return new EntryReader(
      of,
      { ...declared, currency: declared.currency ?? currencyAbove(above) ?? undefined },
      under,
      usual,
    );
  };
  const isBelow = (row: TableRow): boolean => row.line > (header?.line ?? 0) && !isBlankRow(row);
  const first = readerOf(table);
  const rowsBelow = beginning.filter(isBelow);
  if (columns.count === 0) {
    const looks = rowsBelow.flatMap((row) => first.looks(row) ?? []);
    usual = { cells: mostFrequent(looks.map(({ cells }) => cells)), form: mostFrequent(looks.map(({ form }) => form)) };
  }
  const end = rowsBelow.findIndex((row) => furtherTable(row, first, table) !== null);
  const ofFirst = end < 0 ? rowsBelow : rowsBelow.slice(0, end);
  const questions = openQuestions(ofFirst.flatMap((row) => first.questions(row)));
  if (questions.length > 0) throw asked(questions, file);

  let under = table;
  let ofFile = accountAbove(table.above);
  let reader = readerOf(table);
  let between: TableRow[] = [];
  const start = (line: number, account: string | null, currency: string | null): FormatEvent => ({
    type: "statement",
    line,
    file,
    format,
    account,
    currency,
    opening: null,
    closing: null,
  });
  if (columns.text.length === 0) {
    const message =
      "no column holds a text: transfers are then found by their amounts alone; name one with --map text=COLUMN";
    yield { type: "note", line: header?.line ?? 1, file, code: "text-missing", message };
  }
  const statuses = new Set<string>();
  let balances = new RunningBalance(reader.forms);
  const sums = new LineSums();
  let current: string | null = null;
  let begun = false;
  for await (const row of rows) {
    if (!isBelow(row)) continue;
    const further = furtherTable(row, reader, under);
    if (further !== null) {
      under = { ...further, above: between };
      reader = readerOf(under);
      const finding = balances.finding(file);
      if (finding !== null) yield finding;
      balances = new RunningBalance(reader.forms);
      ofFile = accountAbove(between);
      [between, current] = [[], null];
      continue;
    }
    const outcome = reader.read(row);
    if (outcome.type === "question") throw asked([outcome], file);
    if (outcome.type !== "entry") {
      if (outcome.type === "error") balances.forget();
      if (between.length < MOST_BETWEEN) between.push(row);
      yield outcome;
      continue;
    }
    if (reader.isCalledTotal(row) && sums.isSum(outcome.line)) {
      yield { type: "skipped", line: row.line, file, reason: "row of balances or totals" };
      continue;
    }
    sums.add(outcome.line);
    if (between.length > 0) between = [];
    begun = true;
    const status = reader.unknownStatus(row);
    if (status !== null && !statuses.has(status) && statuses.size < MOST_STATUSES) {
      statuses.add(status);
      const message = `the status ${JSON.stringify(status)} is not known: rows with it are read as booked; take them out of the file if they are not`;
      yield { type: "note", line: row.line, file, code: "status-unknown", message };
    }
    const account = outcome.account ?? ofFile;
    const key = `${account ?? ""} ${outcome.line.currency}`;
    if (key !== current) yield start(row.line, account, outcome.line.currency);
    current = key;
    const { balance } = under.columns;
    if (balance !== null) balances.add(account ?? "", outcome.line, row.cells[balance] ?? "");
    yield outcome.line;
  }
  const finding = balances.finding(file);
  if (finding !== null) yield finding;
  if (!begun) yield start(header?.line ?? 1, ofFile, columns.currency);
}
