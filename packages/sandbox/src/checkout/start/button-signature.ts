import { constants, createPublicKey, verify } from "node:crypto";
import { ALGORITHMS, nodeVerifier, stringToSign, type AlgorithmName } from "@amazon-pay-kit/sdk/signing";
import type { MerchantKey } from "../../engine/objects/index.ts";
import { rewritings } from "./payload-rewritings.ts";

/** The button's default when the page names no algorithm (docs/amazon-pay/requests.md). */
export const PAGE_DEFAULT_ALGORITHM: AlgorithmName = "AMZN-PAY-RSASSA-PSS-V2";

/** What the page handed over. */
export interface SignedPayload {
  /** Exactly as it arrived. */
  readonly payloadJSON: string;
  /** Base64. */
  readonly signature: string;
  readonly algorithm: AlgorithmName;
  /** Whether the page named the algorithm, or the default was assumed. */
  readonly algorithmGiven: boolean;
  readonly publicKeyId: string;
}

/** Outcome of a button signature's verification. */
export type ButtonVerification =
  | { readonly valid: true }
  | {
      readonly valid: false;
      /** What the sandbox would have signed. */
      readonly stringToSign: string;
      /** Likeliest cause first; never empty. */
      readonly causes: readonly string[];
    };

/**
 * Verifies the signature of a button's payload, and says why it fails by trying what is usually done wrong: another
 * algorithm, a payload that was written anew, another key, another padding.
 *
 * @param key the key that the page names
 * @param others every other key of the sandbox, to find a mix-up
 */
export function verifyButton(
  signed: SignedPayload,
  key: MerchantKey,
  others: readonly MerchantKey[] = [],
): ButtonVerification {
  const wanted = stringToSign(signed.payloadJSON, signed.algorithm);
  const signature = decode(signed.signature);
  if (signature !== undefined && fits(wanted, signature, key, signed.algorithm)) return { valid: true };
  return {
    valid: false,
    stringToSign: wanted,
    causes: signature === undefined ? [notBase64(signed.signature)] : causesOf(signed, signature, key, others),
  };
}

function causesOf(
  signed: SignedPayload,
  signature: Buffer,
  key: MerchantKey,
  others: readonly MerchantKey[],
): readonly string[] {
  for (const { name } of ALGORITHMS) {
    if (name !== signed.algorithm && fits(stringToSign(signed.payloadJSON, name), signature, key, name)) {
      return [
        signed.algorithmGiven
          ? `The signature was made with ${name}, but the page names ${signed.algorithm}. Set algorithm to "${name}" in the button's configuration.`
          : `The signature was made with ${name}, but the page names no algorithm, and then ${PAGE_DEFAULT_ALGORITHM} is assumed. Set algorithm to "${name}" in the button's configuration, or sign with ${PAGE_DEFAULT_ALGORITHM}.`,
      ];
    }
  }
  for (const { name } of ALGORITHMS) {
    for (const { text, what } of rewritings(signed.payloadJSON)) {
      if (fits(stringToSign(text, name), signature, key, name)) {
        return [
          `The signature belongs to another text of the same payload: ${what}. Hand the page exactly the text that was signed.`,
        ];
      }
    }
    const owner = others.find((other) => fits(stringToSign(signed.payloadJSON, name), signature, other, name));
    if (owner !== undefined) {
      return [`The signature was made with the key ${owner.publicKeyId}, but the page names ${signed.publicKeyId}.`];
    }
  }
  return oddPadding(signed, signature, key) ?? unknownCauses(signature, signed.publicKeyId);
}

/** Signatures by the right key over nearly the right thing. */
function oddPadding(signed: SignedPayload, signature: Buffer, key: MerchantKey): readonly string[] | undefined {
  for (const { name } of ALGORITHMS) {
    const text = stringToSign(signed.payloadJSON, name);
    if (fitsLoosely(text, signature, key, "pss")) {
      return [
        `The salt of the signature has another length than ${name} asks for (20 bytes, or 32 for V2). Libraries choose another one unless told.`,
      ];
    }
    if (fitsLoosely(text, signature, key, "pkcs1")) {
      return ["The signature is RSASSA-PKCS1-v1_5; RSASSA-PSS with SHA-256 is needed."];
    }
  }
  if (
    fitsLoosely(signed.payloadJSON, signature, key, "pss") ||
    fitsLoosely(signed.payloadJSON, signature, key, "pkcs1")
  ) {
    return [
      "The payload itself was signed. Sign the algorithm's name, a line feed and the hexadecimal SHA-256 of the payload.",
    ];
  }
  return undefined;
}

function unknownCauses(signature: Buffer, publicKeyId: string): readonly string[] {
  return [
    ...(signature.length === 256
      ? []
      : [`The signature has ${signature.length} bytes; that of a 2048-bit key has 256.`]),
    `Another private key than that of ${publicKeyId} made the signature, or`,
    "the payload was changed after it was signed (a value, the order of members).",
  ];
}

function notBase64(signature: string): string {
  return signature.includes(" ") && decode(signature.replaceAll(" ", "+")) !== undefined
    ? "The signature has blanks where base64 has plus signs: it went through a form or an address without being encoded."
    : "The signature is not base64 text.";
}

function decode(signature: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(signature) ? Buffer.from(signature, "base64") : undefined;
}

function fits(text: string, signature: Buffer, key: MerchantKey, algorithm: AlgorithmName): boolean {
  return nodeVerifier(key.publicKeyPem).verify(Buffer.from(text), signature, algorithm);
}

function fitsLoosely(text: string, signature: Buffer, key: MerchantKey, scheme: "pss" | "pkcs1"): boolean {
  const options =
    scheme === "pss"
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
      : { padding: constants.RSA_PKCS1_PADDING };
  return verify("sha256", Buffer.from(text), { key: createPublicKey(key.publicKeyPem), ...options }, signature);
}
