/** Texts of settlement files for tests, written by hand and not by the writer under test. */

export const PREAMBLE_LINES = [
  '"Amazon Payments Advanced",',
  '"Settlement Report",',
  '"SellerId","A1XX111XXX111XXX"',
  '"SettlementStartDate","2026-01-01T00:00:00 -0800"',
  '"SettlementEndDate","2026-01-02T00:00:00 -0800"',
] as const;

export const COLUMN_NAMES = [
  "TransactionPostedDate",
  "SettlementId",
  "AmazonTransactionId",
  "SellerReferenceId",
  "TransactionType",
  "AmazonOrderReferenceId",
  "SellerOrderId",
  "StoreName",
  "CurrencyCode",
  "TransactionDescription",
  "TransactionAmount",
  "TransactionPercentageFee",
  "TransactionFixedFee",
  "TotalTransactionFee",
  "NetTransactionAmount",
] as const;

const TYPICAL: Readonly<Record<string, string>> = {
  TransactionPostedDate: "2026-01-01T10:00:00 -0800",
  SettlementId: "5984862222",
  AmazonTransactionId: "P01-0000001-0000001-C000001",
  SellerReferenceId: "REF-1",
  TransactionType: "Capture",
  AmazonOrderReferenceId: "P01-0000001-0000001",
  SellerOrderId: "ORDER-1",
  StoreName: "Court and Cherry, Inc.",
  CurrencyCode: "USD",
  TransactionDescription: "",
  TransactionAmount: "10.00",
  TransactionPercentageFee: "-0.29",
  TransactionFixedFee: "-0.30",
  TotalTransactionFee: "-0.59",
  NetTransactionAmount: "9.41",
};

/** A row in which everything is in order but what `changes` says; cells are written as they stand, in quotes. */
export function rowText(changes: Readonly<Record<string, string>> = {}): string {
  return COLUMN_NAMES.map((name) => `"${changes[name] ?? TYPICAL[name] ?? ""}"`).join(",");
}

/** A settlement file of these rows; `lineEnd` after every line. */
export function settlementText(rows: readonly string[], lineEnd = "\n"): string {
  const header = `${COLUMN_NAMES.map((name) => `"${name}"`).join(",")},`;
  return [...PREAMBLE_LINES, header, ...rows].map((line) => line + lineEnd).join("");
}
