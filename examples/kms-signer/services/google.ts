import { createHash } from "node:crypto";
import type { KeyService } from "../key-service.ts";

/** The one method of `@google-cloud/kms`'s `KeyManagementServiceClient` that is needed. */
export interface GoogleKms {
  asymmetricSign(request: {
    name: string;
    digest: { sha256: Uint8Array };
  }): Promise<readonly [{ signature?: Uint8Array | string | null | undefined }, ...unknown[]]>;
}

/**
 * A key in Google Cloud KMS with the algorithm RSA_SIGN_PSS_2048_SHA256 (or 3072, 4096 with SHA-256).
 *
 * @param name `projects/…/cryptoKeyVersions/1`: a version, because signing is asked of a version
 */
export const googleKey = (kms: GoogleKms, name: string): KeyService => ({
  async sign(message) {
    const sha256 = createHash("sha256").update(message).digest();
    const [{ signature }] = await kms.asymmetricSign({ name, digest: { sha256 } });
    if (!(signature instanceof Uint8Array)) throw new Error(`Cloud KMS gave no signature for ${name}`);
    return signature;
  },
});
