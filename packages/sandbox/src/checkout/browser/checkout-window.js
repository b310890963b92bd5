import { sandboxOrigin } from "./sandbox-place.js";
import { complain } from "./console-messages.js";
import { isObject } from "./config-rules.js";

/** @import { PayConfig } from "./config-rules.js" */

/** Callbacks of the page by the name of what happened in the window. */
const callbackOf = {
  initCheckout: "onInitCheckout",
  shippingAddressSelection: "onShippingAddressSelection",
  deliveryOptionSelection: "onDeliveryOptionSelection",
  giftWrapOptionSelection: "onGiftWrapOptionSelection",
  merchantManagedPaymentMethodSelection: "onMerchantManagedPaymentMethodSelection",
  completeCheckout: "onCompleteCheckout",
  cancel: "onCancel",
  error: "onError",
};

/**
 * Opens the window for a checkout that the page handles itself ("Buy Now") and answers the window's questions by the
 * page's callbacks.
 *
 * @param {PayConfig} config
 * @returns {string} the window's name, as a form's target
 */
export function openCheckoutWindow(config) {
  const name = "amazon-pay-sandbox-checkout";
  const child = window.open("", name, "popup,width=520,height=780");
  if (child === null) throw new Error("the browser blocked the checkout window; start the checkout from a click");
  let over = false;
  const finish = () => {
    over = true;
    window.removeEventListener("message", answer);
    window.removeEventListener("focus", notice);
  };
  /** @param {MessageEvent} message */
  const answer = async (message) => {
    if (message.origin !== sandboxOrigin || message.source !== child || !isObject(message.data)) return;
    const { happened, number, detail } = message.data;
    const callback = Object.entries(callbackOf).find(([key]) => key === happened)?.[1];
    if (callback === undefined) return;
    if (happened === "cancel" || happened === "completeCheckout") finish();
    const result = await callPage(config, callback, detail);
    if (!child.closed) child.postMessage({ number, ...result }, sandboxOrigin);
  };
  // A window that was closed says nothing; the page has the focus again then.
  const notice = () => {
    if (over || !child.closed) return;
    finish();
    void callPage(config, "onCancel", {});
  };
  window.addEventListener("message", answer);
  window.addEventListener("focus", notice);
  return name;
}

/**
 * @param {PayConfig} config
 * @param {string} callback
 * @param {unknown} detail
 * @returns {Promise<{ answer?: string, failure?: string }>} the answer as JSON text
 */
async function callPage(config, callback, detail) {
  const handler = config[callback];
  if (typeof handler !== "function") return { answer: "{}" };
  try {
    return { answer: JSON.stringify((await handler(detail)) ?? {}) };
  } catch (error) {
    complain(callback, [`it threw: ${String(error)}`]);
    if (callback !== "onError" && typeof config.onError === "function") config.onError(error);
    return { failure: `${callback} failed in the shop's page` };
  }
}
