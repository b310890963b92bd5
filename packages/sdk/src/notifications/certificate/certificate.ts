import {
  algorithmOf,
  booleanOf,
  bytesOfBits,
  type DerElement,
  expectNothing,
  expectTag,
  integerOf,
  oidOf,
  readElement,
  readElements,
  sequence,
  TAG,
} from "./der.ts";
import { CA_ISSUERS, COMMON_NAME, EXTENSION, LIMITING, SERVER_PURPOSES, SIGNATURE_ALGORITHMS } from "./oids.ts";
import { type PublicKeyInfo, publicKeyOf } from "./public-key.ts";
import { timeOf } from "./time.ts";
import { unreadable } from "./unreadable.ts";

const isAscii = (bytes: Uint8Array): boolean => bytes.every((octet) => octet < 0x80);

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** Kinds of text that a name may hold (RFC 5280 4.1.2.4, X.520), and what makes their bytes one. */
const TEXTS: Readonly<Record<number, ((bytes: Uint8Array) => boolean) | undefined>> = {
  // UTF8, Numeric, Printable, Teletex, IA5, Visible, Universal and BMP strings.
  0x0c: isUtf8,
  0x12: isAscii,
  0x13: isAscii,
  0x14: () => true,
  0x16: isAscii,
  0x1a: isAscii,
  0x1c: (bytes) => bytes.length % 4 === 0,
  0x1e: (bytes) => bytes.length % 2 === 0,
};

/** The CN values of a distinguished name (RFC 5280 4.1.2.4), as UTF-8 text. Every part of the name must be a text. */
function commonNamesOf(name: DerElement): readonly string[] {
  const decoder = new TextDecoder();
  return sequence(name, "a name").flatMap((part) => {
    const attributes = readElements(expectTag(part, TAG.set, "a part of a name").content);
    if (attributes.length === 0) throw unreadable("a part of a name is empty");
    return attributes.flatMap((attribute) => {
      const [type, value, ...more] = sequence(attribute, "a part of a name");
      if (value === undefined || more.length > 0 || TEXTS[value.tag]?.(value.content) !== true)
        throw unreadable("a part of a name is no text");
      return oidOf(type, "the kind of a name's part") === COMMON_NAME ? [decoder.decode(value.content)] : [];
    });
  });
}

/** What a certificate's extensions say (RFC 5280 4.2), as far as trust depends on it. */
export interface Extensions {
  /** Whether it may issue other certificates. */
  readonly authority: boolean;
  /** How many further authorities may lie below it; `undefined`: any number. */
  readonly pathLength: number | undefined;
  /** `undefined` when the certificate does not restrict its use. */
  readonly keyUsage: { readonly digitalSignature: boolean; readonly certificateSigning: boolean } | undefined;
  /** DNS names it was issued for, as written. */
  readonly dnsNames: readonly string[];
  /** IP addresses it was issued for: 4 or 16 bytes each, as an address has them (`127.0.0.1`, `[::1]`). */
  readonly addresses: readonly string[];
  /** Where the issuer's own certificate lies. */
  readonly issuerUrls: readonly string[];
  /** Whether it may stand for a server; `undefined` when it names no purposes. */
  readonly forServers: boolean | undefined;
  /** Identifier of its own key. */
  readonly subjectKeyId: Uint8Array | undefined;
  /** What it says of its issuer's certificate: the identifier of its key, its serial number, and the name of who issued that. */
  readonly authorityKey: AuthorityKey;
}

/** Which certificate of an issuer is meant (RFC 5280 4.2.1.1). */
export interface AuthorityKey {
  readonly keyId?: Uint8Array | undefined;
  readonly serial?: Uint8Array | undefined;
  /** The issuer's own issuer, as a distinguished name in DER. */
  readonly issuer?: Uint8Array | undefined;
}

const KEY_ID = 0x80;
const ISSUER_NAMES = 0xa1;
const ISSUER_SERIAL = 0x82;
const DIRECTORY_NAME = 0xa4;
const MAIL = 0x81;
const DNS_NAME = 0x82;
const URI = 0x86;
const IP_ADDRESS = 0x87;

const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

function addressText(bytes: Uint8Array): string[] {
  if (bytes.length === 4) return [bytes.join(".")];
  if (bytes.length !== 16) return [];
  const groups = Array.from({ length: 8 }, (_, index) => (bytes[index * 2] ?? 0) * 256 + (bytes[index * 2 + 1] ?? 0));
  return [new URL(`http://[${groups.map((group) => group.toString(16)).join(":")}]`).hostname];
}

