import assert from "node:assert/strict";
import type { AmazonPay } from "@amazon-pay-kit/sdk";
import { control, type Drive } from "./facts.ts";

interface Page {
  readonly pay: AmazonPay;
  buttonHtml(pay: AmazonPay, nonce: string): Promise<string>;
  payNowHtml(pay: AmazonPay, orderId: string, amount: string, nonce: string): Promise<string>;
  signInHtml(pay: AmazonPay, nonce: string): Promise<string>;
  signedIn(pay: AmazonPay, buyerToken: string): Promise<{ readonly buyerId: string; readonly email?: string | null }>;
  review(pay: AmazonPay, sessionId: string, amount: string): Promise<string | null>;
  result(pay: AmazonPay, sessionId: string, amount: string): Promise<string>;
  ship(pay: AmazonPay, chargeId: string): Promise<void>;
  giveBack(pay: AmazonPay, chargeId: string, returnId: string): Promise<string>;
  nextMonth(pay: AmazonPay, chargePermissionId: string, period: string, attempt: number): Promise<string>;
  POST(request: Request): Promise<Response>;
}

/** A buyer's way through the page: button, review, result, shipping, a refund, next month, a message. */
export const drive: Drive = async (blocks, facts) => {
  const { pay, buttonHtml, payNowHtml, signInHtml, signedIn, review, result, ship, giveBack, nextMonth, POST } =
    blocks as unknown as Page;
  const { merchantId, storeId, publicKeyId } = facts.merchants["eu"]!;

  const html = await buttonHtml(pay, "n0nce");
  assert.match(html, /A1B2C3D4E5F6G7/);
  assert.ok(html.includes(publicKeyId));

  const now = await payNowHtml(pay, "order-4711", "129.00", "n0nce");
  assert.match(now, /"productType":"PayOnly"/);
  assert.match(now, /ProcessOrder/);
  const signIn = await signInHtml(pay, "n0nce");
  assert.match(signIn, /"productType":"SignIn"/);
  assert.match(signIn, /signInConfig/);
  const { buyerToken } = await control(facts, "/buyer-tokens", { merchantId });
  assert.match((await signedIn(pay, buyerToken ?? "")).buyerId, /^amzn1\.account\./);

  const session = async (): Promise<string> => {
    const made = await pay.checkoutSessions.create({
      storeId,
      webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/review" },
      chargePermissionType: "OneTime",
    });
    await control(facts, `/checkout-sessions/${made.checkoutSessionId}/buyer`, { action: "sign-in" });
    return made.checkoutSessionId;
  };
  const bought = await session();
  assert.match((await review(pay, bought, "129.00")) ?? "", /^https?:/);
  await control(facts, `/checkout-sessions/${bought}/buyer`, { action: "approve" });
  const paid = await result(pay, bought, "129.00");
  assert.match(paid, /^authorized under [A-Z]\d\d-.+, charge .+-C/);
  assert.equal(await result(pay, bought, "129.00"), paid, "a page that is loaded again says the same");
  const given = await session();
  await review(pay, given, "129.00");
  await control(facts, `/checkout-sessions/${given}/buyer`, { action: "cancel" });
  assert.match(await result(pay, given, "129.00"), /^canceled: BuyerCanceled/);

  const { chargeId } = await pay.checkoutSessions.retrieve(bought);
  await ship(pay, chargeId!);
  assert.equal((await pay.charges.retrieve(chargeId!)).statusDetails.state, "Captured");
  await ship(pay, chargeId!);
  const back = await giveBack(pay, chargeId!, "return-1");
  assert.match(back, /-R/);
  assert.equal(await giveBack(pay, chargeId!, "return-1"), back, "a form that is sent twice gives the money back once");
  assert.notEqual(await giveBack(pay, chargeId!, "return-2"), back);
  const standing = async (): Promise<string> => {
    const wanted = { merchantId, type: "PaymentMethodOnFile", amount: "19.50", currencyCode: "EUR" };
    return (await control(facts, "/charge-permissions", wanted))["chargePermissionId"] ?? "";
  };
  const permission = await standing();
  const january = await nextMonth(pay, permission, "2026-01", 1);
  assert.match(january, /^captured: .+-C/);
  assert.equal(await nextMonth(pay, permission, "2026-01", 1), january);

  const forged = new Request("https://shop.example/notifications", { method: "POST", body: '{"Type":"Notification"}' });
  assert.equal((await POST(forged)).ok, false);
  pay.close();
};
