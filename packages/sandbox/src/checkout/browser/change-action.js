import { postToSandbox } from "./sandbox-place.js";
import { complain, findPlace, shown } from "./console-messages.js";
import { isObject } from "./config-rules.js";

/**
 * `amazon.Pay.bindChangeAction`: a click on an element of the review page lets the buyer choose again.
 *
 * @param {unknown} selector
 * @param {unknown} given `{ amazonCheckoutSessionId, changeAction }`
 */
export function bindChangeAction(selector, given) {
  const call = "amazon.Pay.bindChangeAction";
  const config = isObject(given) ? given : {};
  const problems = [];
  if (typeof config.amazonCheckoutSessionId !== "string" || config.amazonCheckoutSessionId === "") {
    problems.push("amazonCheckoutSessionId is required: the id that came with the buyer to the review page");
  }
  if (config.changeAction !== "changeAddress" && config.changeAction !== "changePayment") {
    problems.push(`changeAction must be changeAddress or changePayment, not ${shown(config.changeAction)}`);
  }
  if (problems.length > 0) {
    complain(call, problems);
    return;
  }
  findPlace(call, selector)?.addEventListener("click", (event) => {
    event.preventDefault();
    postToSandbox("/checkout/change", {
      checkoutSessionId: String(config.amazonCheckoutSessionId),
      changeAction: String(config.changeAction),
      pageUrl: location.href,
    });
  });
}
