/** The merchant's own charges and refunds. */
export { addRecords, type AddRecordsOptions } from "./add-records.ts";
export { type RecordProblem, type RecordProblemCode, RecordsError, type RecordsErrorCode } from "./errors.ts";
export { type ImportRecordsOptions, importRecords, type RecordsImported } from "./import-records.ts";
export { MEMBERS as RECORD_MEMBERS, type Member as RecordMember } from "./file/record-format.ts";
export { RECORD_FORMATS } from "./file/formats/index.ts";
export type { OnConflict } from "./keep-records.ts";
export type { NewRecord } from "./record.ts";
export type { RecordsTaken } from "./take-records.ts";
