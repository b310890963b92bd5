import {
  algorithmOf,
  bytesOfBits,
  type DerElement,
  expectNothing,
  expectTag,
  integerOf,
  readElement,
  sequence,
  TAG,
} from "./der.ts";
import { type Extensions, readExtensions } from "./extensions.ts";
import { SIGNATURE_ALGORITHMS } from "./oids.ts";
import { commonNamesOf } from "./subject-names.ts";
import { type PublicKeyInfo, publicKeyOf } from "./public-key.ts";
import { timeOf } from "./time.ts";
import { unreadable } from "./unreadable.ts";

/** What a certificate says about itself (RFC 5280 4.1). Nothing in it is proved before the chain has been verified. */
export interface Certificate extends Extensions {
  /** The whole certificate in DER. */
  readonly encoded: Uint8Array;
  /** The part that the issuer signed. */
  readonly signedPart: Uint8Array;
  readonly signature: Uint8Array;
  /** Object identifier of the signature's algorithm. */
  readonly signatureAlgorithm: string;
  /** Serial number as its bytes. */
  readonly serial: Uint8Array;
  /** Distinguished names in DER, for comparison by their bytes. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** CN values of the subject, usually one. */
  readonly commonNames: readonly string[];
  /** First and last moment of validity, in milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: PublicKeyInfo;
}

const VERSION = 0xa0;
const ISSUER_UNIQUE_ID = 0x81;
const SUBJECT_UNIQUE_ID = 0x82;
const EXTENSIONS = 0xa3;

/** Whether two byte strings are the same. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

function requireVersion3(element: DerElement | undefined): void {
  const version = element?.tag === VERSION ? readElement(element.content) : undefined;
  if (version?.tag !== TAG.integer || version.content.length !== 1 || version.content[0] !== 2) {
    throw unreadable("it is not of version 3");
  }
}

function extensionsIn(optional: readonly DerElement[]): Extensions {
  let last = 0;
  for (const { tag, content } of optional) {
    if (tag <= last || ![ISSUER_UNIQUE_ID, SUBJECT_UNIQUE_ID, EXTENSIONS].includes(tag)) {
      throw unreadable("it holds members that no certificate has");
    }
    if (tag !== EXTENSIONS && (content[0] ?? 8) > 7) throw unreadable("its unique identifier is no row of bits");
    last = tag;
  }
  return readExtensions(optional.find((element) => element.tag === EXTENSIONS));
}

/** RSA has the parameter NULL or none (RFC 4055 5), elliptic curves have none (RFC 5758 3.2). */
function signatureAlgorithmOf(element: DerElement | undefined): string {
  const { oid, parameters } = algorithmOf(element, "the signature algorithm");
  const elliptic = SIGNATURE_ALGORITHMS[oid]?.name === "ECDSA";
  if (elliptic && parameters !== undefined) throw unreadable("its signature algorithm has parameters");
  expectNothing(parameters, "the parameters of its signature algorithm");
  return oid;
}

/**
 * Reads one DER certificate. Strict: version 3, definite lengths, no bytes left over, no extension twice, and no
 * critical extension that the reader does not understand.
 *
 * @throws NotificationError `notification.certificate-unreadable`
 */
export function readCertificate(der: Uint8Array): Certificate {
  const [signedPart, algorithm, signature, ...more] = sequence(readElement(der), "the certificate");
  if (more.length > 0) throw unreadable("it has more than the three parts of a certificate");
  const [version, serial, innerAlgorithm, issuer, validity, subject, key, ...optional] = sequence(
    signedPart,
    "the signed part",
  );
  requireVersion3(version);
  const outer = expectTag(algorithm, TAG.sequence, "the signature algorithm").encoded;
  const inner = expectTag(innerAlgorithm, TAG.sequence, "the signature algorithm").encoded;
  if (!sameBytes(outer, inner)) throw unreadable("it names two different signature algorithms");
  const [notBefore, notAfter, ...extra] = sequence(validity, "the validity");
  if (extra.length > 0) throw unreadable("its validity has more than two dates");
  const subjectName = expectTag(subject, TAG.sequence, "the subject");
  const issuerName = expectTag(issuer, TAG.sequence, "the issuer");
  // Read for its form alone: it is compared by its bytes.
  commonNamesOf(issuerName);
  return {
    ...extensionsIn(optional),
    encoded: der,
    signedPart: (signedPart as DerElement).encoded,
    signature: bytesOfBits(signature, "the signature"),
    signatureAlgorithm: signatureAlgorithmOf(algorithm),
    serial: integerOf(serial, "the serial number"),
    issuer: issuerName.encoded,
    subject: subjectName.encoded,
    commonNames: commonNamesOf(subjectName),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    publicKey: publicKeyOf(key),
  };
}
