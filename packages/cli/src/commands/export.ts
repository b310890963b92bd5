import { basename, dirname, join, resolve } from "node:path";
import {
  EXPORT_FORMATS,
  EXPORTED,
  exportBooks,
  exportBooksTo,
  ExportError,
  type Exported,
  type ExportOptions,
  JOURNAL_DETAILS,
  type JournalDetail,
} from "@amazon-pay-kit/ledger";
import { bringExportUpToDate, lakeFormatOf } from "../books/incremental-export.ts";
import { makeFolder } from "../books/make-folder.ts";
import type { Increment } from "@amazon-pay-kit/ledger/export";
import { lacksReports, noteUnfinished } from "../books/unfinished.ts";
import { feeTaxSettings } from "../books/settings.ts";
import { withBooks, type OpenBooks } from "../books/open.ts";
import { CliError, EXIT, type ExitStatus } from "../errors.ts";
import { flag, text, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { currencyOf } from "../options/currency.ts";
import { periodOf } from "../options/times.ts";

function optionsOf(context: Context, input: Input): ExportOptions {
  const format = text(input, "format");
  if (format === undefined) {
    throw new CliError("usage.format", "say which format", {
      remedy: `--format ${EXPORT_FORMATS.map(({ name }) => name).join(", ")}`,
    });
  }
  return {
    format,
    what: text(input, "what") as Exported | undefined,
    detail: (text(input, "detail") as JournalDetail | undefined) ?? "settlement",
    accrual: flag(input, "accrual"),
    feeTax: feeTaxSettings(context.config()),
    settlementId: text(input, "settlement"),
    currency: currencyOf(input),
    ...periodOf(context, input),
    timeZone: context.config().timeZone,
    settings: context.config().export,
    onProgress: (count) => {
      context.signal.throwIfAborted();
      if (count % 1000 === 0) context.progress.update(`exporting ${format}`, count);
    },
  };
}

async function toStdout(context: Context, { books }: OpenBooks, options: ExportOptions): Promise<void> {
  for await (const piece of exportBooks(books, options)) {
    context.signal.throwIfAborted();
    context.terminal.out.write(piece);
    await context.terminal.out.drained();
  }
  context.progress.end();
}

/** Books that somebody has to decide about are no wrong command: the decision is awaited, as exceptions are. */
async function decided<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ExportError) || error.code !== "export.not-accepted") throw error;
    throw new CliError(error.code, error.message, { exitStatus: EXIT.problems, cause: error });
  }
}

function showIncrement(context: Context, place: string, done: readonly Increment[]): void {
  if (context.json) {
    context.document({ out: place, accounts: done });
    return;
  }
  const sum = (pick: (one: Increment) => number): number => done.reduce((count, one) => count + pick(one), 0);
  const [added, replaced, removed] = [sum((one) => one.added), sum((one) => one.replaced), sum((one) => one.removed)];
  context.line(
    `${place}: ${added} files written, ${replaced} of them in the place of others, ${removed} withdrawn; ${sum((one) => one.files)} files stand, with ${sum((one) => one.rows)} rows`,
  );
}

async function runIncremental(context: Context, input: Input): Promise<ExitStatus> {
  const place = text(input, "out") ?? text(input, "to");
  if (place === undefined)
    throw new CliError("export.needs-folder", "--incremental brings a folder or a bucket up to date", {
      remedy: "name it with --out: a folder, or s3://bucket/prefix",
    });
  const strange = ["settlement", "currency", "from", ...(text(input, "out") === undefined ? [] : ["to"])].find(
    (name) => text(input, name) !== undefined,
  );
  if (strange !== undefined)
    throw new CliError("export.incremental", `--incremental has everything, so --${strange} makes no sense with it`, {
      remedy: `leave --${strange} out`,
    });
  const what = text(input, "what") as Exported | undefined;
  const journal = {
    detail: (text(input, "detail") as JournalDetail | undefined) ?? "settlement",
    accrual: flag(input, "accrual"),
    feeTax: feeTaxSettings(context.config()),
    settings: context.config().export,
  };
  const asked = {
    place,
    format: lakeFormatOf(text(input, "format")),
    tables: what === undefined ? undefined : [what],
    accountGroup: text(input, "group"),
    full: flag(input, "full"),
    journal,
  };
  return withBooks(context, async (open) => {
    const unfinished = await noteUnfinished(context, open, "this export");
    const done = await decided(() => bringExportUpToDate(context, open, asked));
    showIncrement(context, place, done);
    return lacksReports(unfinished) ? EXIT.problems : EXIT.done;
  });
}

