import { postToSandbox } from "./sandbox-place.js";
import { isObject } from "./config-rules.js";
import { openCheckoutWindow } from "./checkout-window.js";

/** @import { PayConfig, SessionSource } from "./config-rules.js" */

/**
 * Starts what a checked configuration asks for: the buyer leaves the page for the hosted ones, or a window opens when
 * the page handles the checkout itself (`onCompleteCheckout`).
 *
 * @param {PayConfig} config
 * @returns {Promise<void>} settled when the browser is on its way
 */
export async function startCheckout(config) {
  const signed = config.signInConfig ?? config.createCheckoutSessionConfig ?? {};
  const embedded = typeof config.onCompleteCheckout === "function";
  // A window may only be opened while the click is handled, so before anything is awaited.
  const target = embedded ? openCheckoutWindow(config) : undefined;
  const sessionId =
    config.createCheckoutSession === undefined ? undefined : await askForSession(config.createCheckoutSession);
  postToSandbox(
    "/checkout/start",
    {
      merchantId: textOrNothing(config.merchantId),
      publicKeyId: textOrNothing(signed.publicKeyId ?? config.publicKeyId),
      ledgerCurrency: textOrNothing(config.ledgerCurrency),
      placement: textOrNothing(config.placement),
      productType: textOrNothing(config.productType) ?? "PayAndShip",
      checkoutLanguage: textOrNothing(config.checkoutLanguage),
      sandbox: config.sandbox === true ? "true" : undefined,
      estimatedOrderAmount:
        config.estimatedOrderAmount === undefined ? undefined : JSON.stringify(config.estimatedOrderAmount),
      // Forms change line breaks, and with them the signature.
      encodedPayload: typeof signed.payloadJSON === "string" ? encodeURIComponent(signed.payloadJSON) : undefined,
      signature: textOrNothing(signed.signature),
      algorithm: textOrNothing(signed.algorithm),
      checkoutSessionId: sessionId,
      embedded: embedded ? "true" : undefined,
      pageUrl: location.href,
    },
    target,
  );
}

/** @param {unknown} value */
function textOrNothing(value) {
  return typeof value === "string" ? value : undefined;
}

/**
 * The older way: the merchant's server makes the session.
 *
 * @param {SessionSource} source
 * @returns {Promise<string>}
 */
async function askForSession(source) {
  const url = String(source.url);
  const answer = await fetch(url, { method: typeof source.method === "string" ? source.method : "POST" });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}; it must answer with { checkoutSessionId }`);
  /** @type {unknown} */
  const body = await answer.json().catch(() => {
    throw new Error(`${url} did not answer with JSON`);
  });
  const extract = source.extractAmazonCheckoutSessionId ?? "checkoutSessionId";
  const sessionId = typeof extract === "function" ? extract(body) : isObject(body) ? body[String(extract)] : undefined;
  if (typeof sessionId !== "string" || sessionId === "") {
    throw new Error(
      `the answer of ${url} holds no checkout session id; looked for ${typeof extract === "function" ? "what extractAmazonCheckoutSessionId returns" : String(extract)}`,
    );
  }
  return sessionId;
}
