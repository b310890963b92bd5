import { REASON_CODES } from "../operations/reason-codes.ts";
import type { ApiErrorCode } from "./api-error.ts";

const REASONS: Readonly<Partial<Record<ApiErrorCode, readonly string[]>>> = REASON_CODES;

/** The situation of a status and reason code; for a code that is not known the status decides. */
export function situationOf(status: number, reasonCode: string | null): ApiErrorCode {
  for (const [situation, codes] of Object.entries(REASONS) as [ApiErrorCode, readonly string[]][]) {
    if (codes.includes(reasonCode ?? "")) return situation;
  }
  if (status === 429) return "api.throttled";
  if (status === 401 || status === 403) return "api.authentication";
  if (status === 404) return "api.not-found";
  if (status === 408 || status === 425 || status >= 500) return "api.service";
  if (status === 422 || status === 409) return "api.state";
  if (status >= 300 && status < 400) return "api.redirect";
  return status >= 400 ? "api.invalid-request" : "api.other";
}
