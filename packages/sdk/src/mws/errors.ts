import { AmazonPayError, type AmazonPayErrorOptions } from "../errors/amazon-pay-error.ts";
import type { AnyText } from "../operations/open.ts";

/** Stable codes of what can go wrong with MWS, apart from the connection. */
export type MwsErrorCode =
  /** An option of `MwsReports` cannot be used. */
  | "mws.bad-option"
  /** A parameter breaks a documented rule; nothing was sent. */
  | "mws.bad-input"
  /** The service reported success, but the response cannot be used. */
  | "mws.unreadable-answer"
  /** The bytes of a report are not those that were sent, also after several fetches. */
  | "mws.wrong-checksum"
  /** The quota is used up, also after all retries. */
  | "mws.throttled"
  /** The service failed, also after all retries. */
  | "mws.service"
  /** The access key, seller or auth token may not do this. */
  | "mws.access-denied"
  /** The signature was not accepted: the secret key is not the one of the access key, or something changed the request. */
  | "mws.signature"
  /** The service refuses a parameter. */
  | "mws.invalid-request"
  /** No such address. */
  | "mws.not-found"
  /** An error of none of these kinds. */
  | "mws.other";

/** Base of the errors of the MWS client. Connection faults, timeouts and aborts have the classes of the API v2 client. */
export class MwsError extends AmazonPayError {
  override name = "MwsError";
  declare readonly code: MwsErrorCode;

  constructor(code: MwsErrorCode, message: string, options: AmazonPayErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}

/** Codes that MWS uses (MWS Reports API reference). */
export type MwsServiceCode =
  | "InputStreamDisconnected"
  | "InvalidParameterValue"
  | "AccessDenied"
  | "InvalidAccessKeyId"
  | "InvalidClientTokenId"
  | "SignatureDoesNotMatch"
  | "InvalidAddress"
  | "InternalError"
  | "QuotaExceeded"
  | "RequestThrottled"
  | "ServiceUnavailable"
  | "UserAgentHeaderMalformed";

/** What the service said. */
export interface MwsAnswerContext {
  /** The action that was called. */
  readonly operation: string;
  /** HTTP status. */
  readonly status: number;
  /** `null` where a gateway answered in place of the service. */
  readonly serviceCode: AnyText<MwsServiceCode> | null;
  /** The service's error message. */
  readonly serviceMessage: string;
  /** Usually `Sender` or `Receiver`. */
  readonly type: string | null;
  /** What the service adds, mostly nothing. */
  readonly detail: string | null;
  /** Request id, which Amazon's support asks for. */
  readonly requestId: string | null;
  /** The `Timestamp` of the request. Amazon's support asks for it and the request id, for 30 days. */
  readonly timestamp: string;
  /** Attempts before the last one. */
  readonly retries: number;
}

const KINDS: Readonly<Record<MwsServiceCode, MwsErrorCode>> = {
  InputStreamDisconnected: "mws.invalid-request",
  InvalidParameterValue: "mws.invalid-request",
  UserAgentHeaderMalformed: "mws.invalid-request",
  AccessDenied: "mws.access-denied",
  InvalidAccessKeyId: "mws.access-denied",
  InvalidClientTokenId: "mws.access-denied",
  SignatureDoesNotMatch: "mws.signature",
  InvalidAddress: "mws.not-found",
  InternalError: "mws.service",
  ServiceUnavailable: "mws.service",
  QuotaExceeded: "mws.throttled",
  RequestThrottled: "mws.throttled",
};

const BY_STATUS: Readonly<Record<number, MwsErrorCode>> = {
  400: "mws.invalid-request",
  401: "mws.access-denied",
  403: "mws.access-denied",
  404: "mws.not-found",
};

/** The kind of an error answer: by its code, and where that is not known by its status. */
export function kindOf(status: number, serviceCode: string | null): MwsErrorCode {
  if (serviceCode !== null && Object.hasOwn(KINDS, serviceCode)) return KINDS[serviceCode as MwsServiceCode];
  return BY_STATUS[status] ?? (status >= 500 ? "mws.service" : "mws.other");
}

/** An answer other than success. */
export class MwsApiError extends MwsError implements MwsAnswerContext {
  override name = "MwsApiError";
  declare readonly operation: string;
  /** HTTP status. */
  declare readonly status: number;
  declare readonly serviceCode: AnyText<MwsServiceCode> | null;
  /** The service's error message. */
  declare readonly serviceMessage: string;
  declare readonly type: string | null;
  /** What the service adds, mostly nothing. */
  declare readonly detail: string | null;
  /** Request id, which Amazon's support asks for. */
  declare readonly requestId: string | null;
  declare readonly timestamp: string;
  declare readonly retries: number;

  constructor(context: MwsAnswerContext) {
    const code = context.serviceCode === null ? "" : ` ${context.serviceCode}`;
    const id = context.requestId === null ? "" : ` (request id ${context.requestId})`;
    super(
      kindOf(context.status, context.serviceCode),
      `${context.operation} failed with ${context.status}${code}: ${context.serviceMessage}${id}`,
    );
    this.operation = context.operation;
    this.status = context.status;
    this.serviceCode = context.serviceCode;
    this.serviceMessage = context.serviceMessage;
    this.type = context.type;
    this.detail = context.detail;
    this.requestId = context.requestId;
    this.timestamp = context.timestamp;
    this.retries = context.retries;
  }
}
