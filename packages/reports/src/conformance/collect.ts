import { Buffer } from "node:buffer";
import type { ReportBatch } from "../batch.ts";
import type { ErrorEvent, HeaderEvent, NoticeEvent, SummaryEvent } from "../events.ts";
import type { CellValue } from "../layouts/layout.ts";
import type { ReadReportOptions } from "../options.ts";
import type { ReportSource } from "../source/report-source.ts";

/** A way to read a report in batches. */
export type ReadBatches = (source: ReportSource, options?: ReadReportOptions) => AsyncIterable<ReportBatch>;

/** A whole report, all batches joined. */
export interface ReadReport {
  header: HeaderEvent;
  rows: (readonly CellValue[])[];
  lines: number[];
  offsets: number[];
  errors: ErrorEvent[];
  notices: NoticeEvent[];
  summary: SummaryEvent;
}

/** Joins the batches of a report. */
export async function collect(batches: AsyncIterable<ReportBatch>): Promise<ReadReport> {
  let header: HeaderEvent | null = null;
  let summary: SummaryEvent | null = null;
  const rest: Omit<ReadReport, "header" | "summary"> = { rows: [], lines: [], offsets: [], errors: [], notices: [] };
  for await (const batch of batches) {
    header = batch.header;
    summary = batch.summary;
    rest.rows.push(...batch.rows);
    rest.lines.push(...batch.lines);
    rest.offsets.push(...batch.offsets);
    rest.errors.push(...batch.errors);
    rest.notices.push(...batch.notices);
  }
  if (header === null || summary === null) throw new Error("a report without header or summary");
  return { header, ...rest, summary };
}

/** The values of a column. */
export function valuesOf(report: ReadReport, key: string): CellValue[] {
  const slot = report.header.columns.findIndex((column) => column.key === key);
  if (slot < 0) throw new Error(`no column ${key}`);
  return report.rows.map((row) => row[slot] ?? null);
}

/** Bytes in pieces of the given sizes, the sizes repeated as often as needed. */
export async function* inPieces(bytes: Uint8Array, ...sizes: number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let index = 0; at < bytes.length; index++) {
    const size = Math.max(1, sizes[index % sizes.length] ?? 1);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** One character, one byte: so that any byte can be written in a test. */
export function latin1(text: string): Buffer {
  return Buffer.from(text, "latin1");
}
