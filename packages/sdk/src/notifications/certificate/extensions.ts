import { type DerElement, expectTag, oidOf, readElement, sequence, TAG } from "./der.ts";
import { CA_ISSUERS, EXTENSION } from "./oids.ts";
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
  /** IP addresses it was issued for: 4 or 16 octets each, as an address has them (`127.0.0.1`, `[::1]`). */
  readonly addresses: readonly string[];
  /** Where the issuer's own certificate lies. */
  readonly issuerUrls: readonly string[];
}

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

type Reader = (value: DerElement) => Partial<Extensions>;

const READERS: Readonly<Record<string, Reader | undefined>> = {
  [EXTENSION.basicConstraints]: (value) => {
    const [flag, length, ...more] = sequence(value, "the basic constraints");
    const limit = flag?.tag === TAG.boolean ? length : flag;
    if (more.length > 0 || (limit === flag && length !== undefined)) throw unreadable("its basic constraints are odd");
    if (
      limit !== undefined &&
      (limit.tag !== TAG.integer || limit.content.length !== 1 || (limit.content[0] ?? 0) > 127)
    ) {
      throw unreadable("its path length is not a small number");
    }
    return {
      authority: flag?.tag === TAG.boolean && flag.content[0] === 0xff,
      pathLength: limit?.content[0],
    };
  },
  [EXTENSION.keyUsage]: (value) => {
    const { content } = expectTag(value, TAG.bitString, "the key usage");
    const bits = content[1] ?? 0;
    return { keyUsage: { digitalSignature: (bits & 0x80) !== 0, certificateSigning: (bits & 0x04) !== 0 } };
  },
  [EXTENSION.subjectAlternativeName]: (value) => {
    const names = sequence(value, "the alternative names");
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
  // What it restricts (servers, clients) has no value for signed messages, but authorities mark it critical.
  [EXTENSION.extendedKeyUsage]: () => ({}),
};

const NOTHING_SAID: Extensions = {
  authority: false,
  pathLength: undefined,
  keyUsage: undefined,
  dnsNames: [],
  addresses: [],
  issuerUrls: [],
};

/** Reads the extensions of a certificate: the element `[3]` of its signed part. */
export function readExtensions(element: DerElement | undefined): Extensions {
  if (element === undefined) return NOTHING_SAID;
  const found = new Map<string, Partial<Extensions>>();
  for (const entry of sequence(readElement(element.content), "the extensions")) {
    const [id, second, third, ...more] = sequence(entry, "an extension");
    const oid = oidOf(id, "the name of an extension");
    const critical = second?.tag === TAG.boolean;
    const value = expectTag(critical ? third : second, TAG.octetString, `the extension ${oid}`);
    if (more.length > 0 || (!critical && third !== undefined)) throw unreadable(`the extension ${oid} is odd`);
    if (found.has(oid)) throw unreadable(`the extension ${oid} is there twice`);
    const reader = READERS[oid];
    if (reader === undefined && critical && second.content[0] !== 0) {
      throw unreadable(`it has the critical extension ${oid}, which is not understood here`);
    }
    found.set(oid, reader === undefined ? {} : reader(readElement(value.content)));
  }
  return [...found.values()].reduce<Extensions>((all, part) => ({ ...all, ...part }), NOTHING_SAID);
}
