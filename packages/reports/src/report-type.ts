import type { KnownReportKind, ReportKind } from "./kind.ts";

/**
 * The report types of the Reports API (v2 and MWS) and the kind of file that each delivers.
 *
 * Source: report type enumeration of the Reports API; the sandbox settlement has the layout of the settlement.
 * `CAPTURE_DATA` is in the enumeration but live API v2 does not deliver it, MWS does.
 */
export const REPORT_TYPES = {
  _GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_: "settlement",
  _GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_: "settlement",
  _GET_FLAT_FILE_OFFAMAZONPAYMENTS_ORDER_REFERENCE_DATA_: "order-reference",
  _GET_FLAT_FILE_OFFAMAZONPAYMENTS_BILLING_AGREEMENT_DATA_: "billing-agreement",
  _GET_FLAT_FILE_OFFAMAZONPAYMENTS_AUTHORIZATION_DATA_: "authorization",
  _GET_FLAT_FILE_OFFAMAZONPAYMENTS_CAPTURE_DATA_: "capture",
  _GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_: "refund",
  _GET_CSV_CUSTOM_OFFAMAZONPAYMENTS_MULTI_CURRENCY_PAYMENTS_DATA_: "multi-currency",
} as const satisfies Record<string, KnownReportKind>;

/** A report type that this version knows. The service's list grows: keep others as opaque texts. */
export type ReportType = keyof typeof REPORT_TYPES;

const KIND_OF: ReadonlyMap<string, KnownReportKind> = new Map(Object.entries(REPORT_TYPES));

/**
 * The kind of file that a report type delivers; `unknown` for a type that this version does not know.
 *
 * @example reportKindOf("_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_") // "refund"
 */
export function reportKindOf(reportType: string): ReportKind {
  return KIND_OF.get(reportType) ?? "unknown";
}

/**
 * The report type that delivers a kind of file: for settlements the live one, not the sandbox's.
 *
 * @example reportTypeOf("settlement") // "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_"
 */
export function reportTypeOf(kind: KnownReportKind): ReportType {
  for (const [type, of] of Object.entries(REPORT_TYPES)) if (of === kind) return type as ReportType;
  throw new TypeError(`no report type delivers ${JSON.stringify(kind)}`);
}
