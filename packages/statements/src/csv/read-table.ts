import { isDateForm, isIsoCurrency } from "@amazon-pay-kit/money";
import { isBlankRow, type TableRow } from "@amazon-pay-kit/tabular";
import { UnusableStatementError } from "../errors.ts";
import type { FormatEvent, StatementFormat } from "../events.ts";
import type { StatementOptions } from "../options.ts";
import { plainAccount } from "../text/account.ts";
import type { StatementColumns } from "./columns.ts";
import { type EntryForms, EntryReader, type OpenQuestion } from "./entry.ts";
import type { BankLayout } from "./layout.ts";

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
}

const FORM_OPTIONS = ["--currency", "--date-format", "--decimal", "--debit-word"] as const;

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
  const details = { option: first?.option ?? "--map", line: first?.line ?? 1, ...(file === null ? {} : { file }) };
  return new UnusableStatementError("option.needed", given.join("\nand "), details);
}

/**
 * Questions that one option answers for the whole file, each once, from the rows at its beginning: so that a person learns all of
 * them at once, and before anything else is said.
 */
export function openQuestions(questions: readonly OpenQuestion[]): readonly OpenQuestion[] {
  return FORM_OPTIONS.flatMap((option) => questions.find((question) => question.option === option) ?? []);
}

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** The own account, where the lines above the table name one and no other. */
function accountAbove(rows: readonly TableRow[]): string | null {
  const cells = rows.flatMap((row) => row.cells.flatMap((cell) => cell.split(/[:,]/))).map(plainAccount);
  const [account, ...others] = new Set(cells.filter((cell) => IBAN.test(cell)));
  return account !== undefined && others.length === 0 ? account : null;
}

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
  const { file, format, layout, columns, header, above } = table;
  const forms = entryForms(options, file, layout);
  const isBelow = (row: TableRow): boolean => row.line > (header?.line ?? 0) && !isBlankRow(row);
  const first = new EntryReader(columns, forms, header);
  const questions = openQuestions(beginning.filter(isBelow).flatMap((row) => first.questions(row)));
  if (questions.length > 0) throw asked(questions, file);

  const ofFile = accountAbove(above);
  const reader = new EntryReader(columns, forms, header);
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
  let current: string | null = null;
  for await (const row of rows) {
    if (!isBelow(row)) continue;
    const outcome = reader.read(row);
    if (outcome.type === "question") throw asked([outcome], file);
    if (outcome.type !== "entry") {
      yield outcome;
      continue;
    }
    const account = outcome.account ?? ofFile;
    const key = `${account ?? ""} ${outcome.line.currency}`;
    if (key !== current) yield start(row.line, account, outcome.line.currency);
    current = key;
    yield outcome.line;
  }
  if (current === null) yield start(header?.line ?? 1, ofFile, columns.currency);
}
