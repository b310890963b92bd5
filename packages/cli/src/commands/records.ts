import { importRecords, RecordsError, type RecordsImported } from "@amazon-pay-kit/ledger";
import { ORDER_PROFILES, RECORD_MEMBERS } from "@amazon-pay-kit/orders";
import { importAccount } from "../service/import-account.ts";
import { inputFile } from "../books/input-file.ts";
import { withBooks } from "../books/open.ts";
import { RECORD_OPTIONS, recordOptions } from "../books/record-options.ts";
import { refusal } from "../books/rejected-import.ts";
import { EXIT, type ExitStatus } from "../errors.ts";
import { argument, flag, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";

const LEFT_OUT: Readonly<Record<keyof RecordsImported["leftOut"], string>> = {
  "paid-otherwise": "paid otherwise than with Amazon Pay",
  "no-money-moved": "authorizations and the like, which move no money",
  "further-item": "further items of an order above",
  sandbox: "with ids of Amazon's sandbox",
};

function tell(context: Context, imported: RecordsImported, dryRun: boolean): void {
  const { added, repeated, revised, format } = imported;
  const words = `${added} new, ${revised} revised, ${repeated} already there`;
  context.line(
    `${context.paint("green", words)}  (${imported.accountId}, read as ${format}${dryRun ? ", nothing kept: --dry-run" : ""})`,
  );
  for (const [why, count] of Object.entries(imported.leftOut)) {
    if (count > 0) context.line(`left out: ${count} rows ${LEFT_OUT[why as keyof typeof LEFT_OUT]}`);
  }
  for (const notice of imported.notices) context.line(context.paint("yellow", notice));
  if (imported.undatedRefunds > 0) {
    context.line(
      context.paint(
        "yellow",
        `${imported.undatedRefunds} orders have refunds, but the export does not say when: import the refunds from another file`,
      ),
    );
  }
}

async function run(context: Context, input: Input): Promise<ExitStatus> {
  const file = await inputFile(context, argument(input, 0));
  const dryRun = flag(input, "dryRun");
  const reading = recordOptions(input);
  return withBooks(context, async (open) => {
    try {
      context.progress.update(`reading ${file.name ?? "standard input"}`);
      const imported = await importRecords(await importAccount(context, open), file.bytes, {
        ...reading,
        onConflict: flag(input, "replace") ? "replace" : "refuse",
        dryRun,
        ...(file.name === null ? {} : { fileName: file.name }),
      });
      context.progress.end();
      if (context.json) context.document({ ...imported, dryRun });
      else tell(context, imported, dryRun);
      return EXIT.done;
    } catch (error) {
      throw error instanceof RecordsError ? refusal(context, error, file.name) : error;
    }
  });
}

/** The shops whose exports are known, each once. */
const SHOPS = [
  ...new Set(
    ORDER_PROFILES.filter(({ name }) => name !== "kit").map(({ title }) =>
      title.replace(/ (orders|invoices|transaction histories|Analytics)( .*)?$/, ""),
    ),
  ),
].join(", ");

export const recordsImport: CommandRow = {
  name: "records import",
  summary: "import your own charges and refunds, to match with settlements",
  description: `Imports a file of your own charges and refunds: all of it or, if any row has an error, nothing. Importing the same file twice is harmless. apay records parse shows what it would take.\n\nOrder exports of ${SHOPS} are recognised by their columns; for other CSV files use --map. NDJSON has one object per line with ${RECORD_MEMBERS.join(", ")}.`,
  arguments: [{ name: "<file>", help: "CSV, Excel workbook (.xlsx) or NDJSON, gzip or zip, or - for standard input" }],
  options: [
    ...RECORD_OPTIONS,
    { flags: "--replace", help: "replace existing records that have a different amount" },
    { flags: "--dry-run", help: "check everything, import nothing" },
  ],
  examples: [
    ["apay records import orders.csv", "an order export of a shop"],
    ["apay records import book.csv --map amount=Total,orderId=Number --currency EUR", "any other file"],
    ["apay records import refunds.csv --kind refund --dry-run", "check before importing"],
  ],
  run,
};
