import type { SignatureDiagnosis } from "./diagnosis.ts";
import { AmountError } from "./amount-error.ts";
import type { ApiError, ApiErrorCode, ApiErrorContext } from "./api-error.ts";
import { AuthenticationError } from "./authentication-error.ts";
import { DeclinedError } from "./declined-error.ts";
import { IdempotencyError } from "./idempotency-error.ts";
import { InvalidRequestError } from "./invalid-request-error.ts";
import { NotFoundError } from "./not-found-error.ts";
import { OtherApiError } from "./other-api-error.ts";
import { situationOf } from "./situation.ts";
import { RedirectError } from "./redirect-error.ts";
import { ServiceError } from "./service-error.ts";
import { SignatureError } from "./signature-error.ts";
import { StateError } from "./state-error.ts";
import { ThrottledError } from "./throttled-error.ts";

const CLASSES: Readonly<
  Record<Exclude<ApiErrorCode, "api.signature">, new (context: ApiErrorContext, advice?: string) => ApiError>
> = {
  "api.invalid-request": InvalidRequestError,
  "api.authentication": AuthenticationError,
  "api.not-found": NotFoundError,
  "api.state": StateError,
  "api.amount": AmountError,
  "api.declined": DeclinedError,
  "api.idempotency": IdempotencyError,
  "api.throttled": ThrottledError,
  "api.service": ServiceError,
  "api.redirect": RedirectError,
  "api.other": OtherApiError,
};

/** The error of the class that fits the situation. */
export function apiErrorFrom(context: ApiErrorContext, diagnose: () => SignatureDiagnosis, advice: string): ApiError {
  const situation = situationOf(context.status, context.reasonCode);
  return situation === "api.signature"
    ? new SignatureError(context, diagnose())
    : new CLASSES[situation](context, advice);
}
