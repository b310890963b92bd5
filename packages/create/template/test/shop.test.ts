import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startSandbox, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { payThrough } from "@amazon-pay-kit/sandbox/testing";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { openShop } from "../src/open.ts";
import { ship } from "../src/shop.ts";

let started: StartedSandbox;
let pay: AmazonPay;
let shop: Awaited<ReturnType<typeof openShop>>;

before(async () => {
  started = await startSandbox({ port: 0, httpsPort: 0 });
  pay = AmazonPay.forSandbox(started.ready);
  const { merchantId = "", storeId = "" } = pay.sandboxMerchant ?? {};
  shop = await openShop({ pay, merchantId, storeId, currency: "USD" }, 0);
  const notificationUrl = `${shop.origin}/notifications`;
  await started.sandbox.control("POST", `/merchants/${merchantId}`, { notificationUrl });
});
after(async () => {
  await shop.close();
  pay.close();
  await started.close();
});

/** What a buyer does, up to the result page. */
async function buy(card?: string) {
  const order = shop.orders.start("19.90");
  const session = await pay.checkoutSessions.create({
    storeId: pay.sandboxMerchant?.storeId ?? "",
    webCheckoutDetails: { checkoutReviewReturnUrl: `${shop.origin}/review?order=${order.id}` },
    chargePermissionType: "OneTime",
  });
  const review = await fetch(
    `${shop.origin}/review?order=${order.id}&amazonCheckoutSessionId=${session.checkoutSessionId}`,
  );
  assert.match(await review.text(), /Something is missing|Pay now/);
  await payThrough(started.sandbox, session.checkoutSessionId, card);
  const result = await fetch(`${shop.origin}/result?order=${order.id}`);
  return { order, text: await result.text() };
}

test("shows a button whose payload is signed", async () => {
  const text = await (await fetch(shop.origin)).text();
  assert.match(text, /AMZN-PAY-RSASSA-PSS-V2/);
});

test("an order is authorized, and paid when it ships; a reload changes nothing", async () => {
  const { order, text } = await buy();
  assert.match(text, /Thank you/);
  assert.equal(order.state, "authorized");
  await fetch(`${shop.origin}/result?order=${order.id}`);
  assert.equal(order.state, "authorized");
  await ship(pay, order, "USD");
  assert.equal(order.state, "paid");
});

test("a declined card leaves the order unpaid, with the reason", async () => {
  const { order, text } = await buy("3434");
  assert.match(text, /The payment was not made/);
  assert.deepEqual([order.state, order.reason], ["failed", "Declined"]);
});

test("a payment that takes its time is decided by a notification", async () => {
  const { order } = await buy("0701");
  assert.equal(order.state, "pending");
  await started.sandbox.clock.advance("PT1M");
  await started.sandbox.idle();
  assert.equal(order.state, "authorized");
});
