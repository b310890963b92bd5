import {
  booleanOf,
  type DerElement,
  expectTag,
  integerOf,
  oidOf,
  readElement,
  readElements,
  sequence,
  TAG,
} from "./der.ts";
import { CA_ISSUERS, EXTENSION, LIMITING, SERVER_PURPOSES } from "./oids.ts";
import { commonNamesOf } from "./subject-names.ts";
import { unreadable } from "./unreadable.ts";

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
export function readExtensions(element: DerElement | undefined): Extensions {
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
