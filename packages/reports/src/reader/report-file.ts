import type { ReportEvent } from "../events.ts";
import type { ReadReportOptions } from "../options.ts";
import { readReport } from "./read-report.ts";

/**
 * Reads the report file at a path, packed or not; see {@link readReport}.
 *
 * @example for await (const event of readReportFile("settlement.csv")) console.log(event.type);
 */
export function readReportFile(path: string, options: ReadReportOptions = {}): AsyncGenerator<ReportEvent, void, void> {
  return readReport({ path }, options);
}
