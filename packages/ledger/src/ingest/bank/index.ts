/** Bank statements, to match transfers with what arrived. */
export {
  BankError,
  type BankErrorCode,
  type BankErrorDetails,
  type BankProblem,
  type BankProblemCode,
} from "./errors.ts";
export type { AcceptedDifference } from "./lines-of-file.ts";
export {
  importStatement,
  type ImportStatementOptions,
  type StatementImported,
  type StatementSums,
} from "./import-statement.ts";
export type { KeptLine } from "./statement-line.ts";
export { listStatements, type StatementView } from "./statements.ts";
export { type StatementWithdrawn, withdrawStatement } from "./withdraw-statement.ts";
