import { Buffer } from "node:buffer";
import type { KnownReportKind } from "../kind.ts";
import type { WriteReportOptions } from "./options.ts";
import { ReportWriter, type ReportHeader, type WritableRow } from "./report-writer.ts";

/** Bytes are handed out in pieces of about this size. */
const PIECE = 64 * 1024;

/**
 * Writes a report file, from the same column table that the reader goes by: what is written reads back identically.
 *
 * @example
 * const header = { sellerId: "A1XX111XXX111XXX", settlementStartDate, settlementEndDate };
 * for await (const piece of writeReport("settlement", header, rows)) file.write(piece);
 * @param rows typed as the reader gives them; a value that is missing or `null` becomes an empty cell
 * @throws WriteReportError for a value that would not read back as it is
 */
export async function* writeReport(
  kind: KnownReportKind,
  header: ReportHeader,
  rows: Iterable<WritableRow> | AsyncIterable<WritableRow>,
  options: WriteReportOptions = {},
): AsyncGenerator<Uint8Array, void, void> {
  const writer = new ReportWriter(kind, options);
  let text = writer.head(header);
  for await (const row of rows) {
    text += writer.row(row);
    if (text.length < PIECE) continue;
    yield Buffer.from(text);
    text = "";
  }
  text += writer.tail();
  if (text !== "") yield Buffer.from(text);
}

/** A report in memory. */
export interface WrittenReport {
  readonly bytes: Uint8Array;
  /** `lines[i]` is the physical line, from 1, on which `rows[i]` starts, as the reader will count it. */
  readonly lines: readonly number[];
}

/** As {@link writeReport}, at once and in memory: for reports that are small, and for those who may not wait. */
export function writeReportSync(
  kind: KnownReportKind,
  header: ReportHeader,
  rows: Iterable<WritableRow>,
  options: WriteReportOptions = {},
): WrittenReport {
  const writer = new ReportWriter(kind, options);
  const texts = [writer.head(header)];
  const lines: number[] = [];
  for (const row of rows) {
    lines.push(writer.nextLine);
    texts.push(writer.row(row));
  }
  texts.push(writer.tail());
  return { bytes: Buffer.from(texts.join("")), lines };
}

/** The bytes alone of {@link writeReportSync}. */
export function reportBytes(
  kind: KnownReportKind,
  header: ReportHeader,
  rows: Iterable<WritableRow>,
  options: WriteReportOptions = {},
): Uint8Array {
  return writeReportSync(kind, header, rows, options).bytes;
}
