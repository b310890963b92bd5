import { requiredHeaders, signRequest, type AlgorithmName } from "@amazon-pay-kit/sdk/signing";
import type { Sandbox } from "../index.ts";
import { clientOptions, type ClientChoice } from "./client-options.ts";

/** How calls are signed. */
export interface SignedCallOptions extends ClientChoice {
  /** Default `AMZN-PAY-RSASSA-PSS-V2`. */
  readonly algorithm?: AlgorithmName;
}

/** What came back. */
export interface SignedAnswer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Calls an operation by method, path and body; every POST gets an idempotency key unless one is given. */
export type SignedCaller = <Body = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<SignedAnswer<Body>>;

/**
 * A bare signed caller, for what no client offers: wrong bodies, odd headers, repeated keys.
 *
 * @example const call = signedCaller(sandbox); await call("GET", "/v2/charges/S01-1-1-C1");
 */
export function signedCaller(sandbox: Sandbox, options: SignedCallOptions = {}): SignedCaller {
  const { region, publicKeyId, privateKey } = clientOptions(sandbox, options);
  let count = 0;
  return async <Body>(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
    count += 1;
    const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    const signed = await signRequest(
      {
        method,
        path,
        headers: {
          ...requiredHeaders({ region, now: sandbox.clock.now() }),
          ...(method === "POST" ? { "x-amz-pay-idempotency-key": `key${count}` } : {}),
          ...headers,
        },
        body: text,
      },
      { publicKeyId, privateKey, ...(options.algorithm === undefined ? {} : { algorithm: options.algorithm }) },
    );
    const response = await sandbox.fetch(
      new Request(sandbox.place.origin + path, { method, headers: signed.headers, body: text ?? null }),
    );
    const answer = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (answer === "" ? null : JSON.parse(answer)) as Body,
    };
  };
}
