/** The life of exceptions: found by runs, explained by people, resolved by data, reopened by either. */
export { EXPLANATION_REASONS, type ExplanationReason } from "./reasons.ts";
export {
  assignException,
  explainException,
  type ExplainOutcome,
  noteException,
  reopenException,
  resolveException,
} from "./change.ts";
export { ExceptionError, type ExceptionErrorCode } from "./errors.ts";
export { EXCEPTION_STATUSES, type ExceptionStatus } from "./status.ts";
