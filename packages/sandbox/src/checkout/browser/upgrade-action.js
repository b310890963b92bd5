import { postToSandbox } from "./sandbox-place.js";
import { complain, findPlace, shown } from "./console-messages.js";
import { isObject } from "./config-rules.js";

/**
 * `amazon.Pay.bindUpgradeAction`: a click on an element asks the buyer to turn a one-time charge permission into a recurring one.
 *
 * @param {unknown} selector
 * @param {unknown} given `{ payloadJSON, signature, publicKeyId, algorithm, upgradeAction: "recurringUpgrade" }`
 */
export function bindUpgradeAction(selector, given) {
  const call = "amazon.Pay.bindUpgradeAction";
  const config = isObject(given) ? given : {};
  /** @type {string[]} */
  const problems = [];
  for (const name of ["payloadJSON", "signature", "publicKeyId"]) {
    if (typeof config[name] !== "string" || config[name] === "") problems.push(`${name} is required, as text`);
  }
  if (config.upgradeAction !== "recurringUpgrade") {
    problems.push(`upgradeAction must be "recurringUpgrade", not ${shown(config.upgradeAction)}`);
  }
  /** @type {Record<string, unknown>} */
  let payload = {};
  if (typeof config.payloadJSON === "string") {
    try {
      payload = JSON.parse(config.payloadJSON);
      if (!isObject(payload)) problems.push("payloadJSON must be a JSON object");
      else if (typeof payload.merchantId !== "string") problems.push("payloadJSON has no merchantId");
    } catch {
      problems.push("payloadJSON is not JSON");
    }
  }
  if (problems.length > 0) {
    complain(call, problems);
    return;
  }
  findPlace(call, selector)?.addEventListener("click", (event) => {
    event.preventDefault();
    /** @param {unknown} value */
    const text = (value) => (typeof value === "string" ? value : undefined);
    postToSandbox("/checkout/upgrade", {
      merchantId: text(payload.merchantId),
      ledgerCurrency: text(payload.ledgerCurrency),
      checkoutLanguage: text(payload.checkoutLanguage),
      encodedPayload: encodeURIComponent(String(config.payloadJSON)),
      signature: text(config.signature),
      publicKeyId: text(config.publicKeyId),
      algorithm: text(config.algorithm),
      upgradeAction: text(config.upgradeAction),
      pageUrl: location.href,
    });
  });
}
