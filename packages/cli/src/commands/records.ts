import {
  importRecords,
  RECORD_FORMATS,
  RECORD_MEMBERS,
  RecordsError,
  type RecordsImported,
} from "@amazon-pay-kit/ledger";
import { importAccount } from "../service/import-account.ts";
import { columnMap } from "../books/column-map.ts";
import { inputFile } from "../books/input-file.ts";
import { withBooks } from "../books/open.ts";
import { refusal } from "../books/rejected-import.ts";
import { EXIT, type ExitStatus } from "../errors.ts";
import { argument, flag, text, texts, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";

const LEFT_OUT: Readonly<Record<keyof RecordsImported["leftOut"], string>> = {
  "paid-otherwise": "paid otherwise than with Amazon Pay",
  "no-money-moved": "authorizations and the like, which move no money",
  "further-item": "further items of an order above",
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
  const [format, currency, utcOffset, separator] = ["format", "currency", "utcOffset", "separator"].map((name) =>
    text(input, name),
  );
  return withBooks(context, async (open) => {
    try {
      context.progress.update(`reading ${file.name ?? "standard input"}`);
      const imported = await importRecords(await importAccount(context, open), file.bytes, {
        map: columnMap(texts(input, "map"), RECORD_MEMBERS),
        kind: text(input, "kind") === "refund" ? "refund" : "charge",
        signedAmounts: flag(input, "signed"),
        onConflict: flag(input, "replace") ? "replace" : "refuse",
        dryRun,
        ...(file.name === null ? {} : { fileName: file.name }),
        ...(format === undefined ? {} : { format }),
        ...(currency === undefined ? {} : { currency }),
        ...(utcOffset === undefined ? {} : { utcOffset }),
        ...(separator === undefined ? {} : { separator: separator === "tab" ? "\t" : separator }),
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

export const recordsImport: CommandRow = {
  name: "records import",
  summary: "import your own charges and refunds, to match with settlements",
  description: `Imports a file of your own charges and refunds: all of it or, if any row has an error, nothing. Importing the same file twice is harmless.\n\nOrder exports of ${RECORD_FORMATS.filter(
    ({ name }) => name !== "kit",
  )
    .map(({ title }) => title.replace(/ (orders|transaction histories)$/, ""))
    .filter((title, index, all) => all.indexOf(title) === index)
    .join(
      ", ",
    )} are recognised by their columns; for other CSV files use --map. NDJSON has one object per line with ${RECORD_MEMBERS.join(", ")}.`,
  arguments: [{ name: "<file>", help: "CSV or NDJSON, or - for standard input" }],
  options: [
    {
      flags: "--format <name>",
      help: "skip recognition and use this format",
      choices: RECORD_FORMATS.map(({ name }) => name),
    },
    { flags: "--map <member=column>", help: "map a field to a column; may be repeated", repeat: true },
    { flags: "--currency <code>", help: "currency of rows without one" },
    { flags: "--kind <kind>", help: "kind of rows without one (default: charge)", choices: ["charge", "refund"] },
    { flags: "--signed", help: "treat negative amounts as refunds" },
    { flags: "--utc-offset <offset>", help: "UTC offset of times without one, e.g. +01:00 (default: UTC)" },
    { flags: "--separator <character>", help: "cell separator, or tab (default: ,)" },
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
