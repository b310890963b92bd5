import { Buffer } from "node:buffer";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import {
  readReport,
  toContractLine,
  UnusableReportError,
  type HeaderEvent,
  type ReportEvent,
  type RowEvent,
  type SummaryEvent,
} from "@amazon-pay-kit/reports";
import { EXIT, type ExitStatus } from "../errors.ts";
import { encodingOption } from "../options/encoding.ts";
import { argument, text, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { DocumentedError, failureOf, type Failure } from "../program/failure.ts";

const FLUSH_CHARACTERS = 64 * 1024;
/** Rows that are shown when a person looks; the file may have millions. */
const SHOWN_ROWS = 20;

/** What a narrow screen does without last: the rest follows in the order of the file. */
const NEEDED = [
  /^(?:transactionType|.*Status)$/,
  /^netTransactionAmount$/,
  /^transactionAmount$/,
  /Date$/,
  /^amazonTransactionId$/,
  /Amount$|Fee$/,
  /Id$/,
];

/** The rank of a column to be left out: what is the same in all rows goes first. */
function spareOf(column: HeaderEvent["columns"][number], index: number, rows: readonly RowEvent[]): number {
  const [first] = rows;
  const same = rows.length > 1 && rows.every((row) => row.values[column.key] === first?.values[column.key]);
  const rank = NEEDED.findIndex((pattern) => pattern.test(column.key));
  return (same ? 2 * NEEDED.length : rank < 0 ? NEEDED.length : rank) + index / 1000;
}

/** What a format does with the events of a file. */
interface Sink {
  take(event: ReportEvent): void | Promise<void>;
  end(): void | Promise<void>;
  /** Closes what was written when the file cannot be read to its end; false when the failure still has to be written. */
  fail?(failure: Failure): Promise<boolean>;
}

/** Writes in large pieces, and waits for a slow reader after each, so that what is printed never fills the memory. */
function buffered(context: Context) {
  let buffer = "";
  const flush = async (): Promise<void> => {
    if (buffer === "") return;
    context.terminal.out.write(buffer);
    buffer = "";
    await context.terminal.out.drained();
  };
  return {
    write(text: string): void | Promise<void> {
      buffer += text;
      return buffer.length > FLUSH_CHARACTERS ? flush() : undefined;
    },
    flush,
  };
}

function ndjson(context: Context): Sink {
  const out = buffered(context);
  return {
    take(event) {
      const line = toContractLine(event);
      return line === null ? undefined : out.write(`${JSON.stringify(line)}\n`);
    },
    end: out.flush,
    // What was read of a file that breaks off is printed.
    fail: async () => {
      await out.flush();
      return false;
    },
  };
}

/** One document, written while the file is read: a file of millions of rows stands in no memory. */
function document(context: Context): Sink {
  /** Texts of the errors, which stand behind the rows, in large pieces of bytes: a tenth of what they take as objects. */
  const errors: Buffer[] = [];
  let errorTexts = "";
  let header: unknown = null;
  let summary: unknown = null;
  let rows = 0;
  const out = buffered(context);
  const begin = (): string => (rows === 0 ? `{"header":${JSON.stringify(header)},\n"rows":[\n` : ",\n");
  const close = async (rest: object): Promise<void> => {
    const members = Object.entries({ summary, ...rest });
    const tail = members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",\n");
    await out.write(`${rows === 0 ? begin() : "\n"}],\n"errors":[`);
    for (const piece of errors) await out.write(piece.toString());
    await out.write(`${errorTexts}],\n${tail}}\n`);
    await out.flush();
  };
  return {
    take(event) {
      const line = toContractLine(event);
      if (line === null) return undefined;
      if (event.type === "header") header = line;
      else if (event.type === "summary") summary = line;
      else if (event.type === "error") {
        errorTexts += `${errors.length === 0 && errorTexts === "" ? "" : ","}${JSON.stringify(line)}`;
        if (errorTexts.length > FLUSH_CHARACTERS) {
          errors.push(Buffer.from(errorTexts));
          errorTexts = "";
        }
      } else {
        const text = `${begin()}${JSON.stringify(line)}`;
        rows += 1;
        return out.write(text);
      }
      return undefined;
    },
    end: () => close({}),
    // What has been written is made whole, and says that it is not all.
    fail: async ({ code, message, remedy }) => {
      if (rows === 0) return false;
      await close({ error: { code, message, remedy: remedy ?? null } });
      return true;
    },
  };
}

function cell(header: HeaderEvent, row: RowEvent, key: string): string {
  const value = row.values[key];
  if (value === null || value === undefined) return "";
  const column = header.columns.find((candidate) => candidate.key === key);
  if (typeof value === "bigint") {
    const currency = column?.currency === undefined ? undefined : row.values[column.currency];
    return typeof currency === "string" ? formatAmount(value, currency) : value.toString();
  }
  return typeof value === "number" && column?.type === "instant" ? formatInstant(value) : String(value);
}

function summaryLines(context: Context, summary: SummaryEvent): void {
  const counts = `${summary.rows} rows, ${summary.errors} errors`;
  context.line(summary.errors === 0 ? context.paint("green", counts) : context.paint("red", counts));
  if (summary.rows > 0 && Object.keys(summary.totals).length === 0)
    context.line(context.paint("dim", "not added up: a row is one state of an object, and an object has several"));
  for (const [currency, totals] of Object.entries(summary.totals)) {
    const parts = Object.entries(totals).map(([key, minor]) => `${key} ${formatAmount(minor, currency)}`);
    context.line(`${currency}  ${parts.join("  ")}`);
  }
}

