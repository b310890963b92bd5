import { attemptCall } from "../client/attempts.ts";
import type { Settings } from "../client/settings.ts";
import type { PreparedCall } from "../client/exchange.ts";
import type { HttpMethod, Operation } from "../operations/operation.ts";
import { isRecord } from "../operations/fields/check.ts";
import { matchOperation } from "../operations/match.ts";
import { newIdempotencyKey } from "../request/idempotency.ts";
import { isRepeatable } from "../retry/policy.ts";
import { splitPath } from "../signing/canonical-request.ts";
import { canonicalPath } from "../signing/encode.ts";
import { type QueryValue, canonicalQuery } from "../signing/query.ts";
import { basicDate } from "../signing/required-headers.ts";
import type { TransportAnswer } from "../transport/transport.ts";
import { type CalledWith, type ClientAnswer, answerOf } from "./answer.ts";
import { ClientError } from "./client-error.ts";
import { isObject, isText } from "../kind.ts";

/** Headers of a call. Those that the client sets itself are ignored, as in the official SDK. */
export type CallHeaders = Readonly<Record<string, string>> | null | undefined;

/** A call as the official `apiCall` takes it. It is only read, never changed. */
export interface CallOptions {
  /** HTTP method, in any case. */
  readonly method: string;
  /** Path below `v2`, without a slash before it: `charges/S01-…`. */
  readonly urlFragment: string;
  /** Sent as it is when it is a text, otherwise as JSON. */
  readonly payload?: object | string | null | undefined;
  /** Further headers, by name; signed with the others. */
  readonly headers?: CallHeaders;
  /** Lists are sent as one value with commas, dates as the service writes them; what is `undefined` is left out. */
  readonly queryParams?: Readonly<Record<string, QueryValue | Date | readonly string[]>> | null | undefined;
}

const IDEMPOTENCY_KEY = "x-amz-pay-idempotency-key";
const AUTH_TOKEN = "x-amz-pay-authtoken";
const OWN_HEADERS: ReadonlySet<string> = new Set([
  "accept",
  "authorization",
  "content-length",
  "content-type",
  "host",
  "user-agent",
  "x-amz-pay-date",
  "x-amz-pay-host",
  "x-amz-pay-region",
]);

function queryValue(value: QueryValue | Date | readonly string[]): QueryValue {
  if (value instanceof Date) return basicDate(value.getTime());
  return isObject(value) ? value.join(",") : value;
}

/** Path and query as they are sent, both in canonical form. */
export function targetOf(options: CallOptions, root: string): { readonly path: string; readonly query: string } {
  const [path, inline] = splitPath(options.urlFragment);
  const given = Object.entries(options.queryParams ?? {});
  const query = Object.fromEntries(given.map(([name, value]) => [name, queryValue(value)]));
  return {
    path: canonicalPath(`${root}/${path}`),
    query: canonicalQuery(given.length === 0 ? inline : query),
  };
}

/** The body as it is sent; `undefined` for none. */
export function bodyOf(payload: CallOptions["payload"]): string | undefined {
  if (payload === undefined || payload === null) return undefined;
  return isText(payload) ? payload : JSON.stringify(payload);
}

/** The caller's headers with lower-case names, without those that the client sets. */
export function callerHeaders(headers: CallHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers ?? {})
      .map(([name, value]): [string, string] => [name.toLowerCase(), String(value)])
      .filter(([name]) => !OWN_HEADERS.has(name)),
  );
}

function prepared(options: CallOptions, settings: Settings, operation: Operation | undefined): PreparedCall {
  const { [IDEMPOTENCY_KEY]: givenKey, [AUTH_TOKEN]: authToken, ...extraHeaders } = callerHeaders(options.headers);
  const method = options.method.toUpperCase();
  const wantsKey = method === "POST" && operation !== undefined && operation.idempotency !== "none";
  const { path, query } = targetOf(options, settings.root);
  const resource = options.urlFragment.split(/[/?]/, 1).join("");
  return {
    operation: operation?.name ?? `${method} ${resource}`,
    method,
    path,
    query,
    body: bodyOf(options.payload),
    idempotencyKey: givenKey ?? (wantsKey ? newIdempotencyKey(settings.random) : undefined),
    authToken,
    extraHeaders,
    template: settings.root + (operation?.path ?? `/${resource}`),
    shownPath: () => `${settings.root}/${resource}`,
  };
}

/** Whether the body names a reference by which the service tells repeats. */
function hasReference(operation: Operation | undefined, body: string | undefined): boolean {
  if (operation?.reference === undefined || body === undefined) return false;
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) && isText(parsed[operation.reference]);
  } catch {
    return false;
  }
}

/**
 * Makes a call: signed afresh at each attempt, repeated only where that is safe.
 *
 * @param seeOther whether 303 is a success, as for the claim of an account
 * @throws ClientError
 */
export async function callService<T>(
  options: CallOptions,
  settings: Settings,
  seeOther: boolean,
): Promise<ClientAnswer<T>> {
  let last: TransportAnswer | undefined;
  const send = async (request: Parameters<Settings["transport"]["send"]>[0]): Promise<TransportAnswer> => {
    last = undefined;
    last = await settings.transport.send(request);
    return last;
  };
  const matched = matchOperation(options.method, targetOf(options, settings.root).path).operation;
  const call = prepared(options, settings, matched);
  const target = call.query === "" ? call.path : `${call.path}?${call.query}`;
  const config: CalledWith = { method: call.method.toLowerCase(), url: settings.origin + target };
  const transport = { ...settings.transport, send };
  const policy = {
    repeatable: isRepeatable(
      call.method as HttpMethod,
      call.idempotencyKey !== undefined,
      hasReference(matched, call.body),
    ),
    isSuccess: (status: number) => (status >= 200 && status < 300) || (seeOther && status === 303),
    signal: undefined,
  };
  try {
    await attemptCall(call, { ...settings, transport }, policy);
  } catch (cause) {
    // A success whose body is not JSON is an error for the client of API v2, but not here: axios hands over the text.
    const delivered = last !== undefined && policy.isSuccess(last.status);
    if (!delivered) {
      const response = last === undefined ? undefined : answerOf<unknown>(last, config);
      throw new ClientError({ config, response, cause });
    }
  }
  return answerOf<T>(last as unknown as TransportAnswer, config);
}
