import { complain, findPlace, shown } from "./console-messages.js";
import { amountProblems, configProblems, isObject } from "./config-rules.js";
import { drawButton } from "./button-drawing.js";
import { startCheckout } from "./start.js";

/** @import { PayConfig } from "./config-rules.js" */

/**
 * @typedef {{ onClick: (handler: (event: Event) => void) => void, initCheckout: (config: PayConfig) => void, updateButtonInfo: (amount: unknown) => void }} PayButton
 */

/**
 * `amazon.Pay.renderButton`.
 *
 * @param {unknown} selector
 * @param {unknown} given
 * @returns {PayButton}
 */
export function renderButton(selector, given) {
  const call = "amazon.Pay.renderButton";
  if (!isObject(given)) {
    complain(call, [`the second argument must be a configuration object, not ${shown(given)}`]);
    return deadButton(call);
  }
  /** @type {PayConfig} */
  const config = { ...given };
  const problems = configProblems(config, { needsStart: false });
  if (problems.length > 0) {
    complain(call, problems);
    return deadButton(call);
  }
  const place = findPlace(call, selector);
  return place === null ? deadButton(call) : liveButton(drawButton(place, config), config);
}

/**
 * @param {HTMLButtonElement} element
 * @param {PayConfig} config
 * @returns {PayButton}
 */
function liveButton(element, config) {
  const startsByItself =
    config.createCheckoutSessionConfig !== undefined ||
    config.signInConfig !== undefined ||
    config.createCheckoutSession !== undefined;
  /** @type {((event: Event) => void) | undefined} */
  let handler;
  /** @param {boolean} busy */
  const markBusy = (busy) => {
    if (busy) element.setAttribute("aria-disabled", "true");
    else element.removeAttribute("aria-disabled");
  };
  // Coming back with the browser's back button shows the page as it was left.
  window.addEventListener("pageshow", () => markBusy(false));
  /** @param {PayConfig} whole @param {string} call */
  const start = (whole, call) => {
    markBusy(true);
    startCheckout(whole)
      .then(() => typeof whole.onCompleteCheckout === "function" && markBusy(false))
      .catch((error) => {
        markBusy(false);
        complain(call, [error instanceof Error ? error.message : String(error)]);
      });
  };
  element.addEventListener("click", (event) => {
    if (element.getAttribute("aria-disabled") === "true") return;
    if (handler === undefined && !startsByItself) {
      complain("amazon.Pay.renderButton", [
        "the button has neither createCheckoutSessionConfig nor an onClick handler, so a click does nothing",
      ]);
    }
    handler?.(event);
    if (startsByItself) start(config, "amazon.Pay.renderButton");
  });
  return {
    onClick(given) {
      if (typeof given === "function") handler = given;
      else complain("button.onClick", [`takes a function, not ${shown(given)}`]);
    },
    initCheckout(given) {
      const whole = { ...config, ...given };
      const problems = isObject(given)
        ? configProblems(whole, { needsStart: true })
        : [`takes a configuration object, not ${shown(given)}`];
      if (problems.length > 0) complain("button.initCheckout", problems);
      else start(whole, "button.initCheckout");
    },
    updateButtonInfo(amount) {
      const problems =
        amount === undefined ? ["takes an amount: { amount, currencyCode }"] : amountProblems("the amount", amount);
      if (problems.length > 0) complain("button.updateButtonInfo", problems);
      else config.estimatedOrderAmount = amount;
    },
  };
}

/**
 * Stands in for a button that could not be made, so that the page's next lines complain and do not break.
 *
 * @param {string} reason
 * @returns {PayButton}
 */
function deadButton(reason) {
  /** @param {string} call */
  const refuse = (call) => () => complain(call, [`the button was not rendered; see the error of ${reason} above`]);
  return {
    onClick: refuse("button.onClick"),
    initCheckout: refuse("button.initCheckout"),
    updateButtonInfo: refuse("button.updateButtonInfo"),
  };
}
