/** Digits of a content hash that tell files of one account apart. */
const HASH_DIGITS = 16;

/** What an exception is about, in words that are the same in every store. */
export const subject = {
  file: (contentHash: string): string => `file:${contentHash.slice(0, HASH_DIGITS)}`,
  row: (contentHash: string, line: number): string => `row:${contentHash.slice(0, HASH_DIGITS)}:${line}`,
  settlement: (settlementId: string, currency: string): string => `settlement:${settlementId}:${currency}`,
  refundsOf: (parent: string): string => `refunds-of:${parent}`,
  report: (source: string, reportId: string): string => `report:${source}:${reportId}`,
  stretch: (reportType: string, fromAt: number): string => `stretch:${reportType}:${fromAt}`,
} as const;
