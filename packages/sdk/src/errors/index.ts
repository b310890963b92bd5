export { AmazonPayError } from "./amazon-pay-error.ts";
export { ConfigurationError, type ConfigurationErrorCode } from "./configuration-error.ts";
export { KeyError, type KeyErrorCode } from "./key-error.ts";
export { SignatureFormatError, type SignatureFormatErrorCode } from "./signature-format-error.ts";
export { InvalidInputError } from "./invalid-input-error.ts";
export {
  CallError,
  AbortedError,
  TimeoutError,
  type TimeoutErrorCode,
  ConnectionError,
  type ConnectionErrorCode,
  UnreadableAnswerError,
  type UnreadableAnswerCode,
  DownloadError,
  type DownloadErrorCode,
} from "./call-error.ts";
export { ApiError, type ApiErrorCode } from "./api-error.ts";
export { InvalidRequestError } from "./invalid-request-error.ts";
export { AuthenticationError } from "./authentication-error.ts";
export { SignatureError } from "./signature-error.ts";
export { NotFoundError } from "./not-found-error.ts";
export { StateError } from "./state-error.ts";
export { AmountError } from "./amount-error.ts";
export { DeclinedError, type DeclineAdvice } from "./declined-error.ts";
export { IdempotencyError } from "./idempotency-error.ts";
export { ThrottledError } from "./throttled-error.ts";
export { ServiceError } from "./service-error.ts";
export { RedirectError } from "./redirect-error.ts";
export { OtherApiError } from "./other-api-error.ts";
export type { ReasonCode } from "../operations/reason-codes.ts";
