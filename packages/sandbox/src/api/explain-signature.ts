import { constants, verify } from "node:crypto";
import { ALGORITHMS, algorithmOf, type Verification } from "@amazon-pay-kit/sdk/signing";
import type { SignatureFinding } from "../events/event.ts";
import type { Call } from "../http/call.ts";
import type { KeyIndex, KnownKey } from "./key-index.ts";
import { variantsOf, type Attempt } from "./signature-variants.ts";

type Explanation = NonNullable<SignatureFinding["explanation"]>;
type Failure = Extract<Verification, { valid: false }>;

/** Longest body for which re-serialised forms are tried; each one is hashed again. */
const LONGEST_BODY = 64 * 1024;

/**
 * Finds out why a signature does not fit, by trying what people get wrong until one form does fit: that one is the
 * cause. Where none fits, the advice is to compare the strings to sign.
 */
export function explainFailure(call: Call, failure: Failure, key: KnownKey | undefined, keys: KeyIndex): Explanation {
  if (failure.reason === "signed-header-missing") {
    return { cause: "header-missing", advice: `${failure.message}. A proxy may have taken it out on the way.` };
  }
  const { authorization, stringToSign } = failure;
  if (authorization === undefined || stringToSign === undefined || key === undefined) {
    return { cause: "authorization", advice: failure.message };
  }
  const signature = Buffer.from(authorization.signature, "base64");
  if (failure.reason === "signature-malformed" || signature.length !== 256) {
    return {
      cause: "signature-malformed",
      advice:
        "The signature is not the base64 of an RSA-2048 signature (256 bytes): it was cut, encoded otherwise, or made with another kind of key.",
    };
  }
  const fits = (text: string, pem: string, saltLength: number): boolean => pss(text, pem, signature, saltLength);
  const declared = algorithmOf(authorization.algorithm).saltLength;

  for (const other of keys.all()) {
    if (other.publicKeyId !== key.publicKeyId && fits(stringToSign, other.publicKeyPem, declared)) {
      return {
        cause: "wrong-key",
        advice: `The signature was made with the private key of ${other.publicKeyId}, but the header names ${key.publicKeyId}: use the private key that belongs to the public key id.`,
      };
    }
  }
  const algorithm = algorithmCause(stringToSign, key, signature, declared);
  if (algorithm !== undefined) return algorithm;
  for (const attempt of variantsOf(call, authorization.signedHeaders, LONGEST_BODY)) {
    const cause = attemptCause(attempt, authorization.algorithm, key, fits);
    if (cause !== undefined) return cause;
  }
  return {
    cause: "unknown",
    advice:
      "The signature fits neither this request nor any of the usual mistakes. Compare your string to sign with the service's, then your canonical request with the one shown here; where both are equal, the private key does not belong to the public key id.",
  };
}

/** The right text, but another salt, padding or name. */
function algorithmCause(text: string, key: KnownKey, signature: Buffer, declared: number): Explanation | undefined {
  if (pss(text, key.publicKeyPem, signature, constants.RSA_PSS_SALTLEN_AUTO)) {
    const made = ALGORITHMS.find(
      (row) => row.saltLength !== declared && pss(text, key.publicKeyPem, signature, row.saltLength),
    );
    return {
      cause: "algorithm",
      advice:
        made === undefined
          ? `The salt has the wrong length: it must be ${declared} bytes for this algorithm, not the library's default.`
          : `The salt has ${made.saltLength} bytes, which belongs to ${made.name}: name that algorithm, or sign with ${declared} bytes.`,
    };
  }
  for (const row of ALGORITHMS) {
    const renamed = `${row.name}${text.slice(text.indexOf("\n"))}`;
    if (renamed !== text && pss(renamed, key.publicKeyPem, signature, constants.RSA_PSS_SALTLEN_AUTO)) {
      return {
        cause: "algorithm",
        advice: `The string that was signed begins with ${row.name}, but the Authorization header names another algorithm: use one name in both places.`,
      };
    }
  }
  const padding = constants.RSA_PKCS1_PADDING;
  if (verify("sha256", Buffer.from(text), { key: key.publicKeyPem, padding }, signature)) {
    return {
      cause: "algorithm",
      advice: "The signature has PKCS#1 v1.5 padding; Amazon Pay wants RSASSA-PSS with MGF1-SHA-256.",
    };
  }
  return undefined;
}

function attemptCause(
  attempt: Attempt,
  algorithm: string,
  key: KnownKey,
  fits: (text: string, pem: string, saltLength: number) => boolean,
): Explanation | undefined {
  for (const row of ALGORITHMS) {
    if (!fits(`${row.name}\n${attempt.hash}`, key.publicKeyPem, row.saltLength)) continue;
    const also = row.name === algorithm ? "" : ` Besides, it was signed as ${row.name} and not as ${algorithm}.`;
    return { cause: attempt.cause, advice: attempt.advice + also };
  }
  return undefined;
}

function pss(text: string, publicKeyPem: string, signature: Buffer, saltLength: number): boolean {
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify("sha256", Buffer.from(text), { key: publicKeyPem, padding, saltLength }, signature);
}
