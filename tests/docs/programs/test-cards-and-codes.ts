import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { control, type Drive } from "./facts.ts";

interface Page {
  declinedCharge(pay: AmazonPay, chargePermissionId: string): Promise<string>;
}

/** A charge that the sandbox is told to decline. */
export const drive: Drive = async (blocks, facts) => {
  const { declinedCharge } = blocks as unknown as Page;
  const { merchantId, publicKeyId, privateKeyFile } = facts.merchants["eu"]!;
  const privateKey = readFileSync(privateKeyFile, "utf8");
  const pay = new AmazonPay({ region: "eu", publicKeyId, privateKey, baseUrl: facts.http });
  const wanted = { merchantId, type: "PaymentMethodOnFile", amount: "10.00", currencyCode: "EUR" };
  const { chargePermissionId } = await control(facts, "/charge-permissions", wanted);
  assert.equal(await declinedCharge(pay, chargePermissionId!), "SoftDeclined");
  pay.close();
};
