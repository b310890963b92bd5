/** What a report file holds. `unknown` is a list of columns that no layout recognises. */
export const REPORT_KINDS = [
  "settlement",
  "order-reference",
  "billing-agreement",
  "authorization",
  "capture",
  "refund",
  "multi-currency",
  "unknown",
] as const;

/** One of {@link REPORT_KINDS}. */
export type ReportKind = (typeof REPORT_KINDS)[number];

/** A kind that has a layout of its own, so that it can be recognised and written. */
export type KnownReportKind = Exclude<ReportKind, "unknown">;
