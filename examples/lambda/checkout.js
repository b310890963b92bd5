"use strict";

const { AmazonPay } = require("@amazon-pay-kit/sdk");
const { lambdaNotificationHandler, memoryReplayStore } = require("@amazon-pay-kit/sdk/notifications");

const { SANDBOX, SHOP } = process.env;
const pay = SANDBOX ? AmazonPay.forSandbox(SANDBOX, { region: "eu" }) : AmazonPay.fromEnv();
const { merchantId, storeId } = pay.sandboxMerchant ?? {
  merchantId: process.env.AMAZON_PAY_MERCHANT_ID,
  storeId: process.env.AMAZON_PAY_STORE_ID,
};
const amount = { amount: "19.50", currencyCode: "EUR" };
/** What notifications told to read again. A function has a queue instead: its memory does not last. */
const changed = [];

const html = (body) => ({ statusCode: 200, headers: { "content-type": "text/html; charset=utf-8" }, body });

const routes = {
  "/": async () => {
    const button = await pay.button.render(
      { storeId, webCheckoutDetails: { checkoutReviewReturnUrl: `${SHOP}/review` } },
      { merchantId, ledgerCurrency: "EUR", placement: "Cart" },
    );
    return html(`<!doctype html><title>Shop</title><h1>Tea, 19.50 EUR</h1>${button}`);
  },
  "/review": async ({ amazonCheckoutSessionId }) => {
    const session = await pay.checkoutSessions.update(amazonCheckoutSessionId, {
      webCheckoutDetails: { checkoutResultReturnUrl: `${SHOP}/result` },
      paymentDetails: { paymentIntent: "AuthorizeWithCapture", chargeAmount: amount },
      merchantMetadata: { merchantReferenceId: "order-1" },
    });
    return { statusCode: 303, headers: { location: session.webCheckoutDetails.amazonPayRedirectUrl } };
  },
  "/result": async ({ amazonCheckoutSessionId }) => {
    const { outcome, charge } = await pay.checkoutSessions.finish(amazonCheckoutSessionId, amount);
    return html(`${outcome} ${charge?.chargeId ?? ""}`);
  },
  "/changed": async () => ({ statusCode: 200, body: JSON.stringify(changed) }),
};

/** Behind an HTTP API or a function URL. */
exports.handler = async (event) => {
  const route = routes[event.rawPath];
  return route === undefined ? { statusCode: 404, body: "not found" } : route(event.queryStringParameters ?? {});
};

/** Behind the same, or as subscriber of an SNS topic. */
exports.notifications = lambdaNotificationHandler({
  ...pay.notificationTrust,
  merchantIds: [merchantId],
  // Several copies of a function run at once: use redisReplayStore or postgresReplayStore.
  replayStore: memoryReplayStore(),
  onChange: ({ objectId }) => void changed.push(objectId),
});
