import { KeyError, type Signer } from "@amazon-pay-kit/sdk";
import type { KeyService } from "./key-service.ts";

/**
 * A signer whose private key stays in a key service.
 *
 * Key services make PSS signatures with a salt as long as the hash, 32 bytes. That is `AMZN-PAY-RSASSA-PSS-V2`, the client's
 * default; the older algorithm wants 20 bytes, and a signature with another salt would only be refused by Amazon.
 *
 * @example new AmazonPay({ region: "eu", publicKeyId, signer: kmsSigner(awsKey(new KMSClient({}), "alias/amazon-pay")) });
 */
export function kmsSigner(service: KeyService): Signer {
  return {
    sign(message, algorithm) {
      if (algorithm !== "AMZN-PAY-RSASSA-PSS-V2") {
        throw new KeyError(
          "key.unsupported",
          `a key service cannot sign for ${algorithm}, whose salt has 20 bytes: use AMZN-PAY-RSASSA-PSS-V2`,
        );
      }
      return service.sign(message);
    },
  };
}
