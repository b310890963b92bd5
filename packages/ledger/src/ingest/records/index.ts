/** The merchant's own charges and refunds. */
export { addRecords, type AddRecordsOptions } from "./add-records.ts";
export { type RecordProblem, type RecordProblemCode, RecordsError, type RecordsErrorCode } from "./errors.ts";
export { type ImportRecordsOptions, importRecords, type RecordsImported } from "./import-records.ts";
export type { OnConflict } from "./keep-records.ts";
export { readRecordFile } from "./read-record-file.ts";
export type { NewRecord } from "./record.ts";
export type { RecordsTaken } from "./take-records.ts";
export { listRecordImports, type RecordImportView } from "./record-imports.ts";
export { type RecordsWithdrawn, withdrawRecords } from "./withdraw-records.ts";
