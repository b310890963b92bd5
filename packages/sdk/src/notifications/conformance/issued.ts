import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { generate } from "selfsigned";

/** What a certificate of the tests says, where it differs from a good one. */
export interface IssueOptions {
  readonly name?: string;
  readonly dnsNames?: readonly string[];
  readonly addresses?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly authority?: boolean;
  readonly pathLength?: number;
  readonly algorithm?: "sha1" | "sha256" | "sha384";
  readonly bits?: number;
  readonly keyType?: "rsa" | "ec";
  readonly digitalSignature?: boolean;
  readonly certificateSigning?: boolean;
}

/** A certificate and its key, made by a library that has nothing to do with this package. */
export interface Issued {
  readonly pem: string;
  readonly keyPem: string;
  readonly pkcs8: Uint8Array;
}

const keys = new Map<string, { privateKey: string; publicKey: string }>();

/** RSA keys take a while to make, so certificates of one role share one. */
function rsaKeys(bits: number, role: string) {
  const known = keys.get(`${bits} ${role}`);
  if (known !== undefined) return known;
  const made = generateKeyPairSync("rsa", {
    modulusLength: bits,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  keys.set(`${bits} ${role}`, made);
  return made;
}

function ecKeys() {
  return generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

/** Issues a certificate; without an issuer it signs itself. */
export async function issue(options: IssueOptions = {}, issuer?: Issued): Promise<Issued> {
  const { authority = false, name = authority ? "Authority" : "sns.amazonaws.com", keyType = "rsa" } = options;
  const keyPair = keyType === "ec" ? ecKeys() : rsaKeys(options.bits ?? 2048, authority ? name : "signer");
  const dnsNames = options.dnsNames ?? (authority ? [] : ["sns.amazonaws.com"]);
  const names = [
    ...dnsNames.map((value) => ({ type: 2 as const, value })),
    ...(options.addresses ?? []).map((ip) => ({ type: 7 as const, ip })),
  ];
  const { cert } = await generate([{ name: "commonName", value: name }], {
    algorithm: options.algorithm ?? "sha256",
    keyType,
    keyPair,
    notBeforeDate: options.notBefore ?? new Date("2026-01-01T00:00:00Z"),
    notAfterDate: options.notAfter ?? new Date("2027-01-01T00:00:00Z"),
    ...(issuer === undefined ? {} : { ca: { key: issuer.keyPem, cert: issuer.pem } }),
    extensions: [
      {
        name: "basicConstraints",
        cA: authority,
        critical: true,
        ...(options.pathLength === undefined ? {} : { pathLenConstraint: options.pathLength }),
      },
      {
        name: "keyUsage",
        digitalSignature: options.digitalSignature ?? true,
        keyCertSign: options.certificateSigning ?? authority,
        critical: true,
      },
      ...(names.length === 0 ? [] : [{ name: "subjectAltName" as const, altNames: names }]),
    ],
  });
  const pkcs8 = createPrivateKey(keyPair.privateKey).export({ type: "pkcs8", format: "der" });
  return { pem: cert, keyPem: keyPair.privateKey, pkcs8: new Uint8Array(pkcs8) };
}
