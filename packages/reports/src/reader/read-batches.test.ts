import { readingConformance } from "../conformance/reading.ts";
import { readReportBatches, readReportCarefully } from "./read-batches.ts";

readingConformance("fast and careful", readReportBatches);
readingConformance("careful alone", readReportCarefully);
readingConformance("in blocks of one byte", (source, options) =>
  readReportBatches(source, { blockBytes: 1, ...options }),
);
