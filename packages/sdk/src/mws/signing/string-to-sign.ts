import { canonicalQuery } from "../../signing/query.ts";

/** A request to MWS as it is signed. */
export interface MwsRequest {
  /** HTTP method. */
  readonly method: "GET" | "POST";
  /** Scheme, host and port. */
  readonly endpoint: string;
  /** `/` or `/Reports/2009-01-01`. */
  readonly path: string;
  /** All parameters but `Signature`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The text that Signature Version 2 signs: method, host, path and sorted query, one line each (MWS Reports API reference).
 * The host is in lower case and has its port only when that is not the usual one.
 */
export function mwsStringToSign({ method, endpoint, path, parameters }: MwsRequest): string {
  const { host } = new URL(endpoint);
  return [method, host.toLowerCase(), path === "" ? "/" : path, canonicalQuery(parameters)].join("\n");
}
