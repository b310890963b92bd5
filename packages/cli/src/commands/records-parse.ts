import { readRecordFile, RecordsError } from "@amazon-pay-kit/ledger";
import { toContractLine } from "@amazon-pay-kit/orders";
import { inputFile } from "../books/input-file.ts";
import { documentSink, type LineSink, ndjsonSink, type PrintedLine, tableSink } from "../books/line-sink.ts";
import { RECORD_OPTIONS, recordOptions } from "../books/record-options.ts";
import { CliError, EXIT, type ExitStatus } from "../errors.ts";
import { argument, type CommandRow, type Input, text } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import type { Column } from "../terminal/table.ts";

function cell(name: string): (line: PrintedLine) => string {
  return (line) => (line[name] === null || line[name] === undefined ? "" : String(line[name]));
}

const COLUMNS: readonly Column<PrintedLine>[] = [
  { title: "line", align: "right", value: cell("line") },
  { title: "kind", value: cell("kind") },
  { title: "status", value: cell("status") },
  { title: "amount", align: "right", value: cell("amount") },
  { title: "currency", value: cell("currency") },
  { title: "at", value: cell("occurredAt"), spare: 2 },
  { title: "order", value: cell("orderId"), flexible: true },
  { title: "transaction", value: cell("transactionId"), flexible: true, spare: 1 },
];

function sinkOf(context: Context, output: string): LineSink {
  if (output === "ndjson") return ndjsonSink(context);
  if (output === "table") return tableSink(context, "record", COLUMNS);
  return documentSink(context, { record: "records", skipped: "skipped", error: "errors" });
}

async function run(context: Context, input: Input): Promise<ExitStatus> {
  const file = await inputFile(context, argument(input, 0));
  const sink = sinkOf(context, text(input, "output") ?? (context.json ? "json" : "table"));
  let [errors, rows] = [0, 0];
  try {
    for await (const event of readRecordFile(file.bytes, recordOptions(input))) {
      if (event.type === "error") errors += 1;
      if ((rows += 1) % 10_000 === 0) context.progress.update(`reading ${file.name ?? "standard input"}: rows`, rows);
      if (event.type === "summary") for (const notice of event.notices) context.info(`note: ${notice}`);
      const pending = sink.take(toContractLine(event));
      if (pending !== undefined) await pending;
    }
  } catch (error) {
    if (!(error instanceof RecordsError)) throw error;
    if (context.json)
      throw new CliError(error.code, `${file.name ?? "standard input"}: ${error.message}`, { cause: error });
    // What was read of a file that breaks off is printed.
    await sink.end();
    throw new CliError(error.code, `${file.name ?? "standard input"}: ${error.message}`, { cause: error });
  } finally {
    context.progress.end();
  }
  await sink.end();
  return errors === 0 ? EXIT.done : EXIT.problems;
}

export const recordsParse: CommandRow = {
  name: "records parse",
  summary: "read any order export of a shop; needs no account",
  description:
    "Reads an order or payment export of a shop and shows its charges and refunds, the rows that are left out and why, and the errors: exactly what records import would take. Nothing is stored.",
  arguments: [{ name: "<file>", help: "CSV, Excel workbook (.xlsx) or NDJSON, gzip or zip, or - for standard input" }],
  options: [
    {
      flags: "--output <form>",
      help: "table, ndjson (one object per line) or json (one document)",
      choices: ["table", "ndjson", "json"],
    },
    ...RECORD_OPTIONS,
  ],
  examples: [
    ["apay records parse orders.csv", "what would be imported, as a table"],
    ["apay records parse orders.csv --currency USD --output ndjson", "one object per line"],
    ["apay records parse orders.csv --status shipped=captured", "a status of your own shop"],
  ],
  run,
};
