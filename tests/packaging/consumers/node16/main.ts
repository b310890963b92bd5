import { AmazonPay, AmazonPayError } from "@amazon-pay-kit/sdk";
import { WebStoreClient } from "@amazon-pay-kit/sdk/compat";
import { readSharedKeys } from "@amazon-pay-kit/sdk/key-exchange";
import { MwsReports } from "@amazon-pay-kit/sdk/mws";
import { verifyNotification } from "@amazon-pay-kit/sdk/notifications";
import { signRequest } from "@amazon-pay-kit/sdk/signing";

// @ts-expect-error region is required
const wrong = (): AmazonPay => new AmazonPay({ publicKeyId: "SANDBOX-X", privateKey: "pem" });
const kinds: unknown[] = [
  AmazonPay,
  AmazonPayError,
  WebStoreClient,
  MwsReports,
  readSharedKeys,
  verifyNotification,
  signRequest,
  wrong,
];
for (const kind of kinds) if (typeof kind !== "function") throw new Error("every entry point loads");
