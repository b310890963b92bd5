import { SignatureFormatError } from "../errors/signature-format-error.ts";
import { publicKeyVerifier, type PublicKeyInput } from "../keys/public-key.ts";
import type { SyncVerifier, Verifier } from "../keys/signer.ts";
import { parseAuthorization, type Authorization } from "./authorization.ts";
import { fromBase64 } from "../base64.ts";
import { assemble, splitPath, type SignableRequest } from "./canonical-request.ts";
import { canonicalPath } from "./encode.ts";
import { cleanHeaderValue, lowerCaseHeaders } from "./headers.ts";
import { canonicalQuery } from "./query.ts";
import { stringToSign } from "./string-to-sign.ts";

/** A request as it came in: the path and the query exactly as sent. */
export interface ReceivedRequest extends Omit<SignableRequest, "query"> {
  /** Raw text after the `?`, where `path` does not bring it. */
  readonly query?: string | undefined;
}

/** Why a request's signature was refused. */
export type VerificationFailure =
  | "authorization-missing"
  | "authorization-malformed"
  | "algorithm-unknown"
  | "signed-header-missing"
  | "signature-malformed"
  | "signature-mismatch";

/** Outcome of a verification. */
export type Verification =
  | {
      readonly valid: true;
      readonly authorization: Authorization;
      readonly canonicalRequest: string;
      readonly stringToSign: string;
    }
  | {
      readonly valid: false;
      readonly reason: VerificationFailure;
      /** What is wrong, in words. */
      readonly message: string;
      readonly authorization?: Authorization;
      /** As the verifier builds them; present once the Authorization header could be read. */
      readonly canonicalRequest?: string;
      readonly stringToSign?: string;
    };

/**
 * Verifies a request's signature as the service does: by the headers that `SignedHeaders` lists, in its order and casing.
 *
 * A signature is good for the normalised form of path and query, and also for the form as sent, because the official
 * clients differ in what they encode (docs/amazon-pay/requests.md).
 *
 * @param key public key of the id in the Authorization header
 * @example
 * const outcome = await verifyRequest({ method, path, headers, body }, publicKeyPem);
 * if (!outcome.valid) answer403(outcome.message);
 */
export async function verifyRequest(request: ReceivedRequest, key: Verifier | PublicKeyInput): Promise<Verification> {
  const verifier = isVerifier(key) ? key : publicKeyVerifier(key);
  const claim = readClaim(request);
  if ("valid" in claim) return claim;
  for (const candidate of claim.candidates()) {
    if (await verifier.verify(bytesOf(candidate.stringToSign), claim.signature, claim.authorization.algorithm)) {
      return { valid: true, authorization: claim.authorization, ...candidate };
    }
  }
  return mismatch(claim);
}

/** The same at once, for servers on Node: see `nodeVerifier`. */
export function verifyRequestSync(request: ReceivedRequest, verifier: SyncVerifier): Verification {
  const claim = readClaim(request);
  if ("valid" in claim) return claim;
  for (const candidate of claim.candidates()) {
    if (verifier.verify(bytesOf(candidate.stringToSign), claim.signature, claim.authorization.algorithm)) {
      return { valid: true, authorization: claim.authorization, ...candidate };
    }
  }
  return mismatch(claim);
}

interface Candidate {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

interface Claim {
  readonly authorization: Authorization;
  readonly signature: Uint8Array;
  /** The documented form of the request. */
  readonly documented: Candidate;
  /** The forms that may have been signed, the documented one first; the next is made when it is asked for. */
  candidates(): Iterable<Candidate>;
}

function readClaim(request: ReceivedRequest): Claim | Extract<Verification, { valid: false }> {
  const headers = lowerCaseHeaders(request.headers);
  const header = headers.get("authorization");
  if (header === undefined)
    return { valid: false, reason: "authorization-missing", message: "the request has no Authorization header" };
  let authorization: Authorization;
  try {
    authorization = parseAuthorization(header);
  } catch (error) {
    if (!(error instanceof SignatureFormatError)) throw error;
    const reason = error.code === "signature.unknown-algorithm" ? "algorithm-unknown" : "authorization-malformed";
    return { valid: false, reason, message: error.message };
  }
  const names = authorization.signedHeaders.split(";");
  const missing = names.find((name) => !headers.has(name.toLowerCase()));
  if (missing !== undefined) {
    return {
      valid: false,
      reason: "signed-header-missing",
      message: `SignedHeaders lists ${missing}, but the request has no such header`,
      authorization,
    };
  }
  const forms = formsOf(request, headers, names, authorization);
  const signature = fromBase64(authorization.signature);
  if (signature === undefined) {
    return {
      valid: false,
      reason: "signature-malformed",
      message: "the signature is not base64",
      authorization,
      ...forms.documented,
    };
  }
  return { authorization, signature, ...forms };
}

function formsOf(
  request: ReceivedRequest,
  headers: ReadonlyMap<string, string>,
  names: readonly string[],
  authorization: Authorization,
): Pick<Claim, "documented" | "candidates"> {
  const [path, inlineQuery] = splitPath(request.path);
  const query = request.query ?? inlineQuery ?? "";
  const build = (pathText: string, queryText: string, clean: (value: string) => string): Candidate => {
    const lines = names.map((name) => [name.toLowerCase(), clean(headers.get(name.toLowerCase()) ?? "")] as const);
    const canonical = assemble(request.method, pathText, queryText, lines, authorization.signedHeaders, request.body);
    return { canonicalRequest: canonical, stringToSign: stringToSign(canonical, authorization.algorithm) };
  };
  const documented = build(canonicalPath(path), canonicalQuery(query), cleanHeaderValue);
  const candidates = function* (): Generator<Candidate> {
    yield documented;
    const asSent = build(path === "" ? "/" : path, query, (value) => value.trim());
    if (asSent.stringToSign !== documented.stringToSign) yield asSent;
  };
  return { documented, candidates };
}

function mismatch(claim: Claim): Verification {
  return {
    valid: false,
    reason: "signature-mismatch",
    message: "the signature does not belong to this request and key: compare the strings to sign",
    authorization: claim.authorization,
    ...claim.documented,
  };
}

function isVerifier(key: Verifier | PublicKeyInput): key is Verifier {
  return typeof key === "object" && "verify" in key && typeof key.verify === "function";
}

const UTF8 = /* @__PURE__ */ new TextEncoder();
const bytesOf = (text: string): Uint8Array => UTF8.encode(text);
