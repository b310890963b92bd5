import { createHash, createPrivateKey } from "node:crypto";
import type { SandboxContext } from "../module.ts";

/** Names in the signing certificate: verifiers compare them with the host of `SigningCertURL`. */
const SIGNING_HOSTS: readonly string[] = ["localhost", "127.0.0.1", "::1", "sandbox.invalid"];

/** The key that signs notifications, and its certificate. */
export interface SigningCertificate {
  readonly certificatePem: string;
  /** DER of the private key. */
  readonly pkcs8: Uint8Array;
  /** Path at which the sandbox serves the certificate; another certificate has another path, so that none is cached wrongly. */
  readonly path: string;
}

/** Where certificates of notifications lie. */
export const CERTIFICATE_FOLDER = "/_sandbox-certificates";

/**
 * The sandbox's own signing certificate, issued by its authority on first use and kept while the sandbox runs: making
 * the key takes longer than everything else.
 */
export function signingCertificate(context: SandboxContext): () => Promise<SigningCertificate> {
  let made: Promise<SigningCertificate> | undefined;
  const make = async (): Promise<SigningCertificate> => {
    const { certificatePem, pkcs8Pem } = await context.issueCertificate(SIGNING_HOSTS);
    const hash = createHash("sha256").update(certificatePem).digest("hex").slice(0, 32);
    return {
      certificatePem,
      pkcs8: createPrivateKey(pkcs8Pem).export({ type: "pkcs8", format: "der" }),
      path: `${CERTIFICATE_FOLDER}/notifications-${hash}.pem`,
    };
  };
  return () => (made ??= make());
}
