import { readStatement, toContractLine, UnusableStatementError } from "@amazon-pay-kit/statements";
import { inputFile } from "../books/input-file.ts";
import { documentSink, type LineSink, ndjsonSink, type PrintedLine, tableSink } from "../books/line-sink.ts";
import { STATEMENT_OPTIONS, statementOptions } from "../books/statement-options.ts";
import { CliError, EXIT, type ExitStatus } from "../errors.ts";
import { argument, type CommandRow, type Input, text } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import type { Column } from "../terminal/table.ts";

function cell(name: string): (line: PrintedLine) => string {
  return (line) => (line[name] === null || line[name] === undefined ? "" : String(line[name]));
}

const COLUMNS: readonly Column<PrintedLine>[] = [
  { title: "line", align: "right", value: cell("line") },
  { title: "booked", value: cell("bookedAt") },
  { title: "amount", align: "right", value: cell("amount") },
  { title: "currency", value: cell("currency") },
  { title: "counterparty", value: cell("counterparty"), flexible: true, spare: 1 },
  { title: "text", value: cell("text"), flexible: true },
];

function sinkOf(context: Context, output: string): LineSink {
  if (output === "ndjson") return ndjsonSink(context);
  if (output === "table") return tableSink(context, "line", COLUMNS);
  return documentSink(context, { statement: "statements", line: "lines", error: "errors" });
}

async function run(context: Context, input: Input): Promise<ExitStatus> {
  const file = await inputFile(context, argument(input, 0));
  const name = file.name ?? "standard input";
  const output = text(input, "output") ?? (context.json ? "json" : "table");
  const sink = sinkOf(context, output);
  let [errors, rows] = [0, 0];
  try {
    for await (const event of readStatement(file.bytes, statementOptions(input))) {
      if (event.type === "error") errors += 1;
      if ((rows += 1) % 10_000 === 0) context.progress.update(`reading ${name}: lines`, rows);
      if (event.type === "note") context.info(`note: ${event.message}`);
      // A script gets the count with the summary; what it was is for a person.
      if (event.type === "summary" && output !== "table")
        for (const [reason, times] of Object.entries(event.skippedBecause))
          context.info(`left out: ${times} ${reason}`);
      const line = event.type === "skipped" && output === "table" ? event : toContractLine(event);
      const pending = line === null ? undefined : sink.take(line as PrintedLine);
      if (pending !== undefined) await pending;
    }
  } catch (error) {
    if (!(error instanceof UnusableStatementError)) throw error;
    // What was read of a file that breaks off is printed.
    if (output === "ndjson") await sink.end();
    throw new CliError(error.code, `${name}: ${error.message}`, { cause: error });
  } finally {
    context.progress.end();
  }
  await sink.end();
  return errors === 0 ? EXIT.done : EXIT.problems;
}

export const bankParse: CommandRow = {
  name: "bank parse",
  summary: "read any bank statement; needs no account",
  description:
    "Reads a bank statement of any known format, packed or not, and shows its lines: exactly what bank import would store. Nothing is stored. Status 0; 1 with bad lines; 2 when the file cannot be used, with the option that makes it usable.",
  arguments: [{ name: "<file>", help: "the statement, or - for standard input" }],
  options: [
    {
      flags: "--output <form>",
      help: "table, ndjson (one object per line) or json (one document)",
      choices: ["table", "ndjson", "json"],
    },
    ...STATEMENT_OPTIONS,
  ],
  examples: [
    ["apay bank parse statement.sta", "what would be imported, as a table"],
    ["apay bank parse umsaetze.csv --output ndjson", "one object per line"],
    ["apay bank parse export.csv --date-format dd/mm/yyyy --currency GBP", "what the file leaves open"],
  ],
  run,
};