async function run(context: Context, input: Input): Promise<ExitStatus> {
  if (flag(input, "incremental")) return runIncremental(context, input);
  const options = optionsOf(context, input);
  const out = text(input, "out");
  const folder = EXPORT_FORMATS.find(({ name }) => name === options.format)?.folder !== undefined;
  if (out === undefined && folder)
    throw new CliError("export.needs-folder", `${options.format} writes a folder of files`, {
      remedy: "name the folder with --out",
    });
  if (out === undefined && context.json)
    throw new CliError("usage.json", "--json tells what was written, so it needs --out", {
      remedy: "leave --json out, or use --format ndjson",
    });
  return withBooks(context, async (open) => {
    const unfinished = await noteUnfinished(context, open, "this export");
    const status = lacksReports(unfinished) ? EXIT.problems : EXIT.done;
    if (out === undefined) {
      await decided(() => toStdout(context, open, options));
      return status;
    }
    const path = resolve(context.terminal.cwd, out);
    if (options.format === "datev" && !basename(path).startsWith("EXTF_")) {
      context.info(
        `${context.paint("yellow", "name")} DATEV offers a file for import only where its name begins with EXTF_: --out ${join(dirname(out), `EXTF_${basename(out)}`)}`,
      );
    }
    makeFolder(folder ? path : dirname(path));
    const written = await decided(() => exportBooksTo(open.books, options, path));
    context.progress.end();
    if (context.json) context.document({ format: options.format, out: path, files: written });
    else
      context.line(
        `${written.length} ${written.length === 1 ? "file" : "files"} written: ${folder ? `${path}/` : written.join(", ")}`,
      );
    return status;
  });
}

export const exportCommand: CommandRow = {
  name: "export",
  summary: "export rows and verdicts for spreadsheets and warehouses, journals for accounting",
  description: `Exports the books. csv and ndjson contain rows, settlements, exceptions or the journal; parquet contains tables in folders by account and month; the other formats contain the journal of reconciled settlements, in which each entry balances and names the report file and its lines.\n\n${EXPORT_FORMATS.map(
    ({ name, title }) => `  ${name.padEnd(11)} ${title}`,
  ).join(
    "\n",
  )}\n\nSet your account numbers in apay.config.json, under export.accounts for all formats and export.datev.accounts and so on for one, with byAccount beside it for single merchant accounts: taxCodes and rules beside them say more of types of rows, stores and VAT: see docs/journals.md.`,
  options: [
    { flags: "--format <name>", help: "output format", choices: EXPORT_FORMATS.map(({ name }) => name) },
    {
      flags: "--what <what>",
      help: "what to export (default: depends on the format)",
      choices: [...EXPORTED],
    },
    {
      flags: "--detail <detail>",
      help: "one journal entry per settlement (split where a month ends), day, month or row (default: settlement)",
      choices: [...JOURNAL_DETAILS],
    },
    {
      flags: "--accrual",
      help: "in a journal: at each month's end accrue what your records have and no settlement has yet, and reverse it on the next day",
    },
    { flags: "--settlement <id>", help: "only this settlement" },
    { flags: "--currency <code>", help: "only this currency" },
    {
      flags: "--from <day>",
      help: "posted on or after this day, or a time with its offset",
    },
    { flags: "--to <day>", help: "… and on or before this day, or before this time: 2026-02-01T00:00:00+09:00" },
    {
      flags: "--out <path>",
      help: "file or folder (default: standard output); with --incremental also s3://bucket/prefix",
    },
    {
      flags: "--incremental",
      help: "bring a folder or bucket of files by day up to date, with a manifest: writes only what has changed",
    },
    { flags: "--group <name>", help: "with --incremental: partition that the account is in (default: all)" },
    { flags: "--full", help: "with --incremental: compare the bytes of every day, as after an erasure" },
  ],
  examples: [
    ["apay export --format csv --out rows.csv", "every settlement row for a spreadsheet"],
    ["apay export --format beancount --out amazon-pay.beancount", "a journal that bean-check accepts"],
    [
      "apay export --format datev --from 2026-01-01 --to 2026-01-31 --out EXTF_januar.csv",
      "a month for the tax consultant",
    ],
    [
      "apay export --format xero --from 2026-06-01 --to 2026-06-30 --accrual --out june.csv",
      "June with what was unsettled at its end; more than 300 lines become june-1-of-2.csv and so on",
    ],
    ["apay export --format xlsx --what journal --detail month --out journal.xlsx", "a journal to look at"],
    ["apay export --format parquet --out warehouse", "folders by account and month"],
    ["apay export --incremental --out s3://lake/amazon-pay", "what is new, as Parquet by day, with a manifest"],
  ],
  run,
};
