import { sandboxOrigin } from "./sandbox-place.js";
import { complain, shown } from "./console-messages.js";
import { configProblems, isObject } from "./config-rules.js";
import { startCheckout } from "./start.js";
import { renderButton } from "./button.js";
import { bindChangeAction } from "./change-action.js";
import { bindUpgradeAction } from "./upgrade-action.js";

/**
 * `amazon.Pay.initCheckout`: starts without a button, for example from "Place order".
 *
 * @param {unknown} given
 */
function initCheckout(given) {
  const call = "amazon.Pay.initCheckout";
  if (!isObject(given)) {
    complain(call, [`takes a configuration object, not ${shown(given)}`]);
    return;
  }
  const problems = configProblems(given, { needsStart: true });
  if (problems.length > 0) {
    complain(call, problems);
    return;
  }
  startCheckout(given).catch((error) => complain(call, [error instanceof Error ? error.message : String(error)]));
}

/**
 * `amazon.Pay.signout`: the sandbox forgets which test buyer used this browser last.
 *
 * @returns {Promise<void>}
 */
async function signout() {
  await fetch(`${sandboxOrigin}/checkout/sign-out`, { method: "POST", credentials: "include" }).catch((error) => {
    complain("amazon.Pay.signout", [`the sandbox at ${sandboxOrigin} could not be reached (${String(error)})`]);
  });
}

{
  const pay = { renderButton, initCheckout, bindChangeAction, bindUpgradeAction, signout };
  const known = /** @type {{ amazon?: Record<string, unknown> }} */ (/** @type {unknown} */ (window));
  known.amazon = { ...known.amazon, Pay: Object.freeze(pay) };
}
