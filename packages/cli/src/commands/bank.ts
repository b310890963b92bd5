import {
  BankError,
  formatAmount,
  formatInstant,
  importStatement,
  type ImportStatementOptions,
  type StatementImported,
} from "@amazon-pay-kit/ledger";
import { importAccount } from "../service/import-account.ts";
import { inputFile } from "../books/input-file.ts";
import { withBooks } from "../books/open.ts";
import { refusal } from "../books/rejected-import.ts";
import { STATEMENT_OPTIONS, statementOptions, statementSettings } from "../books/statement-options.ts";
import { CliError, EXIT, type ExitStatus } from "../errors.ts";
import { argument, flag, text, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";

/** Why a difference of balances is accepted: behind the option itself, or with `--note`. */
function acceptedNote(input: Input): string | undefined {
  const accepted = text(input, "acceptBalanceDifference");
  const note = text(input, "note");
  if (accepted === undefined && !flag(input, "acceptBalanceDifference")) {
    if (note === undefined) return undefined;
    throw new CliError("usage.note", "--note belongs to --accept-balance-difference");
  }
  const given = [accepted, note].filter((one) => one !== undefined && one.trim() !== "").join(": ");
  if (given !== "") return given;
  throw new CliError("usage.note", "--accept-balance-difference: say why", {
    remedy: '--accept-balance-difference --note "the bank left a page out"',
  });
}

/** How the statement is read: the settings of the account, and the flags over them. */
function optionsOf(context: Context, input: Input, accountId: string | undefined): ImportStatementOptions {
  const { bankAccount: configured, settings } = statementSettings(context.config(), accountId);
  const bankAccount = text(input, "bankAccount") ?? configured;
  const note = acceptedNote(input);
  return {
    ...statementOptions(input, settings),
    ...(bankAccount === undefined ? {} : { bankAccount }),
    ...(note === undefined ? {} : { acceptBalanceDifference: note }),
    dryRun: flag(input, "dryRun"),
  };
}

/** The day of an instant, as bank statements have it. */
export function day(instant: number | null): string | null {
  return instant === null ? null : formatInstant(instant).slice(0, 10);
}

/** What `--json` says of an import: sums as plain decimals; the lines themselves are what `apay bank parse` shows. */
function importedDocument({ firstLines: _lines, ...imported }: StatementImported, dryRun: boolean): object {
  return {
    ...imported,
    from: day(imported.from),
    to: day(imported.to),
    sums: imported.sums.map(({ currency, lines, inMinor, outMinor }) => ({
      currency,
      lines,
      in: formatAmount(inMinor, currency),
      out: formatAmount(outMinor, currency),
    })),
    dryRun,
  };
}

function tell(context: Context, imported: StatementImported, dryRun: boolean): void {
  const { added, repeated, from, to, bankAccount } = imported;
  const span = from === null ? "no lines" : `${day(from) ?? ""} to ${day(to) ?? ""}`;
  const kept = dryRun ? ", nothing kept: --dry-run" : "";
  context.line(
    `${context.paint("green", `${added} new, ${repeated} already there`)}  (${imported.accountId}, ${bankAccount ?? "no bank account named"}, ${span}${kept})`,
  );
  for (const { currency, lines, inMinor, outMinor } of imported.sums)
    context.line(
      `${lines} ${lines === 1 ? "line" : "lines"} in ${currency}: ${formatAmount(inMinor, currency)} came in, ${formatAmount(-outMinor, currency)} went out`,
    );
  for (const [account, lines] of Object.entries(imported.leftOut))
    context.line(`left out: ${lines} ${lines === 1 ? "line" : "lines"} of the account ${account}`);
  for (const [reason, times] of Object.entries(imported.skippedBecause)) context.line(`left out: ${times} ${reason}`);
  for (const { line, message } of imported.accepted)
    context.line(`${context.paint("yellow", `line ${line}`)}  accepted: ${message}`);
  for (const note of imported.notes) context.info(`note: ${note}`);
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
      if (context.json) context.document(importedDocument(imported, dryRun));
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
    "Imports a bank statement: all of it or, if any line has an error, nothing. What is stored is what apay bank parse shows. Statements may overlap. MT940, camt.052, camt.053, camt.054, OFX, QFX, BAI2, QIF and Excel workbooks are recognised by their content, packed or not; anything else is read as CSV. How banks lay out their CSV is known by its column names; map others with --map. Dates and amounts with two readings are never guessed: pass --date-format and --decimal, or set the account's bank options in apay.config.json.",
  arguments: [{ name: "<file>", help: "the statement, or - for standard input" }],
  options: [
    { flags: "--bank-account <iban>", help: "bank account that is meant; lines of others are left out and counted" },
    ...STATEMENT_OPTIONS,
    {
      flags: "--accept-balance-difference [note]",
      help: "take a statement in although its own balances do not agree with its entries; the note stays on record",
    },
    { flags: "--note <text>", help: "why the difference of balances is accepted" },
    { flags: "--dry-run", help: "check everything, import nothing" },
  ],
  examples: [
    ["apay bank import statement.xml", "camt.053"],
    ["apay bank import umsaetze.csv", "the CSV of a bank whose column names are known"],
    [
      "apay bank import export.csv --separator ';' --decimal , --date-format dd.mm.yyyy --encoding windows-1252",
      "how its amounts, dates and text are written",
    ],
    ["apay bank import export.csv --map bookedAt=Posted --map amount=Value --currency GBP", "unusual columns"],
  ],
  run,
};
