import { AmazonPay } from "@amazon-pay-kit/sdk";
import { memoryReplayStore, nodeNotificationHandler } from "@amazon-pay-kit/sdk/notifications";
import express from "express";

const { SANDBOX, PORT = "3000", SHOP = `http://localhost:${PORT}` } = process.env;
const pay = SANDBOX ? AmazonPay.forSandbox(SANDBOX, { region: "eu" }) : AmazonPay.fromEnv();
const { merchantId, storeId } = pay.sandboxMerchant ?? {
  merchantId: process.env.AMAZON_PAY_MERCHANT_ID,
  storeId: process.env.AMAZON_PAY_STORE_ID,
};
const amount = { amount: "19.50", currencyCode: "EUR" };
/** What notifications told to read again. A shop has a queue instead. */
const changed = [];

const app = express();
// A body parser in front does the notifications no harm.
app.use(express.json());

app.get("/", async (_request, response) => {
  const button = await pay.button.render(
    { storeId, webCheckoutDetails: { checkoutReviewReturnUrl: `${SHOP}/review` } },
    { merchantId, ledgerCurrency: "EUR", placement: "Cart" },
  );
  response.send(`<!doctype html><title>Shop</title><h1>Tea, 19.50 EUR</h1>${button}`);
});

app.get("/review", async (request, response) => {
  const session = await pay.checkoutSessions.update(String(request.query.amazonCheckoutSessionId), {
    webCheckoutDetails: { checkoutResultReturnUrl: `${SHOP}/result` },
    paymentDetails: { paymentIntent: "AuthorizeWithCapture", chargeAmount: amount },
    merchantMetadata: { merchantReferenceId: "order-1" },
  });
  response.redirect(303, session.webCheckoutDetails.amazonPayRedirectUrl);
});

app.get("/result", async (request, response) => {
  const { outcome, charge } = await pay.checkoutSessions.finish(String(request.query.amazonCheckoutSessionId), amount);
  response.send(`${outcome} ${charge?.chargeId ?? ""}`);
});

app.post(
  "/ipn",
  nodeNotificationHandler({
    ...pay.notificationTrust,
    merchantIds: [merchantId],
    replayStore: memoryReplayStore(),
    onChange: ({ objectId }) => changed.push(objectId),
  }),
);
app.get("/changed", (_request, response) => response.json(changed));

app.listen(Number(PORT), "127.0.0.1", () => console.log(`open ${SHOP}`));