function forPeople(context: Context): Sink {
  let header: HeaderEvent | undefined;
  let summary: SummaryEvent | undefined;
  const rows: RowEvent[] = [];
  let count = 0;
  return {
    take(event) {
      if (event.type === "header") header = event;
      if (event.type === "summary") summary = event;
      if (event.type === "error")
        context.line(`${context.paint("red", `line ${event.line}`)}  ${event.code}  ${withoutLine(event)}`);
      if (event.type === "row") {
        count += 1;
        if (rows.length < SHOWN_ROWS) rows.push(event);
      }
      // Millions of damaged rows are printed as fast as they are taken, and stand in no memory.
      return event.type === "error" ? context.terminal.out.drained() : undefined;
    },
    end() {
      if (header === undefined) return;
      const start = header;
      context.line(
        `${context.paint("bold", start.report)} report${start.sellerId === undefined ? "" : ` of ${start.sellerId ?? "an unnamed seller"}`}`,
      );
      const filled = start.columns.filter(({ key }) => rows.some((row) => (row.values[key] ?? null) !== null));
      context.table(rows, [
        { title: "line", value: (row) => String(row.line), align: "right" },
        ...filled.map((column, index) => ({
          title: column.key,
          value: (row: RowEvent) => cell(start, row, column.key),
          align: column.type === "amount" ? ("right" as const) : ("left" as const),
          flexible: column.type === "text",
          spare: spareOf(column, index, rows),
        })),
      ]);
      if (count > rows.length)
        context.line(context.paint("dim", `… and ${count - rows.length} more (--format ndjson prints every row)`));
      if (summary !== undefined) summaryLines(context, summary);
    },
  };
}

async function source(context: Context, name: string): Promise<AsyncIterable<Uint8Array>> {
  if (name === "-") return context.terminal.input as AsyncIterable<Uint8Array>;
  const path = resolve(context.terminal.cwd, name);
  // Says "no such file" before anything is printed.
  if ((await stat(path)).isDirectory())
    throw Object.assign(new Error(`${path} is a folder`), { code: "EISDIR", syscall: "read", path });
  return createReadStream(path, { highWaterMark: 256 * 1024 });
}

/** The events of a file; what ends them before their time names it. */
async function* naming(name: string, events: AsyncIterable<ReportEvent>): AsyncGenerator<ReportEvent> {
  try {
    yield* events;
  } catch (error) {
    if (!(error instanceof UnusableReportError)) throw error;
    const { code, line, message } = error;
    const file = name === "-" ? "standard input" : name;
    throw new UnusableReportError(code, `${file}: ${message}`, { line, cause: error });
  }
}

/** What a message says, where its line is beside it already. */
function withoutLine({ line, message }: { readonly line: number; readonly message: string }): string {
  return message.replace(`line ${line}: `, "");
}

async function parseFile(context: Context, input: Input): Promise<ExitStatus> {
  const name = argument(input, 0);
  const format = text(input, "format") ?? (context.json ? "json" : "table");
  const sink = format === "ndjson" ? ndjson(context) : format === "json" ? document(context) : forPeople(context);
  const limit = text(input, "errorLimit");
  let errors = 0;
  let rows = 0;
  const personal = text(input, "personalData") as "keep" | "mask" | "drop" | undefined;
  const encoding = encodingOption(input);
  const bytes = await source(context, name);
  try {
    const events = readReport(bytes, {
      signal: context.signal,
      ...(personal === undefined ? {} : { personalData: personal }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(limit === undefined ? {} : { errorLimit: Number(limit) }),
    });
    for await (const event of naming(name, events)) {
      if (event.type === "error") errors += 1;
      if (event.type === "notice")
        context.info(`${context.paint("yellow", "note")} line ${event.line}: ${withoutLine(event)}`);
      if (event.type === "row" && (rows += 1) % 10_000 === 0) context.progress.update(`reading ${name}: rows`, rows);
      const pending = sink.take(event);
      if (pending !== undefined) await pending;
    }
  } catch (error) {
    if (context.signal.aborted || (await sink.fail?.(failureOf(error))) !== true) throw error;
    throw new DocumentedError(error);
  }
  context.progress.end();
  await sink.end();
  return errors === 0 ? EXIT.done : EXIT.problems;
}

export const parse: CommandRow = {
  name: "parse",
  summary: "read any report file; needs no account",
  description:
    "Reads a settlement or transaction report, plain, gzip or zip, from the API or from Seller Central. The report type is recognised by its content. Damaged rows are reported with their line; the rows after them are still read.",
  arguments: [{ name: "<file>", help: "the file, or - for standard input" }],
  options: [
    {
      flags: "--format <format>",
      help: "output format: table, ndjson (one object per line) or json (one document)",
      choices: ["table", "ndjson", "json"],
    },
    { flags: "--personal-data <what>", help: "what to do with buyer data", choices: ["keep", "mask", "drop"] },
    { flags: "--encoding <name>", help: "encoding of the file where it is not UTF-8: windows-1252, shift_jis" },
    { flags: "--error-limit <n>", help: "stop when more rows than this are damaged" },
  ],
  examples: [
    ["apay parse settlement.csv", "show a file as a table"],
    [
      "apay parse settlement.csv --format ndjson | jq .values.netTransactionAmount",
      "pass every row to another program",
    ],
    ["curl -s URL | apay parse - --json", "one document, from standard input"],
  ],
  run: parseFile,
};
