import {
  BANK_FORMATS,
  BANK_MEMBERS,
  BankError,
  type BankFormat,
  DATE_FORMATS,
  type DateFormat,
  formatInstant,
  importStatement,
  type ImportStatementOptions,
  type StatementImported,
} from "@amazon-pay-kit/ledger";
import { importAccount } from "../service/import-account.ts";
import { columnMap } from "../books/column-map.ts";
import { inputFile } from "../books/input-file.ts";
import { withBooks } from "../books/open.ts";
import { refusal } from "../books/rejected-import.ts";
import { CliError, EXIT, type ExitStatus } from "../errors.ts";
import { argument, flag, text, texts, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";

/** How the statement is read: the settings of the account, and the flags over them. */
function optionsOf(context: Context, input: Input, accountId: string | undefined): ImportStatementOptions {
  const { account: configured, ...settings } = context.config().accounts.get(accountId ?? "")?.bank ?? {};
  const skip = text(input, "skipLines");
  if (skip !== undefined && !/^\d+$/.test(skip))
    throw new CliError("usage.number", `--skip-lines ${skip}: expected a whole number`);
  const map = { ...settings.map, ...columnMap(texts(input, "map"), BANK_MEMBERS) };
  const separator = text(input, "separator");
  const given = {
    format: text(input, "format") as BankFormat | undefined,
    bankAccount: text(input, "bankAccount") ?? configured,
    separator: separator === "tab" ? "\t" : separator,
    decimal: text(input, "decimal") as "." | "," | undefined,
    dateFormat: text(input, "dateFormat") as DateFormat | undefined,
    currency: text(input, "currency"),
    encoding: text(input, "encoding"),
    skipLines: skip === undefined ? undefined : Number(skip),
  };
  const merged = {
    ...settings,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
  return { ...(merged as ImportStatementOptions), map, dryRun: flag(input, "dryRun") };
}

/** The day of an instant, as bank statements have it. */
export function day(instant: number | null): string | null {
  return instant === null ? null : formatInstant(instant).slice(0, 10);
}

function tell(context: Context, imported: StatementImported, dryRun: boolean): void {
  const { added, repeated, from, to, bankAccount } = imported;
  const span = from === null ? "no lines" : `${day(from) ?? ""} to ${day(to) ?? ""}`;
  const kept = dryRun ? ", nothing kept: --dry-run" : "";
  context.line(
    `${context.paint("green", `${added} new, ${repeated} already there`)}  (${imported.accountId}, ${bankAccount ?? "no bank account named"}, ${span}${kept})`,
  );
  if (added > 0 && !dryRun) context.info("apay reconcile matches them with the transfers");
}

async function run(context: Context, input: Input): Promise<ExitStatus> {
  const file = await inputFile(context, argument(input, 0));
  return withBooks(context, async (open) => {
    try {
      const books = await importAccount(context, open);
      const options = optionsOf(context, input, books.accountId);
      context.progress.update(`reading ${file.name ?? "standard input"}`);
      const imported = await importStatement(books, file.bytes, {
        ...options,
        ...(file.name === null ? {} : { fileName: file.name }),
      });
      context.progress.end();
      const dryRun = options.dryRun === true;
      if (context.json) context.document({ ...imported, from: day(imported.from), to: day(imported.to), dryRun });
      else tell(context, imported, dryRun);
      return EXIT.done;
    } catch (error) {
      throw error instanceof BankError ? refusal(context, error, file.name) : error;
    }
  });
}

export const bankImport: CommandRow = {
  name: "bank import",
  summary: "import a bank statement, to match transfers with deposits",
  description:
    "Imports a bank statement: all of it or, if any line has an error, nothing. Statements may overlap. camt.053 (XML) and MT940 are recognised by their content; anything else is read as CSV. Common column names are known; map others with --map. Date formats and decimal commas are never guessed: pass --date-format and --decimal, or set the account's bank options in apay.config.json.",
  arguments: [{ name: "<file>", help: "the statement, or - for standard input" }],
  options: [
    { flags: "--format <name>", help: "skip recognition and use this format", choices: [...BANK_FORMATS] },
    { flags: "--bank-account <iban>", help: "bank account the statement must belong to" },
    {
      flags: "--map <member=column>",
      help: `map a field to a column: ${BANK_MEMBERS.join(", ")}; may be repeated`,
      repeat: true,
    },
    { flags: "--separator <character>", help: "cell separator, or tab (default: ,)" },
    { flags: "--decimal <sign>", help: "decimal separator (default: .)", choices: [".", ","] },
    { flags: "--date-format <form>", help: "date format (default: yyyy-mm-dd)", choices: [...DATE_FORMATS] },
    { flags: "--currency <code>", help: "currency of lines without one" },
    { flags: "--encoding <name>", help: "text encoding, e.g. windows-1252 (default: utf-8)" },
    { flags: "--skip-lines <n>", help: "lines to skip before the column names" },
    { flags: "--dry-run", help: "check everything, import nothing" },
  ],
  examples: [
    ["apay bank import statement.xml", "camt.053"],
    [
      "apay bank import umsaetze.csv --separator ';' --decimal , --date-format dd.mm.yyyy --encoding windows-1252",
      "a German bank's CSV",
    ],
    ["apay bank import export.csv --map bookedAt=Posted --map amount=Value --currency GBP", "unusual columns"],
  ],
  run,
};
