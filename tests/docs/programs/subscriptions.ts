import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { control, type Drive } from "./facts.ts";

interface Page {
  subscribeButton(pay: AmazonPay, storeId: string, merchantId: string): Promise<string>;
  charge(
    pay: AmazonPay,
    subscription: { chargePermissionId: string; period: string; attempt: number },
  ): Promise<string>;
  cancel(pay: AmazonPay, chargePermissionId: string): Promise<string>;
}

/** A subscription: the button, two months, a card that the buyer deleted, and the end. */
export const drive: Drive = async (blocks, facts) => {
  const { subscribeButton, charge, cancel } = blocks as unknown as Page;
  const { merchantId, storeId, publicKeyId, privateKeyFile } = facts.merchants["na"]!;
  const privateKey = readFileSync(privateKeyFile, "utf8");
  const pay = new AmazonPay({ region: "na", publicKeyId, privateKey, baseUrl: facts.http });
  assert.match(await subscribeButton(pay, storeId, merchantId), /Recurring/);
  const { chargePermissionId = "" } = await control(facts, "/charge-permissions", { merchantId, type: "Recurring" });
  const november = await charge(pay, { chargePermissionId, period: "2026-11", attempt: 1 });
  assert.match(november, /^captured: /);
  assert.equal(await charge(pay, { chargePermissionId, period: "2026-11", attempt: 1 }), november);
  assert.notEqual(await charge(pay, { chargePermissionId, period: "2026-12", attempt: 1 }), november);
  await control(facts, `/charge-permissions/${chargePermissionId}/buyer`, { action: "delete-instrument" });
  assert.match(await charge(pay, { chargePermissionId, period: "2027-01", attempt: 1 }), /^ask the buyer: /);
  assert.equal(await cancel(pay, chargePermissionId), "Closed");
  assert.match(await charge(pay, { chargePermissionId, period: "2027-01", attempt: 2 }), /^ended: /);
  pay.close();
};
