import { SandboxError } from "../errors.ts";

/** What can be wrong with a requested discrepancy. */
export type DiscrepancyErrorCode = "discrepancy.kind" | "discrepancy.report-type" | "discrepancy.merchant";

/** A discrepancy that cannot be made. */
export class DiscrepancyError extends SandboxError {
  override name = "DiscrepancyError";
  readonly code: DiscrepancyErrorCode;
  readonly status: number;

  constructor(code: DiscrepancyErrorCode, message: string) {
    super(message);
    this.code = code;
    this.status = code === "discrepancy.merchant" ? 404 : 400;
  }
}
