import { ReportError } from "./errors.ts";

/** Why a row cannot be written. */
export type WriteReportCode = "write.column" | "write.value" | "write.required" | "write.text" | "write.options";

/** A value that would not read back as it is: nothing of its row is written. */
export class WriteReportError extends ReportError {
  override readonly name = "WriteReportError";
  declare readonly code: WriteReportCode;
}
