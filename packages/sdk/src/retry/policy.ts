import type { HttpMethod } from "../operations/operation.ts";

/** Statuses after which a call is made again (docs/amazon-pay/errors.md). */
export const RETRIED_STATUSES: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Whether a request may be sent again when it is not known whether the first one did its work.
 *
 * GET, PATCH and DELETE end in the same state however often they are sent. A POST does so only where the service can
 * tell a repeat: by the idempotency key, or by a reference in the body.
 */
export function isRepeatable(method: HttpMethod, hasKey: boolean, hasReference: boolean): boolean {
  return method !== "POST" || hasKey || hasReference;
}
