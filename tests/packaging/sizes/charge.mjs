/** A program that only signs and creates a charge. */
import { AmazonPay } from "@amazon-pay-kit/sdk";

export async function charge(privateKey, chargePermissionId) {
  const client = new AmazonPay({ region: "na", publicKeyId: "SANDBOX-AE1", privateKey });
  return client.charges.create({ chargePermissionId, chargeAmount: { amount: "10.00", currencyCode: "USD" } });
}
