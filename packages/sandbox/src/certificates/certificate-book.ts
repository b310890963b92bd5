import { createPrivateKey, generateKeyPair, type KeyObject } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { DAY } from "@amazon-pay-kit/money";
import { makeFolder } from "../durable/store-error.ts";
import type { CertificatePair } from "./certificate.ts";
import { issueCertificate } from "./issue.ts";

/** What a certificate is for. */
export interface CertificateOrder {
  /** DNS names and addresses that it is good for; the first is its common name. */
  readonly hosts: readonly string[];
  /** Validity in milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
}

/** Years around the present in which the authority holds, so that a moved clock does not leave them. */
const FIRST = Date.UTC(2015, 0, 1);
const LAST = Date.UTC(2049, 11, 31);

/** Clients of some systems refuse server certificates that hold for longer. */
const SERVER_CERTIFICATE_LIFE = 397 * DAY;

/**
 * The sandbox's own certificate authority. It can vouch for every host name, so its key stays in the data folder, and
 * its certificate is to be trusted by test clients only. All keys are RSA, because notifications must be signed with RSA.
 */
export class CertificateAuthority {
  readonly #pair: CertificatePair;

  constructor(pair: CertificatePair) {
    this.#pair = pair;
  }

  /** Makes a new authority: an RSA key and a certificate that may sign others. */
  static async make(): Promise<CertificateAuthority> {
    const { privateKey, publicKey } = await rsaKeys();
    const certificatePem = issueCertificate(
      {
        commonName: "Amazon Pay Kit Sandbox CA",
        from: FIRST,
        until: LAST,
        publicKey,
        authority: true,
        usage: ["certificateSigning", "revocationLists"],
      },
      { key: privateKey },
    );
    return new CertificateAuthority({ certificatePem, pkcs8Pem: pkcs8Of(privateKey) });
  }

  /** The authority's certificate with its key. */
  get pair(): CertificatePair {
    return this.#pair;
  }

  /** Issues a certificate for servers or for signing. */
  async issue(order: CertificateOrder): Promise<CertificatePair> {
    const [commonName = "sandbox.invalid"] = order.hosts;
    const { privateKey, publicKey } = await rsaKeys();
    const certificatePem = issueCertificate(
      {
        commonName,
        from: order.from,
        until: order.until,
        publicKey,
        usage: ["digitalSignature", "keyEncipherment"],
        forServers: true,
        dnsNames: order.hosts.filter((host) => isIP(host) === 0),
        addresses: order.hosts.filter((host) => isIP(host) !== 0),
      },
      { key: createPrivateKey(this.#pair.pkcs8Pem), certificatePem: this.#pair.certificatePem },
    );
    return { certificatePem, pkcs8Pem: pkcs8Of(privateKey) };
  }

  /** A certificate for signing notifications, good for as long as the authority. */
  issueForSigning(hosts: readonly string[]): Promise<CertificatePair> {
    return this.issue({ hosts, from: FIRST, until: LAST });
  }

  /** A certificate for the sandbox's HTTPS server. */
  issueForServer(hosts: readonly string[], now: number): Promise<CertificatePair> {
    return this.issue({ hosts, from: now - DAY, until: now + SERVER_CERTIFICATE_LIFE - DAY });
  }
}

const makeKeys = promisify(generateKeyPair);

const rsaKeys = (): Promise<{ readonly privateKey: KeyObject; readonly publicKey: KeyObject }> =>
  makeKeys("rsa", { modulusLength: 2048 });

const pkcs8Of = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" }).toString();

/** Where certificates come from. */
export interface CertificateBook {
  authority(): Promise<CertificateAuthority>;
  /** A certificate for signing; the same hosts get the same one. */
  issueForSigning(hosts: readonly string[]): Promise<CertificatePair>;
}

/** One authority for every sandbox of this process that has no folder: keys take longer to make than all the rest. */
let shared: CertificateBook | undefined;

/** Certificates that end with the process. */
export function memoryCertificates(): CertificateBook {
  return (shared ??= book(() => CertificateAuthority.make()));
}

/** An authority whose certificate and key lie in a folder: `ca.pem` and `ca-key.pem`. */
export function folderCertificates(folder: string): CertificateBook {
  const certificateFile = join(folder, "ca.pem");
  const keyFile = join(folder, "ca-key.pem");
  return book(async () => {
    if (existsSync(certificateFile) && existsSync(keyFile)) {
      const [certificatePem, pkcs8Pem] = [readFileSync(certificateFile, "utf8"), readFileSync(keyFile, "utf8")];
      return new CertificateAuthority({ certificatePem, pkcs8Pem });
    }
    const made = await CertificateAuthority.make();
    makeFolder(folder);
    writeFileSync(keyFile, made.pair.pkcs8Pem, { mode: 0o600 });
    writeFileSync(certificateFile, made.pair.certificatePem);
    return made;
  });
}

function book(open: () => Promise<CertificateAuthority>): CertificateBook {
  let authority: Promise<CertificateAuthority> | undefined;
  const issued = new Map<string, Promise<CertificatePair>>();
  const get = (): Promise<CertificateAuthority> => (authority ??= open());
  return {
    authority: get,
    issueForSigning: (hosts) => {
      const key = hosts.join(",");
      const known = issued.get(key);
      if (known !== undefined) return known;
      const made = get().then((one) => one.issueForSigning(hosts));
      issued.set(key, made);
      return made;
    },
  };
}
