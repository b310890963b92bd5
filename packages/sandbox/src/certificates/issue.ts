import { createHash, createPublicKey, type KeyObject, sign, X509Certificate } from "node:crypto";
import { isIPv4 } from "node:net";
import {
  bits,
  element,
  elementsIn,
  type FoundElement,
  namedBits,
  objectId,
  octetString,
  positive,
  sequence,
  TAG,
  tagged,
  time,
  utf8,
  yes,
} from "./der.ts";

/** What a certificate says (RFC 5280). */
export interface CertificateContents {
  readonly commonName: string;
  /** Validity in milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
  readonly publicKey: KeyObject;
  /** A CA's. Default `false`. */
  readonly authority?: boolean;
  /** How many CAs may stand between this one and the last certificate. Default: any number. */
  readonly pathLength?: number | undefined;
  readonly usage: readonly KeyUse[];
  /** Good for servers: the extended key usage. Default `false`. */
  readonly forServers?: boolean;
  readonly dnsNames?: readonly string[];
  readonly addresses?: readonly string[];
}

/** Who issues. */
export interface CertificateIssuer {
  readonly key: KeyObject;
  /** Default: the certificate is its own issuer's. */
  readonly certificatePem?: string | undefined;
  /** Default `sha256`. */
  readonly hash?: keyof typeof HASHES | undefined;
}

/** Bits of the key usage by their names. */
const KEY_USES = { digitalSignature: 0, keyEncipherment: 2, certificateSigning: 5, revocationLists: 6 } as const;

/** One of {@link KEY_USES}. */
export type KeyUse = keyof typeof KEY_USES;

/** Identifiers of signatures with RSA and with elliptic curves; SHA-1 for tests of what must be refused. */
const HASHES = {
  sha1: { rsa: "1.2.840.113549.1.1.5", ec: "1.2.840.10045.4.1" },
  sha256: { rsa: "1.2.840.113549.1.1.11", ec: "1.2.840.10045.4.3.2" },
  sha384: { rsa: "1.2.840.113549.1.1.12", ec: "1.2.840.10045.4.3.3" },
} as const;

const COMMON_NAME = "2.5.4.3";
const SERVERS = "1.3.6.1.5.5.7.3.1";

const EXTENSION = {
  subjectKey: "2.5.29.14",
  keyUsage: "2.5.29.15",
  names: "2.5.29.17",
  constraints: "2.5.29.19",
  authorityKey: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
} as const;

/** IPv4 in four bytes, IPv6 in sixteen. */
function addressBytes(address: string): Uint8Array {
  if (isIPv4(address)) return Uint8Array.from(address.split(".").map(Number));
  // The WHATWG parser writes every form of an address in one; `::` stands for as many zeros as are missing.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return Uint8Array.from(
    [...before, ...zeros, ...after].flatMap((group) => [
      Number.parseInt(group, 16) >> 8,
      Number.parseInt(group, 16) & 255,
    ]),
  );
}

const nameOf = (commonName: string): Buffer =>
  sequence(element(TAG.set, sequence(objectId(COMMON_NAME), utf8(commonName))));

/** The elements inside the first one. */
const inside = (bytes: Uint8Array | undefined): FoundElement[] =>
  elementsIn(elementsIn(bytes ?? new Uint8Array())[0]?.content ?? new Uint8Array());

/** Hash of the bits of a public key, without what kind of key it is: its name in other certificates (RFC 5280 4.2.1.2). */
function keyIdOf(key: KeyObject): Buffer {
  const [, row] = inside(key.export({ type: "spki", format: "der" }));
  return createHash("sha1")
    .update(row?.content.subarray(1) ?? "")
    .digest();
}

function extension(oid: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(objectId(oid), ...(critical ? [yes()] : []), octetString(value));
}

function extensionsOf(contents: CertificateContents, issuerKey: KeyObject): Buffer {
  const { authority = false, pathLength, usage, forServers = false, dnsNames = [], addresses = [] } = contents;
  const constraints = sequence(
    ...(authority ? [yes()] : []),
    ...(pathLength === undefined ? [] : [positive(Uint8Array.of(pathLength))]),
  );
  const names = [
    ...dnsNames.map((name) => element(tagged(2, false), Buffer.from(name, "latin1"))),
    ...addresses.map((address) => element(tagged(7, false), addressBytes(address))),
  ];
  const all = [
    extension(EXTENSION.constraints, true, constraints),
    ...(usage.length === 0 ? [] : [extension(EXTENSION.keyUsage, true, namedBits(usage.map((use) => KEY_USES[use])))]),
    ...(forServers ? [extension(EXTENSION.extendedKeyUsage, false, sequence(objectId(SERVERS)))] : []),
    ...(names.length === 0 ? [] : [extension(EXTENSION.names, false, sequence(...names))]),
    extension(EXTENSION.subjectKey, false, octetString(keyIdOf(contents.publicKey))),
    extension(EXTENSION.authorityKey, false, sequence(element(tagged(0, false), keyIdOf(issuerKey)))),
  ];
  return element(tagged(3, true), sequence(...all));
}

/** A number that no other certificate of this issuer has, within the twenty bytes that are allowed. */
function serialOf({ publicKey, commonName, from, until }: CertificateContents): Uint8Array {
  const whole = createHash("sha256").update(publicKey.export({ type: "spki", format: "der" }));
  return whole.update(`${from} ${until} ${commonName}`).digest().subarray(0, 16);
}

/** The subject of a certificate as it is written there, byte for byte: by these bytes chains are put together. */
function subjectOf(certificatePem: string): Uint8Array {
  const [signed] = inside(new X509Certificate(certificatePem).raw);
  // Version, serial number, algorithm, issuer and validity come before it.
  const subject = inside(signed?.encoded)[5];
  if (subject === undefined) throw new TypeError("the issuer's certificate has no subject");
  return subject.encoded;
}

/** Lines of 64 letters, with an end of line behind the last, so that certificates can be put one after the other. */
function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

/**
 * Issues a certificate. One whose issuer has no certificate is its own.
 *
 * @returns PEM
 *
 * @example
 * const pem = issueCertificate({ commonName: "localhost", from, until, publicKey, usage: ["digitalSignature"] }, { key });
 */
export function issueCertificate(contents: CertificateContents, issuer: CertificateIssuer): string {
  const { key, certificatePem, hash = "sha256" } = issuer;
  const elliptic = key.asymmetricKeyType === "ec";
  const oid = HASHES[hash][elliptic ? "ec" : "rsa"];
  const algorithm = elliptic ? sequence(objectId(oid)) : sequence(objectId(oid), element(TAG.nothing));
  // No longer a common name is allowed (RFC 5280, A.1).
  const subject = nameOf(contents.commonName.slice(0, 64));
  const issuerKey = createPublicKey(key);
  const signed = sequence(
    element(tagged(0, true), positive(Uint8Array.of(2))),
    positive(serialOf(contents)),
    algorithm,
    certificatePem === undefined ? subject : subjectOf(certificatePem),
    sequence(time(contents.from), time(contents.until)),
    subject,
    contents.publicKey.export({ type: "spki", format: "der" }),
    extensionsOf(contents, issuerKey),
  );
  return pemOf(sequence(signed, algorithm, bits(sign(hash, signed, key))));
}
