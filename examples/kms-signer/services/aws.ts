import { SignCommand, type KMSClient } from "@aws-sdk/client-kms";
import type { KeyService } from "../key-service.ts";

/**
 * A key in AWS KMS: asymmetric, for signing and verifying, RSA_2048 or longer. The process needs `kms:Sign` on it and nothing else.
 *
 * @param keyId key id, ARN or alias
 */
export const awsKey = (kms: KMSClient, keyId: string): KeyService => ({
  async sign(message) {
    const { Signature } = await kms.send(
      new SignCommand({ KeyId: keyId, Message: message, MessageType: "RAW", SigningAlgorithm: "RSASSA_PSS_SHA_256" }),
    );
    if (Signature === undefined) throw new Error(`KMS gave no signature for ${keyId}`);
    return Signature;
  },
});
