/** Rows and verdicts for spreadsheets and warehouses, journals for bookkeeping. */
export { ExportError, type ExportErrorCode } from "./errors.ts";
export { exportBooks, exportBooksTo, type ExportOptions } from "./export-books.ts";
export * from "./lake/index.ts";
export { EXPORTED, type Exported, type ExportFormat, type ExportJob, type FormatSettings } from "./format.ts";
export { EXPORT_FORMATS } from "./formats/index.ts";
export { ACCOUNT_ROLES, type AccountRole } from "./journal/account-role.ts";
export type { AccountRule, GivenAccounts } from "./journal/given-accounts.ts";
export { JOURNAL_DETAILS, type JournalDetail } from "./journal/entries.ts";
export type { ExportScope, ScopedBooks } from "./scope.ts";
