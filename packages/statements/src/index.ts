/** Bank statements of every form, read to typed lines. No database, no account. */
export { UnusableStatementError, type UnusableStatementCode, type UnusableStatementDetails } from "./errors.ts";
export {
  STATEMENT_FORMATS,
  type StatementBalance,
  type StatementEvent,
  type StatementFormat,
  type StatementLine,
  type StatementProblem,
  type StatementProblemCode,
  type StatementSkipped,
  type StatementStart,
  type StatementSummary,
} from "./events.ts";
export type { FormatName, StatementLimits, StatementOptions } from "./options.ts";
export { readStatement } from "./read-statement.ts";
export type { StatementSource } from "./source/unpack.ts";
