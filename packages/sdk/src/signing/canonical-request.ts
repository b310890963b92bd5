import { canonicalPath } from "./encode.ts";
import { canonicalHeaders, type HeaderInput } from "./headers.ts";
import { canonicalQuery, type Query } from "./query.ts";
import { sha256Hex } from "./sha256.ts";

/** A request as it is signed. */
export interface SignableRequest {
  /** In any case; signed in capitals. */
  readonly method: string;
  /** Path of the URL; may bring its query along after a `?`. Percent-encoded or not. */
  readonly path: string;
  /** Query parameters, where `path` does not bring them. */
  readonly query?: Query | undefined;
  /** Names in any casing. All of them are signed, save `authorization`. */
  readonly headers: HeaderInput;
  /** The exact body; left out or null for none. Text is sent and hashed as UTF-8. */
  readonly body?: string | Uint8Array | null | undefined;
}

/**
 * Builds the canonical request: method, path, query, header lines, signed names and the payload's hash (docs/amazon-pay/requests.md).
 *
 * @example
 * canonicalRequest({ method: "GET", path: "/live/v2/charges/S01-1-1-C1", headers: { accept: "application/json" } });
 * // "GET\n/live/v2/charges/S01-1-1-C1\n\naccept:application/json\n\naccept\ne3b0c442…"
 * @throws SignatureFormatError `signature.invalid-input`
 */
export function canonicalRequest(request: SignableRequest): string {
  return canonicalParts(request).text;
}

/** A canonical request with the parts that go into the headers. */
export interface CanonicalRequest {
  readonly text: string;
  /** Names with semicolons between them. */
  readonly signedHeaders: string;
  /** The signed headers, names in lower case, in the order signed. */
  readonly headers: readonly (readonly [string, string])[];
}

/** {@link canonicalRequest} with its parts, so that headers are put in order once. */
export function canonicalParts(request: SignableRequest): CanonicalRequest {
  const [path, inlineQuery] = splitPath(request.path);
  const headers = canonicalHeaders(request.headers);
  const signedHeaders = namesOf(headers);
  const text = assemble(
    request.method,
    canonicalPath(path),
    canonicalQuery(request.query ?? inlineQuery),
    headers,
    signedHeaders,
    request.body,
  );
  return { text, signedHeaders, headers };
}

/** Names of the headers that {@link canonicalRequest} signs, as the Authorization header lists them. */
export function signedHeaderNames(headers: HeaderInput): string {
  return namesOf(canonicalHeaders(headers));
}

/** Names with semicolons between them. */
export function namesOf(headers: readonly (readonly [string, string])[]): string {
  let names = "";
  for (const [name] of headers) names += names === "" ? name : `;${name}`;
  return names;
}

/** Puts the parts together; each header line ends in a line feed, and one more comes before the list of names. */
export function assemble(
  method: string,
  path: string,
  query: string,
  headers: readonly (readonly [string, string])[],
  signedHeaders: string,
  body: SignableRequest["body"],
): string {
  let lines = "";
  for (const [name, value] of headers) lines += `${name}:${value}\n`;
  return `${method.toUpperCase()}\n${path}\n${query}\n${lines}\n${signedHeaders}\n${body === undefined || body === null || body.length === 0 ? EMPTY_HASH : sha256Hex(body)}`;
}

/** SHA-256 of nothing. */
const EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** Path and query of what may be both. */
export function splitPath(path: string): [string, string | undefined] {
  const at = path.indexOf("?");
  return at < 0 ? [path, undefined] : [path.slice(0, at), path.slice(at + 1)];
}
