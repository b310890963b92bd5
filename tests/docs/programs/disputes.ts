import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { control, type Drive } from "./facts.ts";

interface Page {
  disputeOf(
    pay: AmazonPay,
    disputeId: string,
  ): Promise<{ chargeId: string; answerUntil: Date | null; summary: string }>;
  contest(pay: AmazonPay, disputeId: string, receipt: Uint8Array): Promise<string>;
}

/** A chargeback, read and contested. */
export const drive: Drive = async (blocks, facts) => {
  const { disputeOf, contest } = blocks as unknown as Page;
  const { merchantId, publicKeyId, privateKeyFile } = facts.merchants["na"]!;
  const privateKey = readFileSync(privateKeyFile, "utf8");
  const pay = new AmazonPay({ region: "na", publicKeyId, privateKey, baseUrl: facts.http });
  const wanted = { merchantId, amount: "10.00" };
  const { chargePermissionId = "" } = await control(facts, "/charge-permissions", wanted);
  const chargeAmount = { amount: "10.00", currencyCode: "USD" } as const;
  const charge = await pay.charges.create({ chargePermissionId, chargeAmount, captureNow: true });
  const { disputeId = "" } = await control(facts, `/charges/${charge.chargeId}/chargeback`, {});
  const { chargeId, answerUntil, summary } = await disputeOf(pay, disputeId);
  assert.deepEqual([chargeId, summary], [charge.chargeId, "Fraudulent, 10.00 USD"]);
  assert.ok(answerUntil !== null && answerUntil.getUTCFullYear() > 2020 && answerUntil.getUTCFullYear() < 2100);
  assert.equal(await contest(pay, disputeId, new TextEncoder().encode("%PDF-1.7")), "UnderReview");
  pay.close();
};
