/** The books: archive, store, sync, reconcile and export. */
export { LedgerError } from "./errors.ts";
export {
  openLedger,
  OpenLedgerError,
  type Ledger,
  type OpenLedgerErrorCode,
  type OpenLedgerOptions,
  type AccountScope as Whose,
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
export * from "./archive/index.ts";
export * from "./reconcile/coverage/index.ts";
export {
  verifyRows,
  type RowFinding,
  type VerifiedRows,
  type VerifyRowsOptions,
} from "./ingest/reports/verify-rows.ts";
export { type ArchiveLoaded, loadArchive, type LoadArchiveOptions } from "./ingest/reports/load-archive.ts";
export type { LocalFile as FileAtHand, LocalFileResult as HandLoaded } from "./ingest/reports/load-local-file.ts";
export * from "./leases/index.ts";
export * from "./ingest/reports/load/index.ts";
export * from "./ingest/reports/sync/index.ts";
export { StoreError, type StoreErrorCode } from "./store/errors.ts";
export { PARTITIONS, partitionsScript } from "./store/postgres/partitions.ts";
export { rolesScript } from "./store/postgres/roles.ts";
export { openPostgresStore, type PostgresStoreOptions } from "./store/postgres/open.ts";
export { openSqliteStore } from "./store/sqlite/open.ts";
export type { Schema } from "./store/schema/index.ts";
export type { ReportState } from "./store/schema/reports.ts";
export type { Store } from "./store/store.ts";
export { storeDamage } from "./store/store-damage.ts";
export * from "./views/index.ts";
export { type TransactionType } from "@amazon-pay-kit/reports";
export {
  calendarOf,
  currencyDigits,
  dayAfter,
  formatAmount,
  formatInstant,
  MoneyError,
  parseAmount,
  printableText,
  UTC,
  type Calendar,
} from "@amazon-pay-kit/money";
export { systemClock, type Clock } from "@amazon-pay-kit/sdk/clock";
export { systemRandom, type Random } from "@amazon-pay-kit/sdk/random";
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
export * from "./reconcile/index.ts";
export * from "./reconcile/versions/index.ts";
export * from "./ingest/records/index.ts";
export { type ReportWithdrawn, withdrawReport } from "./ingest/reports/withdraw-report.ts";
export * from "./ingest/bank/index.ts";
export * from "./export/index.ts";
