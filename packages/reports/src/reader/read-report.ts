import type { ReportBatch } from "../batch.ts";
import type { ErrorEvent, NoticeEvent, ReportColumn, ReportEvent, RowEvent } from "../events.ts";
import type { CellValue } from "../layouts/layout.ts";
import type { ReadReportOptions } from "../options.ts";
import type { ReportSource } from "../source/report-source.ts";
import { readReportBatches } from "./read-batches.ts";

/**
 * Reads a report file of any kind, one event after another in the order of the file.
 *
 * First a `header`, last a `summary`; between them a `row` for each row, an `error` for each row that cannot be read
 * and a `notice`, once, for each thing that is new. A damaged row never hides the next one. Memory stays flat.
 *
 * @example
 * for await (const event of readReport(bytes)) {
 *   if (event.type === "row") console.log(event.values["netTransactionAmount"]); // -2554n
 * }
 * @throws UnusableReportError when the file as a whole cannot be used
 */
export async function* readReport(
  source: ReportSource,
  options: ReadReportOptions = {},
): AsyncGenerator<ReportEvent, void, void> {
  let first = true;
  for await (const batch of readReportBatches(source, options)) {
    if (first) yield batch.header;
    first = false;
    // Not yield*, which would wait three times for each event instead of once.
    for (const event of eventsOf(batch)) yield event;
    if (batch.summary !== null) yield batch.summary;
  }
}

/** The rows, errors and notices of a batch in the order of the file. */
function* eventsOf(batch: ReportBatch): Generator<RowEvent | ErrorEvent | NoticeEvent> {
  const { errors, notices, rows, offsets } = batch;
  const shape = shapeOf(batch.header.columns);
  let error = 0;
  let notice = 0;
  for (let index = 0; index <= rows.length; index++) {
    const offset = offsets[index] ?? Number.POSITIVE_INFINITY;
    for (;;) {
      const nextError = errors[error];
      const nextNotice = notices[notice];
      const errorAt = nextError?.offset ?? Number.POSITIVE_INFINITY;
      const noticeAt = nextNotice?.offset ?? Number.POSITIVE_INFINITY;
      if (nextNotice !== undefined && noticeAt <= errorAt && noticeAt <= offset) {
        yield nextNotice;
        notice++;
      } else if (nextError !== undefined && errorAt <= offset) {
        yield nextError;
        error++;
      } else break;
    }
    const row = rows[index];
    if (row !== undefined) yield rowEvent(shape, row, batch.lines[index] ?? 0, offset);
  }
}

interface RowShape {
  readonly known: readonly (readonly [slot: number, key: string])[];
  readonly extra: readonly (readonly [slot: number, key: string])[];
}

function shapeOf(columns: readonly ReportColumn[]): RowShape {
  const known: [number, string][] = [];
  const extra: [number, string][] = [];
  for (const [slot, column] of columns.entries()) {
    if (column.position >= 0) (column.known ? known : extra).push([slot, column.key]);
  }
  return { known, extra };
}

function rowEvent(shape: RowShape, row: readonly CellValue[], line: number, offset: number): RowEvent {
  const values: Record<string, CellValue> = {};
  for (const [slot, key] of shape.known) values[key] = row[slot] ?? null;
  if (shape.extra.length === 0) return { type: "row", line, offset, values };
  const extra: Record<string, string | null> = {};
  for (const [slot, key] of shape.extra) extra[key] = row[slot] as string | null;
  return { type: "row", line, offset, values, extra };
}
