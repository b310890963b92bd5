import type { Settings } from "../client/settings.ts";
import { USER_AGENT } from "../client/user-agent.ts";
import { KeyError } from "../errors/key-error.ts";
import { formatAuthorization } from "../signing/authorization.ts";
import { toBase64 } from "../base64.ts";
import { canonicalRequest, signedHeaderNames } from "../signing/canonical-request.ts";
import { requiredHeaders } from "../signing/required-headers.ts";
import { stringToSign } from "../signing/string-to-sign.ts";
import { bodyOf, callerHeaders, type CallOptions, targetOf } from "./call.ts";

/** Signs a text at once, as the official methods promise. */
function signNow(text: string, { signer, algorithm }: Settings): string {
  const signature = signer.sign(new TextEncoder().encode(stringToSign(text, algorithm)), algorithm);
  if (signature instanceof Uint8Array) return toBase64(signature);
  throw new KeyError(
    "key.unsupported",
    "this runtime signs only with promises, and this method must answer at once: use `signRequest` of " +
      "@amazon-pay-kit/sdk/signing, or `button` of the client",
  );
}

/** Signature of a button's payload, in base64. */
export function buttonSignature(payload: object | string, settings: Settings): string {
  return signNow(typeof payload === "string" ? payload : JSON.stringify(payload), settings);
}

/**
 * The headers of a signed request, for applications that send it themselves. All are signed save `user-agent` and the
 * simulation code, which a proxy may change and the service wants unsigned.
 */
export function signedHeaders(options: CallOptions, host: string, settings: Settings): Record<string, string> {
  const { path, query } = targetOf(options, settings.root);
  const { "x-amz-pay-simulation-code": simulation, ...others } = callerHeaders(options.headers);
  const required = requiredHeaders({ region: settings.region.region, host, now: settings.clock.now() });
  const headers = { ...others, ...required };
  const request = { method: options.method, path, query, headers, body: bodyOf(options.payload) };
  const authorization = formatAuthorization({
    algorithm: settings.algorithm,
    publicKeyId: settings.publicKeyId,
    signedHeaders: signedHeaderNames(headers),
    signature: signNow(canonicalRequest(request), settings),
  });
  return {
    ...headers,
    ...(simulation === undefined ? {} : { "x-amz-pay-simulation-code": simulation }),
    "user-agent": USER_AGENT,
    authorization,
  };
}
