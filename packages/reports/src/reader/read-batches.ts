import type { ReportBatch } from "../batch.ts";
import type { ReadReportOptions } from "../options.ts";
import { plainBytes } from "../source/plain-bytes.ts";
import type { ReportSource } from "../source/report-source.ts";
import { Reading } from "./reading.ts";

/**
 * Reads a report in batches of typed rows: the fast way in, for stores.
 *
 * Memory stays flat: a batch is at most what one block of the file holds, and some thousand rows and errors at most; the
 * next block is read when its batches have been asked for. There is at least one batch; the last one, and only it, has the summary.
 *
 * @example
 * for await (const { header, rows, errors, summary } of readReportBatches(source)) insertAll(header.columns, rows);
 * @throws UnusableReportError when the file as a whole cannot be used
 */
export function readReportBatches(
  source: ReportSource,
  options: ReadReportOptions = {},
): AsyncGenerator<ReportBatch, void, void> {
  return batchesOf(source, options, new Reading(options, true));
}

/** As {@link readReportBatches}, every row by the careful reading alone: the measure that the fast one is held to. */
export function readReportCarefully(
  source: ReportSource,
  options: ReadReportOptions = {},
): AsyncGenerator<ReportBatch, void, void> {
  return batchesOf(source, options, new Reading(options, false));
}

async function* batchesOf(
  source: ReportSource,
  options: ReadReportOptions,
  reading: Reading,
): AsyncGenerator<ReportBatch, void, void> {
  for await (const piece of plainBytes(source, options.limits)) {
    options.signal?.throwIfAborted();
    yield* reading.push(piece);
  }
  options.signal?.throwIfAborted();
  yield* reading.finish();
}
