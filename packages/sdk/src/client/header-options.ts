import { invalidValue, type FieldIssue } from "../operations/fields/issue.ts";
import type { Random } from "../random/random.ts";
import { checkIdempotencyKey, newIdempotencyKey } from "../request/idempotency.ts";
import type { RequestOptions } from "./options.ts";

/** Headers that a call may not set: the client does, or they are of the connection and not of the request. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  "accept",
  "accept-encoding",
  "authorization",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "x-amz-pay-date",
  "x-amz-pay-host",
  "x-amz-pay-region",
]);

/** What of a call's options goes into its headers. */
export interface HeaderOptions {
  readonly idempotencyKey: string | undefined;
  readonly authToken: string | undefined;
  /** Not signed. */
  readonly extraHeaders: Readonly<Record<string, string>>;
}

/**
 * Sorts a call's options into what is signed and what is not. A header of the key's or the token's name counts as the option,
 * in any casing, so that nothing is sent twice.
 *
 * @param makeKey where to take a key from when none is given; undefined for calls that take none
 */
export function readHeaderOptions(
  options: RequestOptions,
  makeKey: Random | undefined,
  issues: FieldIssue[],
): HeaderOptions {
  const refuse = (path: string, why: string): void => {
    issues.push(invalidValue(path, why));
  };
  const extraHeaders: Record<string, string> = {};
  let { idempotencyKey, authToken } = options;
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    const lower = name.toLowerCase();
    if (lower === "x-amz-pay-idempotency-key") idempotencyKey ??= value;
    else if (lower === "x-amz-pay-authtoken") authToken ??= value;
    else if (OWN_HEADERS.has(lower) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      refuse(`headers.${lower}`, "cannot be set: the client sets it itself, or it is not a header");
    } else if (!/^[\t\x20-\x7E\xA0-\xFF]*$/.test(String(value))) {
      refuse(`headers.${lower}`, "cannot be sent: a header's value has characters of Latin-1 only, and no line breaks");
    } else extraHeaders[lower] = String(value);
  }
  if (authToken !== undefined && !/^[\x21-\x7E]+$/.test(authToken)) {
    refuse("authToken", "must be the text of authorizationTokens.retrieve, without spaces");
  }
  if (idempotencyKey === undefined) idempotencyKey = makeKey && newIdempotencyKey(makeKey);
  else {
    const issue = checkIdempotencyKey(idempotencyKey);
    if (issue !== undefined) issues.push(issue);
  }
  return { idempotencyKey, authToken, extraHeaders };
}
