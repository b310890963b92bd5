/** The books: archive, store, sync, reconcile and export. */
export { LedgerError } from "./errors.ts";
export { StoreError, type StoreErrorCode } from "./store/errors.ts";
export { openPostgresStore, type PostgresStoreOptions } from "./store/postgres/open.ts";
export { openSqliteStore } from "./store/sqlite/open.ts";
export type { Schema } from "./store/schema/index.ts";
export type { Store } from "./store/store.ts";
export * from "./views/index.ts";
export { currencyDigits, formatAmount, formatInstant, parseAmount } from "@amazon-pay-kit/money";
