import { AmazonPay } from "@amazon-pay-kit/sdk";
import { memoryReplayStore, notificationHandler, workersKvReplayStore } from "@amazon-pay-kit/sdk/notifications";

const amount = { amount: "19.50", currencyCode: "EUR" };
/** What notifications told to read again. A shop has a queue instead. */
const changed = [];
let shop;

/** Made once for all requests, since keys come with `env`. */
function open(env) {
  const sandbox = env.SANDBOX === undefined ? undefined : JSON.parse(env.SANDBOX);
  const pay =
    sandbox === undefined
      ? new AmazonPay({ region: "eu", publicKeyId: env.PUBLIC_KEY_ID, privateKey: env.PRIVATE_KEY })
      : AmazonPay.forSandbox(sandbox, { region: "eu" });
  const { merchantId, storeId } = pay.sandboxMerchant ?? { merchantId: env.MERCHANT_ID, storeId: env.STORE_ID };
  const ipn = notificationHandler({
    ...pay.notificationTrust,
    merchantIds: [merchantId],
    replayStore: env.REPLAYS === undefined ? memoryReplayStore() : workersKvReplayStore(env.REPLAYS),
    onChange: ({ objectId }) => void changed.push(objectId),
  });
  return { pay, merchantId, storeId, ipn };
}

export default {
  async fetch(request, env) {
    shop ??= open(env);
    const { pay, merchantId, storeId, ipn } = shop;
    const url = new URL(request.url);
    const id = url.searchParams.get("amazonCheckoutSessionId") ?? "";
    if (url.pathname === "/ipn") return ipn(request);
    if (url.pathname === "/changed") return Response.json(changed);
    if (url.pathname === "/review") {
      const session = await pay.checkoutSessions.update(id, {
        webCheckoutDetails: { checkoutResultReturnUrl: `${url.origin}/result` },
        paymentDetails: { paymentIntent: "AuthorizeWithCapture", chargeAmount: amount },
        merchantMetadata: { merchantReferenceId: "order-1" },
      });
      return Response.redirect(session.webCheckoutDetails.amazonPayRedirectUrl, 303);
    }
    if (url.pathname === "/result") {
      const { outcome, charge } = await pay.checkoutSessions.finish(id, amount);
      return new Response(`${outcome} ${charge?.chargeId ?? ""}`);
    }
    if (url.pathname !== "/") return new Response("not found", { status: 404 });
    const button = await pay.button.render(
      { storeId, webCheckoutDetails: { checkoutReviewReturnUrl: `${url.origin}/review` } },
      { merchantId, ledgerCurrency: "EUR", placement: "Cart" },
    );
    const html = `<!doctype html><title>Shop</title><h1>Tea, 19.50 EUR</h1>${button}`;
    return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
  },
};
