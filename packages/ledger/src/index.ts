/** The books: archive, store, sync, reconcile and export. */
export { LedgerError } from "./errors.ts";
export {
  openLedger,
  OpenLedgerError,
  type Ledger,
  type OpenLedgerErrorCode,
  type OpenLedgerOptions,
  type AccountScope,
} from "./ledger.ts";
export type { LedgerContext } from "./context.ts";
export type { Logger, LogRecord } from "./logger.ts";
export {
  AccountError,
  type Account,
  type AccountErrorCode,
  type Accounts,
  accountsIn,
  type NewAccount,
} from "./accounts/accounts.ts";
export { serviceClock } from "./accounts/service-clock.ts";
export {
  type Archive,
  ArchiveError,
  type ArchiveErrorCode,
  openFolderArchive,
  type FolderArchiveOptions,
  openMemoryArchive,
  openS3Archive,
  type S3ArchiveOptions,
  type VerifiedFile,
} from "./archive/index.ts";
export { type CoverageSpan } from "./reconcile/coverage/index.ts";
export {
  verifyRows,
  type RowFinding,
  type VerifiedRows,
  type VerifyRowsOptions,
} from "./ingest/reports/verify-rows.ts";
export { type ArchiveLoaded, loadArchive, type LoadArchiveOptions } from "./ingest/reports/load-archive.ts";
export type { LocalFile, LocalFileResult } from "./ingest/reports/load-local-file.ts";
export { LeaseError, type LeaseErrorCode, type LeaseOptions, listLeases, type LeaseView } from "./leases/index.ts";
export { LoadError, type LoadErrorCode, type LoadFileOptions } from "./ingest/reports/load/index.ts";
export {
  clientAttempts,
  apiV2Source,
  type ApiV2SourceOptions,
  SyncError,
  type SyncErrorCode,
  type SyncEvent,
  type SyncListener,
  folderSource,
  type FolderSourceOptions,
  mwsSource,
  type MwsSourceOptions,
  type SyncAccount,
  type SyncOptions,
  type ListedReport,
  type ReportSource,
  type SourceName,
  type SyncSummary,
  syncReports,
  type UnfinishedSync,
  unfinishedSyncs,
} from "./ingest/reports/sync/index.ts";
export { StoreError, type StoreErrorCode } from "./store/errors.ts";
export { PARTITIONS, partitionsScript } from "./store/postgres/partitions.ts";
export { rolesScript } from "./store/postgres/roles.ts";
export { openPostgresStore, type PostgresStoreOptions } from "./store/postgres/open.ts";
export { openSqliteStore } from "./store/sqlite/open.ts";
export type { Schema } from "./store/schema/index.ts";
export type { ReportState } from "./store/schema/reports.ts";
export type { Store } from "./store/store.ts";
export { storeDamage } from "./store/store-damage.ts";
export {
  csvLine,
  ageing,
  AGE_GROUPS,
  type AgeGroup,
  listAlerts,
  balancesAt,
  type BalanceAt,
  listCoverage,
  type CoverageView,
  listAccountIds,
  listAccounts,
  pageAccounts,
  type AccountSummary,
  countExceptions,
  getException,
  listExceptions,
  ACTIONABLE_STATUSES,
  type ExceptionEventView,
  type ExceptionView,
  feesOverTime,
  type FeePoint,
  feesByType,
  type TypeFees,
  listForecasts,
  type ForecastView,
  listOpenItems,
  type OpenItemView,
  listReports,
  type ReportView,
  listRowErrors,
  type RowErrorView,
  listSettlementRows,
  type SettlementRowView,
  sumRows,
  searchRows,
  type RowFilter,
  serviceNow,
  getSettlement,
  listSettlements,
  sumSettlements,
  type SettlementDetail,
  type SettlementFilter,
  type SettlementPart,
  type SettlementSummary,
  listTransfers,
  type TransferView,
  ViewError,
  type Page,
  type PageRequest,
  type PeriodFilter,
  type ViewContext,
  type ViewErrorCode,
  explain,
  type DepositedTransfer,
  type ExplainedDeposit,
  type ExplainedRow,
  type ExplainedSettlement,
  type ExplainedTransaction,
  type Explanation,
  type Figure,
  type FigurePart,
  type NearTransfer,
} from "./views/index.ts";
export { type TransactionType } from "@amazon-pay-kit/reports";
export {
  calendarOf,
  currencyDigits,
  dayAfter,
  formatAmount,
  formatInstant,
  MoneyError,
  printableText,
  UTC,
  type Calendar,
} from "@amazon-pay-kit/money";
export type { BooksContext } from "./books/context.ts";
export { BooksError } from "./books/errors.ts";
export {
  ExceptionError,
  EXCEPTION_STATUSES,
  explainException,
  reopenException,
  resolveException,
  type ExceptionStatus,
} from "./reconcile/exceptions/index.ts";
export {
  type Rule,
  type Severity,
  type ExceptionCode,
  MESSAGES,
  RULES,
  type DepositRule,
  type FeeRate,
  type FeeSchedule,
  type FeeSettings,
  type FeeTier,
  reconcile,
  type ReconcileOptions,
  verdicts,
  type ConversionRule,
  type ReconcileSettings,
  type CoverageVerdict,
  type ExceptionVerdict,
  type SettlementVerdict,
  type Verdicts,
  RULE_LANGUAGES,
  RULE_TEXTS,
  ruleTextOf,
  ruleTextsIn,
  textOf,
  amountAtRisk,
} from "./reconcile/index.ts";
export {
  acceptSettlement,
  listSettlementVersions,
  type SettlementVersionView,
  type VersionDifference,
} from "./reconcile/versions/index.ts";
export {
  addRecords,
  type AddRecordsOptions,
  RecordsError,
  type RecordsErrorCode,
  type ImportRecordsOptions,
  importRecords,
  type RecordsImported,
  readRecordFile,
  type NewRecord,
  type RecordsTaken,
  listRecordImports,
  type RecordImportView,
  withdrawRecords,
} from "./ingest/records/index.ts";
export { type ReportWithdrawn, withdrawReport } from "./ingest/reports/withdraw-report.ts";
export {
  BankError,
  type BankErrorCode,
  importStatement,
  type ImportStatementOptions,
  type StatementImported,
  listStatements,
  type StatementView,
  withdrawStatement,
} from "./ingest/bank/index.ts";
export {
  ExportError,
  type ExportErrorCode,
  exportBooks,
  exportBooksTo,
  type ExportOptions,
  EXPORTED,
  type Exported,
  EXPORT_FORMATS,
  ACCOUNT_ROLES,
  JOURNAL_DETAILS,
  type JournalDetail,
} from "./export/index.ts";
export {
  type AccountClose,
  checkClosed,
  type CheckedItem,
  type ClosedCheck,
  CloseError,
  type CloseErrorCode,
  closeMonth,
  type CloseMonthOptions,
  type ComparedMonth,
  type MonthClose,
  type PeriodChange,
  type PeriodDifference,
  type PeriodDocument,
  type PeriodFigures,
  type PeriodFile,
  reopenMonth,
  type ReopenedMonth,
} from "./close/index.ts";
