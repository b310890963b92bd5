import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { issueCertificate, type KeyUse } from "../../../../sandbox/src/certificates/issue.ts";

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

/** A certificate and its key, written by the sandbox and read by node:crypto before it is used. */
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
  const uses: readonly (readonly [KeyUse, boolean])[] = [
    ["digitalSignature", options.digitalSignature ?? true],
    ["certificateSigning", options.certificateSigning ?? authority],
    // For something else than what is asked of it.
    ["keyEncipherment", options.digitalSignature === false],
  ];
  const cert = issueCertificate(
    {
      commonName: name,
      from: (options.notBefore ?? new Date("2026-01-01T00:00:00Z")).getTime(),
      until: (options.notAfter ?? new Date("2027-01-01T00:00:00Z")).getTime(),
      publicKey: createPublicKey(keyPair.publicKey),
      authority,
      pathLength: options.pathLength,
      usage: uses.flatMap(([use, is]) => (is ? [use] : [])),
      dnsNames,
      addresses: options.addresses ?? [],
    },
    {
      key: createPrivateKey(issuer?.keyPem ?? keyPair.privateKey),
      certificatePem: issuer?.pem,
      hash: options.algorithm,
    },
  );
  const known = new X509Certificate(cert);
  if (!known.verify(createPublicKey(issuer?.keyPem ?? keyPair.publicKey)))
    throw new TypeError("node:crypto reads another certificate than was written");
  const pkcs8 = createPrivateKey(keyPair.privateKey).export({ type: "pkcs8", format: "der" });
  return { pem: cert, keyPem: keyPair.privateKey, pkcs8: new Uint8Array(pkcs8) };
}
