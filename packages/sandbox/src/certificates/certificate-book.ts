import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../durable/store-error.ts";
import { CertificateAuthority } from "./authority.ts";
import type { CertificatePair } from "./certificate.ts";

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
