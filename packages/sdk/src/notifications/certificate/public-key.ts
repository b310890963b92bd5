import { expectTag, bytesOfBits, oidOf, readElement, sequence, TAG, type DerElement } from "./der.ts";
import { type Curve, CURVES, EC_PUBLIC_KEY, RSA_ENCRYPTION } from "./oids.ts";
import { unreadable } from "./unreadable.ts";

/** The public key of a certificate, as far as it must be known before WebCrypto can import it. */
export type PublicKeyInfo =
  | { readonly type: "rsa"; readonly bits: number; readonly spki: Uint8Array }
  | { readonly type: "ec"; readonly curve: Curve; readonly spki: Uint8Array };

/** Bits of an RSA modulus: a DER INTEGER with at most one leading zero octet. */
function bitsOf(modulus: DerElement): number {
  const digits = modulus.content[0] === 0 ? modulus.content.subarray(1) : modulus.content;
  const [first = 0] = digits;
  return first === 0 ? 0 : (digits.length - 1) * 8 + (32 - Math.clz32(first));
}

/**
 * Reads SubjectPublicKeyInfo (RFC 5280 4.1.2.7) for RSA and for the curves P-256 and P-384.
 *
 * @throws NotificationError `notification.certificate-unreadable` for any other key
 */
export function publicKeyOf(element: DerElement | undefined): PublicKeyInfo {
  const [algorithm, key] = sequence(element, "the public key");
  const [name, parameters] = sequence(algorithm, "the kind of public key");
  const spki = (element as DerElement).encoded;
  const oid = oidOf(name, "the kind of public key");
  if (oid === RSA_ENCRYPTION) {
    const [modulus] = sequence(readElement(bytesOfBits(key, "the public key")), "the RSA key");
    return { type: "rsa", bits: bitsOf(expectTag(modulus, TAG.integer, "the RSA modulus")), spki };
  }
  const curve = oid === EC_PUBLIC_KEY ? CURVES[oidOf(parameters, "the curve")] : undefined;
  if (curve === undefined) throw unreadable("its key is neither RSA nor on the curves P-256 and P-384");
  return { type: "ec", curve, spki };
}
