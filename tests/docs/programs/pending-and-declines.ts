import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { control, type Drive } from "./facts.ts";

interface Page {
  review(pay: AmazonPay, sessionId: string): Promise<string | null>;
  decided(pay: AmazonPay, chargeId: string): Promise<string>;
  chargeLater(pay: AmazonPay, chargePermissionId: string, simulate?: "HardDeclined" | "SoftDeclined"): Promise<string>;
}

/** A checkout that waits, with a card that is authorized later and one that is declined; and declines of later charges. */
export const drive: Drive = async (blocks, facts) => {
  const { review, decided, chargeLater } = blocks as unknown as Page;
  const { merchantId, storeId, publicKeyId, privateKeyFile } = facts.merchants["na"]!;
  const privateKey = readFileSync(privateKeyFile, "utf8");
  const pay = new AmazonPay({ region: "na", publicKeyId, privateKey, baseUrl: facts.http });
  for (const [card, end] of [
    ["0701", "ship, then capture within 30 days"],
    ["4354", "tell the buyer: other-payment-method"],
  ]) {
    const { checkoutSessionId } = await pay.checkoutSessions.create({
      storeId,
      webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/review" },
    });
    const buyer = `/checkout-sessions/${checkoutSessionId}/buyer`;
    await control(facts, buyer, { action: "sign-in", instrument: card });
    assert.match((await review(pay, checkoutSessionId)) ?? "", /^https?:/);
    await control(facts, buyer, { action: "approve" });
    const checkout = await pay.checkoutSessions.finish(checkoutSessionId, { amount: "129.00", currencyCode: "USD" });
    assert.equal(checkout.outcome, "pending");
    const chargeId = checkout.session.chargeId ?? "";
    assert.equal(await decided(pay, chargeId), "wait");
    await control(facts, "/clock", { advance: "PT1M" });
    assert.equal(await decided(pay, chargeId), end);
  }
  const permission = async (): Promise<string> => {
    const wanted = { merchantId, type: "PaymentMethodOnFile", amount: "50.00" };
    return (await control(facts, "/charge-permissions", wanted))["chargePermissionId"] ?? "";
  };
  assert.equal(await chargeLater(pay, await permission()), "Captured");
  assert.equal(await chargeLater(pay, await permission(), "HardDeclined"), "other-payment-method");
  assert.equal(await chargeLater(pay, await permission(), "SoftDeclined"), "try again with a new idempotency key");
  pay.close();
};
