import type { FieldIssue } from "../operations/fields/issue.ts";
import { AmazonPayError } from "./amazon-pay-error.ts";

/**
 * A request that breaks a documented rule, found before anything was sent.
 *
 * @example
 * error.issues // [{ reasonCode: "InvalidParameterValue", path: "chargeAmount.amount", message: "…" }]
 */
export class InvalidInputError extends AmazonPayError {
  override name = "InvalidInputError";
  readonly code = "request.invalid";
  /** Operation that was to be called. */
  declare readonly operation: string;
  /** Everything that is wrong, each with its path. */
  declare readonly issues: readonly FieldIssue[];

  constructor(operation: string, issues: readonly FieldIssue[]) {
    super(`${operation} was not sent: ${issues.map((issue) => issue.message).join("; ")}`, {
      place: issues.map((issue) => issue.path).join(", "),
    });
    this.operation = operation;
    this.issues = issues;
  }
}
