/** Bank statements of every form, read to typed lines. No database, no account. */
export type { BankLayout } from "./csv/layout.ts";
export { BANK_LAYOUTS } from "./csv/layouts/index.ts";
export { CSV_MEMBERS, type CsvMember } from "./csv/members.ts";
export { UnusableStatementError, type UnusableStatementCode, type UnusableStatementDetails } from "./errors.ts";
export {
  STATEMENT_FORMATS,
  type StatementBalance,
  type StatementEvent,
  type StatementFormat,
  type StatementLine,
  type StatementNote,
  type StatementProblem,
  type StatementProblemCode,
  type StatementSkipped,
  type StatementStart,
  type StatementSummary,
} from "./events.ts";
export { toContractLine } from "./contract-line.ts";
export { FORMAT_NAMES, type FormatName, type StatementLimits, type StatementOptions } from "./options.ts";
export { readStatement } from "./read-statement.ts";
export type { StatementSource } from "./source/unpack.ts";
