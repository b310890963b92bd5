import type { CsvRecord } from "@amazon-pay-kit/reports/csv";
import { csvLines } from "../../imports/csv-lines.ts";
import { peek } from "../../imports/peek.ts";
import { csvSource } from "../../imports/csv-source.ts";
import { RecordsError } from "../errors.ts";
import type { NewRecord } from "../record.ts";
import type { GivenRecord } from "../take-records.ts";
import { type ColumnChoice, type RecordColumns, recordColumns } from "./columns.ts";
import { MEMBERS } from "./record-format.ts";
import { type LeftOut, readRow, type RowDefaults } from "./read-row.ts";
import { readShopTime } from "./shop-time.ts";

/** How a file of records is read. */
export interface FileReading extends ColumnChoice {
  readonly separator?: string;
  readonly defaults: RowDefaults;
}

/** What was seen while a file was read. */
export interface FileSeen {
  format: string;
  readonly leftOut: Record<LeftOut, number>;
  /** Orders with a refund whose time the export does not tell. */
  undatedRefunds: number;
}

/** A brace that opens. */
const OBJECT = 0x7b;

const PROBLEMS: Readonly<Record<NonNullable<CsvRecord["problem"]>, string>> = {
  quote: "a quote stands in the wrong place",
  "unterminated-quote": "a quote is never closed",
  encoding: "the text is not UTF-8: save the file as UTF-8",
  "too-long": "the line is too long",
};

/**
 * Reads a file of records: NDJSON with the members of a record, or CSV with the columns of a known export. The first sign
 * decides which.
 */
export async function* readRecordFile(
  source: AsyncIterable<Uint8Array>,
  reading: FileReading,
  seen: FileSeen,
): AsyncGenerator<GivenRecord> {
  const { head, bytes } = await peek(source);
  const foreign = csvSource(head);
  if (foreign !== null) throw new RecordsError("records.unusable-file", foreign);
  if (head[0] === OBJECT) {
    seen.format = "ndjson";
    yield* readObjects(bytes, reading.defaults);
  } else yield* readRows(bytes, reading, seen);
}

async function* readRows(
  source: AsyncIterable<Uint8Array>,
  reading: FileReading,
  seen: FileSeen,
): AsyncGenerator<GivenRecord> {
  let columns: RecordColumns | null = null;
  let width = 0;
  let damaged = false;
  const refuse = (message: string): RecordsError => new RecordsError("records.unusable-file", message);
  for await (const { line, cells, problem } of csvLines(source, reading.separator, refuse)) {
    if (problem !== null) {
      damaged = true;
      yield { line, problem: { code: "record.unreadable", line, message: PROBLEMS[problem] } };
      continue;
    }
    if (columns === null) {
      columns = recordColumns(cells, reading);
      seen.format = columns.format.name;
      width = cells.length;
      continue;
    }
    if (cells.length !== width) {
      const message = `has ${cells.length} cells where the line of column names has ${width}`;
      yield { line, problem: { code: "record.unreadable", line, message } };
      continue;
    }
    if (/[1-9]/.test(cells[columns.undatedRefunds] ?? "")) seen.undatedRefunds += 1;
    const read = readRow(cells, columns, reading.defaults);
    if ("leftOut" in read) seen.leftOut[read.leftOut] += 1;
    else if ("problem" in read) yield { line, problem: { ...read.problem, line } };
    else yield { line, record: read.record };
  }
  // Where no line can be read, the first one's damage has been told.
  if (columns === null && !damaged)
    throw new RecordsError("records.unusable-file", "the file is empty: it has no line of column names");
}

async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: false });
  let rest = "";
  for await (const piece of source) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  yield rest + decoder.decode();
}

async function* readObjects(source: AsyncIterable<Uint8Array>, defaults: RowDefaults): AsyncGenerator<GivenRecord> {
  let line = 0;
  for await (const text of linesOf(source)) {
    line += 1;
    if (text.trim() === "") continue;
    const read = objectOf(text, defaults);
    yield typeof read === "string"
      ? { line, problem: { code: "record.unreadable", line, message: read } }
      : { line, record: read };
  }
}

function objectOf(text: string, defaults: RowDefaults): NewRecord | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "is no JSON object";
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "is no JSON object";
  const given = value as Record<string, unknown>;
  const unknown = Object.keys(given).filter((name) => !(MEMBERS as readonly string[]).includes(name));
  if (unknown.length > 0) return `has the member ${unknown[0]}, which is none of ${MEMBERS.join(", ")}`;
  if (typeof given["amount"] === "number") return 'amount is a number: write it as text, such as "10.50"';
  const when = given["occurredAt"];
  const record = { kind: defaults.kind, currency: defaults.currency ?? undefined, ...given } as unknown as NewRecord;
  if (typeof when !== "string") return record;
  return { ...record, occurredAt: readShopTime(when, defaults.offset) ?? when };
}
