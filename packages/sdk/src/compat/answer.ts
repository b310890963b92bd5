import type { TransportAnswer } from "../transport/transport.ts";
import { isText } from "../kind.ts";

/** Reason phrases (RFC 9110 15) of the statuses that the service and gateways before it use. HTTP/2 does not carry them. */
const STATUS_TEXTS: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "No Content",
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Entity",
  425: "Too Early",
  426: "Upgrade Required",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** Headers of an answer by their lower-case name; `get` and `has` take any casing. */
export type AnswerHeaders = Readonly<Record<string, string>> & {
  /** Value of a header, in any casing of its name. */
  readonly get: (name: string) => string | undefined;
  /** Whether there is such a header, in any casing of its name. */
  readonly has: (name: string) => boolean;
};

/** What a request was, without its headers: those hold a signature. */
export interface CalledWith {
  /** HTTP method. */
  readonly method: string;
  /** The whole address with its query. */
  readonly url: string;
}

/** An answer as the official SDK (through axios) gives it. */
export interface ClientAnswer<T> {
  /** The parsed body; the text itself where it is not JSON. */
  readonly data: T;
  /** HTTP status. */
  readonly status: number;
  /** Its usual words, for example `Created`. */
  readonly statusText: string;
  /** Names in lower case. */
  readonly headers: AnswerHeaders;
  /** What was called; without headers, because they hold the signature. */
  readonly config: CalledWith;
}

function headersOf(headers: Readonly<Record<string, string>>): AnswerHeaders {
  const found = { ...headers };
  const own = (value: unknown) => ({ value, enumerable: false });
  return Object.defineProperties(found, {
    get: own((name: string) => headers[name.toLowerCase()]),
    has: own((name: string) => Object.hasOwn(headers, name.toLowerCase())),
  }) as AnswerHeaders;
}

function dataOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Puts an answer into the official form. */
export function answerOf<T>(answer: TransportAnswer, config: CalledWith): ClientAnswer<T> {
  return {
    data: dataOf(answer.body) as T,
    status: answer.status,
    statusText: STATUS_TEXTS[answer.status] ?? "",
    headers: headersOf(answer.headers),
    config,
  };
}

/**
 * The answer with `shippingAddressList` as objects. The service sends a list of JSON texts, and the official SDK parses
 * them for the operations that read, update and complete a session.
 */
export function withShippingAddresses<T>(answer: ClientAnswer<T>): ClientAnswer<T> {
  const data = answer.data as { readonly shippingAddressList?: unknown } | null;
  const list = typeof data === "object" ? data?.shippingAddressList : undefined;
  if (!Array.isArray(list)) return answer;
  const parsed = list.map((entry: unknown) => (isText(entry) ? dataOf(entry) : entry));
  return { ...answer, data: { ...data, shippingAddressList: parsed } as T };
}
