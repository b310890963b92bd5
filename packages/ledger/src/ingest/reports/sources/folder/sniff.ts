import { createReadStream } from "node:fs";
import { readReportBatches, reportTypeOf, UnusableReportError } from "@amazon-pay-kit/reports";

/** What the beginning of a file says about it. */
export interface Sniffed {
  readonly reportType: string;
  readonly windowStart: number | null;
  readonly windowEnd: number | null;
}

/** For files whose kind the reader does not know, or that it cannot read: loading will say what is wrong with them. */
const UNKNOWN: Sniffed = { reportType: "unknown", windowStart: null, windowEnd: null };

const FIRST_BYTES = 64 * 1024;

/** Which report some bytes are, by their content and never by a name. Reads no more than the beginning. */
export async function sniffBytes(bytes: AsyncIterable<Uint8Array>): Promise<Sniffed> {
  try {
    for await (const { header } of readReportBatches(bytes, { blockBytes: FIRST_BYTES })) {
      if (header.report === "unknown") return UNKNOWN;
      const { settlementStartDate = null, settlementEndDate = null } = header;
      return {
        reportType: reportTypeOf(header.report),
        windowStart: settlementStartDate,
        windowEnd: settlementEndDate,
      };
    }
  } catch (error) {
    // Whatever is wrong with the file shows, with its reason, when it is loaded. What it is is known all the same.
    if (error instanceof UnusableReportError && error.beginning !== null) {
      const { report, settlementStartDate, settlementEndDate } = error.beginning;
      return { reportType: reportTypeOf(report), windowStart: settlementStartDate, windowEnd: settlementEndDate };
    }
  }
  return UNKNOWN;
}

/** Which report a file is; see {@link sniffBytes}. */
export function sniffReport(path: string): Promise<Sniffed> {
  return sniffBytes(createReadStream(path, { highWaterMark: FIRST_BYTES }));
}
