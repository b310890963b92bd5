import { createServer } from "node:http";
import { memoryReplayStore, nodeNotificationHandler } from "@amazon-pay-kit/sdk/notifications";
import { amount, merchantId, pay, save, storeId, subscriptions } from "./shop.js";

const { PORT = "3000", SHOP = `http://localhost:${PORT}` } = process.env;
const monthly = { frequency: { unit: "Month", value: 1 }, amount };
const changed = [];
const ipn = nodeNotificationHandler({
  ...pay.notificationTrust,
  merchantIds: [merchantId],
  replayStore: memoryReplayStore(),
  onChange: ({ objectId }) => changed.push(objectId),
});

const routes = {
  "/": async () => {
    const button = await pay.button.render(
      {
        storeId,
        webCheckoutDetails: { checkoutReviewReturnUrl: `${SHOP}/review` },
        chargePermissionType: "Recurring",
        recurringMetadata: monthly,
      },
      { merchantId, ledgerCurrency: "EUR", placement: "Cart" },
    );
    return { body: `<!doctype html><title>Shop</title><h1>Tea every month, 9.90 EUR</h1>${button}` };
  },
  "/review": async (id) => {
    const session = await pay.checkoutSessions.update(id, {
      webCheckoutDetails: { checkoutResultReturnUrl: `${SHOP}/result` },
      paymentDetails: { paymentIntent: "AuthorizeWithCapture", chargeAmount: amount },
      recurringMetadata: monthly,
      merchantMetadata: { merchantReferenceId: "subscription-1" },
    });
    return { status: 303, location: session.webCheckoutDetails.amazonPayRedirectUrl };
  },
  "/result": async (id) => {
    const { outcome, session, charge } = await pay.checkoutSessions.finish(id, amount);
    const { chargePermissionId } = session;
    if (outcome === "captured" && !subscriptions().some((one) => one.chargePermissionId === chargePermissionId))
      save([...subscriptions(), { chargePermissionId, paidUntil: 1, attempt: 1, status: "active" }]);
    return { body: `${outcome} ${charge?.chargeId ?? ""}` };
  },
  "/changed": async () => ({ body: JSON.stringify(changed) }),
};

createServer(async (request, response) => {
  const url = new URL(request.url, SHOP);
  if (url.pathname === "/ipn") return ipn(request, response);
  try {
    const {
      status = 200,
      location,
      body = "",
    } = await (routes[url.pathname] ?? (() => ({ status: 404 })))(
      url.searchParams.get("amazonCheckoutSessionId") ?? "",
    );
    response.writeHead(status, location === undefined ? { "content-type": "text/html; charset=utf-8" } : { location });
    response.end(body);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end("something went wrong");
  }
}).listen(Number(PORT), "127.0.0.1", () => console.log(`open ${SHOP}`));
