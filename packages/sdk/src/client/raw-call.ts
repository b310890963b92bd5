import { wrongOption } from "../errors/configuration-error.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import type { FieldIssue } from "../operations/fields/issue.ts";
import type { HttpMethod } from "../operations/operation.ts";
import { isRecord } from "../operations/fields/check.ts";
import { toJson } from "../request/prepare.ts";
import { isRepeatable } from "../retry/policy.ts";
import { canonicalPath } from "../signing/encode.ts";
import { type QueryValue, canonicalQuery } from "../signing/query.ts";
import { type ApiResponse, type CallInput, type Requester, readHeaderOptions } from "./requester.ts";
import { attemptCall } from "./attempts.ts";
import { isText } from "../kind.ts";

/** A call that is not in the operations table. */
export interface RawCall extends Omit<CallInput, "ids"> {
  /** HTTP method. */
  readonly method: HttpMethod;
  /** Below `/v2`, percent-encoded. */
  readonly path: string;
}

const MEMBERS: readonly string[] = ["method", "path", "body", "query", "options"];
const METHODS: readonly string[] = ["GET", "POST", "PATCH", "DELETE"] satisfies HttpMethod[];
/** Segments that would turn the path into another one, however they are written. */
const CLIMBING = /\/(\.|%2e){1,2}(\/|$)/i;

/** Calls any path below `/v2` with the body as it is. A POST is repeated only if a key is given. */
export async function callRaw(requester: Requester, raw: RawCall): Promise<ApiResponse<unknown>> {
  if (!isRecord(raw))
    throw wrongOption('a call must be an object such as { method: "GET", path: "/charges/S01-1-1-C1" }');
  const { method, path } = raw;
  for (const name of Object.keys(raw))
    if (!MEMBERS.includes(name))
      throw wrongOption(`a call has no \`${name}\`: what one call may be told goes into options`);
  const options = raw.options ?? {};
  const settings = requester.settingsFor(options);
  // A method in lower case would not be known as a POST, and be sent again without a key.
  if (!METHODS.includes(method)) throw wrongOption(`\`method\` must be one of ${METHODS.join(", ")}`);
  if (!isText(path) || !/^\/[^?#\s]*$/.test(path) || CLIMBING.test(path)) {
    throw wrongOption(
      "`path` must begin with a slash and hold no query, no spaces and no segments . or .., such as /charges/S01-1-1-C1; pass the query as `query`",
    );
  }
  const issues: FieldIssue[] = [];
  const { idempotencyKey, authToken, extraHeaders } = readHeaderOptions(options, undefined, issues);
  const text = raw.body === undefined || isText(raw.body) ? raw.body : toJson(raw.body, issues);
  const resource = path.split("/").slice(0, 2).join("/");
  const operation = `${method} ${resource}`;
  if (issues.length > 0) throw new InvalidInputError(operation, issues);
  const shown = settings.root + resource;
  return attemptCall(
    {
      operation,
      method,
      path: canonicalPath(settings.root + path),
      query: canonicalQuery(raw.query as Readonly<Record<string, QueryValue>> | undefined),
      body: text,
      idempotencyKey,
      authToken: authToken ?? settings.authToken,
      extraHeaders,
      template: shown,
      shownPath: () => shown,
    },
    settings,
    {
      repeatable: isRepeatable(method, idempotencyKey !== undefined, false),
      isSuccess: (status) => (status >= 200 && status < 300) || status === 303,
      signal: options.signal,
    },
  );
}
