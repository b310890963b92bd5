import { isAsLongAsKey } from "../../keys/signature-length.ts";
import type { Certificate } from "./certificate.ts";
import { positiveOf, readElement, sequence } from "./der.ts";
import { type Curve, SIGNATURE_ALGORITHMS } from "./oids.ts";
import type { PublicKeyInfo } from "./public-key.ts";
import { unreadable } from "./unreadable.ts";

/** ECDSA signatures are two DER integers in certificates, two numbers of fixed size in WebCrypto. */
function fixedSize(signature: Uint8Array, curve: Curve): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(curve.bytes * 2);
  const numbers = sequence(readElement(signature), "the signature");
  if (numbers.length !== 2) throw unreadable("its signature does not hold two numbers");
  for (const [index, number] of numbers.entries()) {
    const digits = positiveOf(number, "a number of its signature");
    if (digits.length > curve.bytes) throw unreadable("its signature does not fit the curve");
    result.set(digits, (index + 1) * curve.bytes - digits.length);
  }
  return result;
}

const copied = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/**
 * Whether a certificate's signature was made with this public key. `false` also when the algorithm is unknown, too weak
 * (SHA-1, MD5) or not for that kind of key.
 */
export async function isSignedWith(certificate: Certificate, issuerKey: PublicKeyInfo): Promise<boolean> {
  const algorithm = SIGNATURE_ALGORITHMS[certificate.signatureAlgorithm];
  if (algorithm === undefined || (algorithm.name === "ECDSA") !== (issuerKey.type === "ec")) return false;
  const { subtle } = globalThis.crypto;
  const kind =
    issuerKey.type === "ec"
      ? { name: "ECDSA", namedCurve: issuerKey.curve.name }
      : { name: algorithm.name, hash: algorithm.hash };
  const key = await subtle
    .importKey("spki", copied(issuerKey.spki), kind, false, ["verify"])
    // A point that is not on the curve, a modulus of zero: such a key has signed nothing.
    .catch(() => undefined);
  if (key === undefined) return false;
  const signature =
    issuerKey.type === "ec" ? fixedSize(certificate.signature, issuerKey.curve) : copied(certificate.signature);
  if (issuerKey.type !== "ec" && !isAsLongAsKey(signature, key)) return false;
  return subtle.verify({ name: algorithm.name, hash: algorithm.hash }, key, signature, copied(certificate.signedPart));
}
