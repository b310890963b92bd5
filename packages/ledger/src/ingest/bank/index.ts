/** Bank statements, to match transfers with what arrived. */
export { BankError, type BankErrorCode, type BankProblem, type BankProblemCode } from "./errors.ts";
export { BANK_MEMBERS, type BankMember } from "./formats/csv-columns.ts";
export { type BankCsv, DATE_FORMATS, type DateFormat } from "./formats/csv.ts";
export { importStatement, type ImportStatementOptions, type StatementImported } from "./import-statement.ts";
export { listStatements, type StatementView } from "./statements.ts";
export { type StatementWithdrawn, withdrawStatement } from "./withdraw-statement.ts";
export { BANK_FORMATS, type BankFormat, type StatementReading } from "./read-statement.ts";
