/** Report files of Amazon Pay: column tables, a streaming reader and a writer that share them. */
export { isReportEncoding } from "./csv/encoding.ts";
export type { ReportBatch } from "./batch.ts";
export { toContractLine, type ContractLine } from "./ndjson-line.ts";
export { ReportError } from "./errors.ts";
export type {
  ErrorEvent,
  HeaderEvent,
  LineAccount,
  NoticeCode,
  NoticeEvent,
  ReportColumn,
  ReportEvent,
  ReportTotals,
  RowErrorCode,
  RowEvent,
  RowProblem,
  SummaryEvent,
} from "./events.ts";
export { REPORT_KINDS, type KnownReportKind, type ReportKind } from "./kind.ts";
export type { AuthorizationValues } from "./layouts/authorization.ts";
export type { BillingAgreementValues } from "./layouts/billing-agreement.ts";
export type { CaptureValues } from "./layouts/capture.ts";
export { layoutOf, LAYOUTS } from "./layouts/index.ts";
export type { CellValue, Column, ColumnType, Layout, ValuesOf } from "./layouts/layout.ts";
export type { MultiCurrencyValues } from "./layouts/multi-currency.ts";
export type { OrderReferenceValues } from "./layouts/order-reference.ts";
export type { RefundValues } from "./layouts/refund.ts";
export type { SettlementValues } from "./layouts/settlement.ts";
export type { PersonalData, ReadLimits, ReadReportOptions } from "./options.ts";
export { readReportBatches } from "./reader/read-batches.ts";
export { readReport } from "./reader/read-report.ts";
export { REPORT_TYPES, reportKindOf, reportTypeOf, type ReportType } from "./report-type.ts";
export { readReportFile } from "./reader/report-file.ts";
export { plainBytes } from "./source/plain-bytes.ts";
export { detectCompression, type Compression } from "@amazon-pay-kit/packed";
export type { ReportPath, ReportSource } from "./source/report-source.ts";
export { UnusableReportError, type ReportBeginning, type UnusableReportCode } from "./unusable-report-error.ts";
export {
  normaliseTransactionType,
  TRANSACTION_TYPES,
  transactionTypeFacts,
  type TransactionType,
  type TransactionTypeFacts,
} from "./vocabulary/transaction-type.ts";
export { WriteReportError, type WriteReportCode } from "./write-report-error.ts";
export type { WriteReportOptions } from "./writer/options.ts";
export type { ReportHeader, WritableRow } from "./writer/report-writer.ts";
export { reportBytes, writeReport, writeReportSync, type WrittenReport } from "./writer/write-report.ts";
