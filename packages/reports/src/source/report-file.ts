import { createReadStream } from "node:fs";
import type { ReportEvent } from "../events.ts";
import { DEFAULT_BLOCK_BYTES, type ReadReportOptions } from "../options.ts";
import { readReport } from "../reader/read-report.ts";

/**
 * Reads the report file at a path; see {@link readReport}.
 *
 * @example for await (const event of readReportFile("settlement.csv")) …
 */
export function readReportFile(path: string, options: ReadReportOptions = {}): AsyncGenerator<ReportEvent, void, void> {
  return readReport(createReadStream(path, { highWaterMark: options.blockBytes ?? DEFAULT_BLOCK_BYTES }), options);
}
