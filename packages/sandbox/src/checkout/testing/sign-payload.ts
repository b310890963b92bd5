import { constants, sign } from "node:crypto";
import { ALGORITHMS, stringToSign, type AlgorithmName } from "@amazon-pay-kit/sdk/signing";
import type { SandboxMerchant } from "../../merchants/sandbox-merchant.ts";

/** A payload as a merchant's server hands it to the page. */
export interface SignedConfig {
  readonly payloadJSON: string;
  readonly signature: string;
  readonly algorithm: AlgorithmName;
  readonly publicKeyId: string;
}

/** Signs a button's payload with the merchant's first key. */
export function signPayload(
  merchant: SandboxMerchant,
  payload: unknown,
  algorithm: AlgorithmName = "AMZN-PAY-RSASSA-PSS-V2",
): SignedConfig {
  const payloadJSON = typeof payload === "string" ? payload : JSON.stringify(payload);
  const key = merchant.keys[0];
  if (key?.privateKeyPem === undefined) throw new Error("the merchant has no private key here");
  const saltLength = ALGORITHMS.find((row) => row.name === algorithm)?.saltLength ?? 32;
  const signature = sign("sha256", Buffer.from(stringToSign(payloadJSON, algorithm)), {
    key: key.privateKeyPem,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength,
  });
  return { payloadJSON, signature: signature.toString("base64"), algorithm, publicKeyId: key.publicKeyId };
}