/** DNS names, addresses of mail and of pages, in ASCII; 4 or 16 bytes of a network address; names of directories. */
function isPlainName({ tag, content }: DerElement): boolean {
  if (tag === IP_ADDRESS) return content.length === 4 || content.length === 16;
  if (tag === DIRECTORY_NAME) return commonNamesOf(readElement(content)).length >= 0;
  const isText = tag === DNS_NAME || tag === URI || tag === MAIL;
  return isText && content.length > 0 && content.every((octet) => octet > 0 && octet < 0x80);
}

type Reader = (value: DerElement) => Partial<Extensions>;

const READERS: Readonly<Record<string, Reader | undefined>> = {
  __proto__: null as never,
  [EXTENSION.basicConstraints]: (value) => {
    const [flag, length, ...more] = sequence(value, "the basic constraints");
    const authority = flag?.tag === TAG.boolean && booleanOf(flag, "whether it is an authority");
    const limit = flag?.tag === TAG.boolean ? length : flag;
    if (more.length > 0 || (limit === flag && length !== undefined)) throw unreadable("its basic constraints are odd");
    if (limit !== undefined && (integerOf(limit, "the path length").length !== 1 || (limit.content[0] ?? 0) > 127)) {
      throw unreadable("its path length is not a small number");
    }
    if (limit !== undefined && !authority) throw unreadable("it has a path length, and is no authority");
    return { authority, pathLength: limit?.content[0] };
  },
  [EXTENSION.keyUsage]: (value) => {
    const { content } = expectTag(value, TAG.bitString, "the key usage");
    const [unused = 8, bits = 0] = content;
    if (unused > 7 || (content.length === 1 && unused > 0)) throw unreadable("its key usage is no row of bits");
    return { keyUsage: { digitalSignature: (bits & 0x80) !== 0, certificateSigning: (bits & 0x04) !== 0 } };
  },
  [EXTENSION.subjectAlternativeName]: (value) => {
    const names = sequence(value, "the alternative names");
    if (names.length === 0 || !names.every(isPlainName))
      throw unreadable("an alternative name is of a kind that no server has");
    return {
      dnsNames: names.filter(({ tag }) => tag === DNS_NAME).map(({ content }) => ascii(content)),
      addresses: names.filter(({ tag }) => tag === IP_ADDRESS).flatMap(({ content }) => addressText(content)),
    };
  },
  [EXTENSION.authorityInformationAccess]: (value) => ({
    issuerUrls: sequence(value, "the authority information").flatMap((entry) => {
      const [method, place] = sequence(entry, "the authority information");
      return oidOf(method, "the access method") === CA_ISSUERS && place?.tag === URI ? [ascii(place.content)] : [];
    }),
  }),
  // SNS signs with certificates of servers; one that is for clients or code only was issued to somebody else.
  [EXTENSION.extendedKeyUsage]: (value) => {
    const purposes = sequence(value, "the purposes").map((purpose) => oidOf(purpose, "a purpose"));
    if (purposes.length === 0) throw unreadable("it names purposes, and has none");
    return { forServers: purposes.some((purpose) => SERVER_PURPOSES.includes(purpose)) };
  },
  // Some authorities of the last century have it: bit 1 is for servers, bit 5 for authorities of servers.
  [EXTENSION.netscapePurposes]: (value) => {
    const [unused = 8, bits = 0] = expectTag(value, TAG.bitString, "its purposes").content;
    if (unused > 7 || (bits & 0x44) === 0) throw unreadable("it was issued for other purposes than servers");
    return {};
  },
  [EXTENSION.subjectKeyIdentifier]: (value) => ({
    subjectKeyId: expectTag(value, TAG.octetString, "the identifier of its key").content,
  }),
  [EXTENSION.authorityKeyIdentifier]: (value) => ({ authorityKey: authorityKeyOf(value) }),
  // Nothing is fetched from there (SNS publishes no lists), but what is said must be said properly.
  [EXTENSION.crlDistributionPoints]: (value) => {
    const points = sequence(value, "the places of revocation lists");
    if (points.length === 0) throw unreadable("it names places of revocation lists, and has none");
    for (const point of points) checkDistributionPoint(point);
    return {};
  },
};

/** `[0]` the place, by names, and perhaps `[1]` reasons (RFC 5280 4.2.1.13); rarer forms are refused. */
function checkDistributionPoint(point: DerElement): void {
  const odd = (): Error => unreadable("a place of revocation lists is odd");
  const [place, reasons, ...more] = sequence(point, "a place of revocation lists");
  const { tag, content } = readElement(expectTag(place, 0xa0, "a place of revocation lists").content);
  const names = tag === 0xa0 ? readElements(content) : [];
  if (more.length > 0 || names.length === 0 || !names.every(isPlainName)) throw odd();
  if (reasons === undefined) return;
  const [unused = 8, bits] = expectTag(reasons, 0x81, "the reasons of a revocation list").content;
  if (unused > 7 || bits === undefined) throw odd();
}

