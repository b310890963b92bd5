import type { Open } from "../operations/open.ts";
import { CallError, type CallContext } from "./call-error.ts";
import type { ReasonCode } from "../operations/reason-codes.ts";

/** Stable codes of `ApiError`, one for each situation. */
export type ApiErrorCode =
  | "api.invalid-request"
  | "api.authentication"
  | "api.signature"
  | "api.not-found"
  | "api.state"
  | "api.amount"
  | "api.declined"
  | "api.idempotency"
  | "api.throttled"
  | "api.service"
  | "api.redirect"
  | "api.other";

/** What the service said. */
export interface ApiErrorContext extends CallContext {
  readonly status: number;
  readonly reasonCode: Open<ReasonCode> | null;
  readonly serviceMessage: string;
  readonly requestId: string | null;
}

/**
 * An error response. There is a subclass for each situation; all have `status`, `reasonCode`, `requestId`,
 * `operation` and `retries`.
 *
 * @example
 * try {
 *   await client.charges.retrieve(id);
 * } catch (error) {
 *   if (error instanceof ApiError) log(error.code, error.status, error.reasonCode, error.requestId);
 * }
 */
export abstract class ApiError extends CallError {
  override name = "ApiError";
  abstract override readonly code: ApiErrorCode;
  /** HTTP status. */
  declare readonly status: number;
  /** The service's error code; null if a gateway responded instead. */
  declare readonly reasonCode: Open<ReasonCode> | null;
  /** The service's error message. */
  declare readonly serviceMessage: string;
  /** Request id, which Amazon's support asks for. */
  declare readonly requestId: string | null;

  constructor(context: ApiErrorContext, advice = "") {
    const id = context.requestId === null ? "" : ` (request id ${context.requestId})`;
    const reason = context.reasonCode === null ? "" : ` ${context.reasonCode}`;
    super(
      `${context.operation} failed with ${context.status}${reason}: ${context.serviceMessage}${id}${advice === "" ? "" : `. ${advice}`}`,
      context,
    );
    this.status = context.status;
    this.reasonCode = context.reasonCode;
    this.serviceMessage = context.serviceMessage;
    this.requestId = context.requestId;
  }
}
