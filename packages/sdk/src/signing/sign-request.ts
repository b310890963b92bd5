import { privateKeySigner, type PrivateKeyInput } from "../keys/private-key.ts";
import type { Signer } from "../keys/signer.ts";
import { DEFAULT_ALGORITHM, type AlgorithmName } from "../operations/algorithms.ts";
import { formatAuthorization } from "./authorization.ts";
import { toBase64 } from "../base64.ts";
import { canonicalParts, type SignableRequest } from "./canonical-request.ts";
import { stringToSign } from "./string-to-sign.ts";

/** Who signs, and how. */
export type SigningOptions = {
  readonly publicKeyId: string;
  /** Default `AMZN-PAY-RSASSA-PSS-V2`. */
  readonly algorithm?: AlgorithmName | undefined;
} & (
  | { readonly signer: Signer; readonly privateKey?: undefined }
  | { readonly privateKey: PrivateKeyInput; readonly signer?: undefined }
);

/** A request that may be sent. */
export interface SignedRequest {
  /** All headers that were signed, with lower-case names, and `authorization`. */
  readonly headers: Record<string, string>;
  /** What was hashed: compare it with the service's when a signature is refused. */
  readonly canonicalRequest: string;
  /** What was signed: the algorithm's name, a line end, the canonical request's hash. */
  readonly stringToSign: string;
  /** Base64. PSS is randomised: signing again gives another one. */
  readonly signature: string;
}

/**
 * Signs a request. Every header given is signed; see `requiredHeaders` for the ones that the service wants.
 * For many requests make the signer once (`privateKeySigner`): reading a key takes longer than signing with it.
 *
 * @example
 * const headers = requiredHeaders({ region: "na", now: Date.now() });
 * const signed = await signRequest({ method: "GET", path: "/v2/charges/S01-1-1-C1", headers }, { publicKeyId, privateKey });
 * await fetch("https://pay-api.amazon.com/v2/charges/S01-1-1-C1", { headers: signed.headers });
 * @throws KeyError for a key that cannot be used
 */
export async function signRequest(request: SignableRequest, options: SigningOptions): Promise<SignedRequest> {
  const algorithm = options.algorithm ?? DEFAULT_ALGORITHM;
  const signer = options.signer ?? privateKeySigner(options.privateKey);
  const canonical = canonicalParts(request);
  const text = stringToSign(canonical.text, algorithm);
  const pending = signer.sign(UTF8.encode(text), algorithm);
  const signature = toBase64(pending instanceof Uint8Array ? pending : await pending);
  const { signedHeaders } = canonical;
  const headers = Object.fromEntries(canonical.headers);
  headers["authorization"] = formatAuthorization({
    algorithm,
    publicKeyId: options.publicKeyId,
    signedHeaders,
    signature,
  });
  return { headers, canonicalRequest: canonical.text, stringToSign: text, signature };
}

const UTF8 = /* @__PURE__ */ new TextEncoder();