function authorityKeyOf(value: DerElement): AuthorityKey {
  const found: { keyId?: Uint8Array; serial?: Uint8Array; issuer?: Uint8Array } = {};
  let last = 0;
  for (const part of sequence(value, "the identifier of its issuer's key")) {
    if (part.tag <= last && !(last === ISSUER_NAMES && part.tag === ISSUER_SERIAL)) throw unreadable(ODD_ISSUER);
    last = part.tag;
    if (part.tag === KEY_ID) found.keyId = part.content;
    else if (part.tag === ISSUER_SERIAL) found.serial = part.content;
    else if (part.tag === ISSUER_NAMES) {
      const name = readElements(part.content).find(({ tag }) => tag === DIRECTORY_NAME);
      if (name !== undefined) found.issuer = expectTag(readElement(name.content), TAG.sequence, "an issuer").encoded;
    } else throw unreadable(ODD_ISSUER);
  }
  return found;
}

const ODD_ISSUER = "the identifier of its issuer's key is odd";

const NO_EXTENSIONS: Extensions = {
  authority: false,
  pathLength: undefined,
  keyUsage: undefined,
  dnsNames: [],
  addresses: [],
  issuerUrls: [],
  forServers: undefined,
  subjectKeyId: undefined,
  authorityKey: {},
};

/** Reads the extensions of a certificate: the element `[3]` of its signed part. */
function readExtensions(element: DerElement | undefined): Extensions {
  if (element === undefined) return NO_EXTENSIONS;
  const found = new Map<string, Partial<Extensions>>();
  for (const entry of sequence(readElement(element.content), "the extensions")) {
    const [id, second, third, ...more] = sequence(entry, "an extension");
    const oid = oidOf(id, "the name of an extension");
    const flagged = second?.tag === TAG.boolean;
    const critical = flagged && booleanOf(second, `whether the extension ${oid} is critical`);
    const value = expectTag(flagged ? third : second, TAG.octetString, `the extension ${oid}`);
    if (more.length > 0 || (!flagged && third !== undefined)) throw unreadable(`the extension ${oid} is odd`);
    if (found.has(oid)) throw unreadable(`the extension ${oid} is there twice`);
    if (LIMITING.has(oid)) throw unreadable(`it has the extension ${oid}, which limits it in a way not supported here`);
    const reader = READERS[oid];
    if (reader === undefined && critical) {
      throw unreadable(`it has the critical extension ${oid}, which is not understood here`);
    }
    found.set(oid, reader === undefined ? {} : reader(readElement(value.content)));
  }
  return [...found.values()].reduce<Extensions>((all, part) => ({ ...all, ...part }), NO_EXTENSIONS);
}

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

function readParts(part: DerElement | undefined): {
  readonly certificate: Certificate;
  readonly algorithm: Uint8Array;
} {
  const [version, serial, algorithm, issuer, validity, subject, key, ...optional] = sequence(part, "the signed part");
  requireVersion3(version);
  const [notBefore, notAfter, ...extra] = sequence(validity, "the validity");
  if (extra.length > 0) throw unreadable("its validity has more than two dates");
  const subjectName = expectTag(subject, TAG.sequence, "the subject");
  const issuerName = expectTag(issuer, TAG.sequence, "the issuer");
  // Read for its form alone: it is compared by its bytes.
  commonNamesOf(issuerName);
  const { encoded } = part as DerElement;
  const certificate: Certificate = {
    ...extensionsIn(optional),
    encoded,
    signedPart: encoded,
    signature: new Uint8Array(),
    signatureAlgorithm: signatureAlgorithmOf(algorithm),
    serial: integerOf(serial, "the serial number"),
    issuer: issuerName.encoded,
    subject: subjectName.encoded,
    commonNames: commonNamesOf(subjectName),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    publicKey: publicKeyOf(key),
  };
  return { certificate, algorithm: (algorithm as DerElement).encoded };
}

/** Reads the signed part of a certificate alone, for roots that are trusted as they stand: their signature is of themselves. */
export function readSignedPart(der: Uint8Array): Certificate {
  return readParts(readElement(der)).certificate;
}

/**
 * Reads one DER certificate. Strict: version 3, definite lengths, no bytes left over, no extension twice, and no
 * critical extension that the reader does not understand.
 *
 * @throws NotificationError `notification.certificate-unreadable`
 */
export function readCertificate(der: Uint8Array): Certificate {
  const [signedPart, outer, signature, ...more] = sequence(readElement(der), "the certificate");
  if (more.length > 0) throw unreadable("it has more than the three parts of a certificate");
  const { certificate, algorithm } = readParts(signedPart);
  if (!sameBytes(expectTag(outer, TAG.sequence, "the signature algorithm").encoded, algorithm))
    throw unreadable("it names two different signature algorithms");
  return { ...certificate, encoded: der, signature: bytesOfBits(signature, "the signature") };
}
