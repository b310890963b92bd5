import {
  algorithmOf,
  bytesOfBits,
  expectNothing,
  oidOf,
  positiveOf,
  readElement,
  sequence,
  type DerElement,
} from "./der.ts";
import { type Curve, CURVES, EC_PUBLIC_KEY, RSA_ENCRYPTION } from "./oids.ts";
import { unreadable } from "./unreadable.ts";

/** The public key of a certificate, as far as it must be known before WebCrypto can import it. */
export type PublicKeyInfo =
  | { readonly type: "rsa"; readonly bits: number; readonly spki: Uint8Array }
  | { readonly type: "ec"; readonly curve: Curve; readonly spki: Uint8Array };

/** Bits of an RSA modulus, without its sign. */
const bitsOf = (modulus: Uint8Array): number => modulus.length * 8 + 24 - Math.clz32(modulus[0] ?? 0);

/** First octet of a point: both coordinates follow, or one of them and the sign of the other (SEC 1, 2.3.3). */
const UNCOMPRESSED = 4;
const COMPRESSED = [2, 3];

/**
 * Reads SubjectPublicKeyInfo (RFC 5280 4.1.2.7) for RSA and for the curves P-256 and P-384.
 *
 * @throws NotificationError `notification.certificate-unreadable` for any other key
 */
export function publicKeyOf(element: DerElement | undefined): PublicKeyInfo {
  const [algorithm, key, ...more] = sequence(element, "the public key");
  if (more.length > 0) throw unreadable("its public key has more than a kind and a key");
  const { oid, parameters } = algorithmOf(algorithm, "the kind of public key");
  const spki = (element as DerElement).encoded;
  if (oid === RSA_ENCRYPTION) {
    expectNothing(parameters, "the parameters of its RSA key");
    const [modulus, exponent, ...others] = sequence(readElement(bytesOfBits(key, "the public key")), "the RSA key");
    if (others.length > 0) throw unreadable("its RSA key has more than two numbers");
    positiveOf(exponent, "the RSA exponent");
    return { type: "rsa", bits: bitsOf(positiveOf(modulus, "the RSA modulus")), spki };
  }
  const curve = oid === EC_PUBLIC_KEY ? CURVES[oidOf(parameters, "the curve")] : undefined;
  if (curve === undefined) throw unreadable("its key is neither RSA nor on the curves P-256 and P-384");
  const point = bytesOfBits(key, "the public key");
  const isWhole = point[0] === UNCOMPRESSED && point.length === 1 + 2 * curve.bytes;
  const isShort = COMPRESSED.includes(point[0] ?? 0) && point.length === 1 + curve.bytes;
  if (!isWhole && !isShort) throw unreadable("its key is no point of a curve");
  return { type: "ec", curve, spki };
}
