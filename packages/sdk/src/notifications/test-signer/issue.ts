import { CA_ISSUERS, COMMON_NAME, EXTENSION } from "../certificate/oids.ts";
import { TAG } from "../certificate/der.ts";
import { bitStringOf, element, integerOf, oid, sequenceOf, timeElement } from "./der-writer.ts";

type WebKey = Parameters<typeof crypto.subtle.sign>[1];

/** What a certificate is to say. */
export interface CertificateRequest {
  readonly subject: string;
  readonly issuer: string;
  /** The key to be certified, as SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly serial: Uint8Array;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Whether it may issue others. */
  readonly authority: boolean;
  readonly dnsNames: readonly string[];
  /** Where the issuer's certificate lies. Default: not said. */
  readonly issuerUrl?: string;
}

const ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
const DNS_NAME = 0x82;
const URI = 0x86;
const VERSION_3 = element(0xa0, integerOf(Uint8Array.of(2)));
const TRUE = element(TAG.boolean, Uint8Array.of(0xff));

const nameOf = (text: string): Uint8Array =>
  sequenceOf(element(TAG.set, sequenceOf(oid(COMMON_NAME), element(TAG.utf8String, new TextEncoder().encode(text)))));

const critical = (id: string, value: Uint8Array): Uint8Array =>
  sequenceOf(oid(id), TRUE, element(TAG.octetString, value));

const plain = (id: string, value: Uint8Array): Uint8Array => sequenceOf(oid(id), element(TAG.octetString, value));

function extensionsOf({ authority, dnsNames, issuerUrl }: CertificateRequest): Uint8Array {
  // Bits of the key usage: 0 is digitalSignature, 5 is keyCertSign; the first octet counts the unused bits.
  const usage = element(TAG.bitString, authority ? Uint8Array.of(2, 0x04) : Uint8Array.of(7, 0x80));
  const text = new TextEncoder();
  const names = dnsNames.map((name) => element(DNS_NAME, text.encode(name)));
  const optional = [
    ...(names.length === 0 ? [] : [plain(EXTENSION.subjectAlternativeName, sequenceOf(...names))]),
    ...(issuerUrl === undefined
      ? []
      : [
          plain(
            EXTENSION.authorityInformationAccess,
            sequenceOf(sequenceOf(oid(CA_ISSUERS), element(URI, text.encode(issuerUrl)))),
          ),
        ]),
  ];
  return element(
    0xa3,
    sequenceOf(
      critical(EXTENSION.basicConstraints, authority ? sequenceOf(TRUE) : sequenceOf()),
      critical(EXTENSION.keyUsage, usage),
      ...optional,
    ),
  );
}

/** WebCrypto's two numbers of 32 bytes as the two DER integers of a certificate. */
const ecdsaSignature = (raw: Uint8Array): Uint8Array =>
  sequenceOf(integerOf(raw.subarray(0, 32)), integerOf(raw.subarray(32)));

/** Issues a certificate with an authority's key on the curve P-256. For tests: no real authority works like that. */
export async function issueCertificate(request: CertificateRequest, authorityKey: WebKey): Promise<Uint8Array> {
  const algorithm = sequenceOf(oid(ECDSA_WITH_SHA256));
  const signedPart = sequenceOf(
    VERSION_3,
    integerOf(request.serial),
    algorithm,
    nameOf(request.issuer),
    sequenceOf(timeElement(request.notBefore), timeElement(request.notAfter)),
    nameOf(request.subject),
    request.spki,
    extensionsOf(request),
  );
  const raw = await globalThis.crypto.subtle.sign(
    { name: "ECDSA", hash: "SHA-256" },
    authorityKey,
    new Uint8Array(signedPart),
  );
  return sequenceOf(signedPart, algorithm, bitStringOf(ecdsaSignature(new Uint8Array(raw))));
}
