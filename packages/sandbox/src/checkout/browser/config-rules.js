import { buttonColorNames, languagesOf, placements, productTypes } from "./button-facts.js";
import { remark, shown } from "./console-messages.js";

/**
 * @typedef {{ payloadJSON?: unknown, signature?: unknown, algorithm?: unknown, publicKeyId?: unknown }} SignedConfig
 * @typedef {{ url?: unknown, method?: unknown, extractAmazonCheckoutSessionId?: unknown }} SessionSource
 * @typedef {Record<string, unknown> & { createCheckoutSessionConfig?: SignedConfig, signInConfig?: SignedConfig, createCheckoutSession?: SessionSource }} PayConfig
 */

const allowedValues = {
  ledgerCurrency: Object.keys(languagesOf),
  placement: placements,
  productType: productTypes,
  checkoutLanguage: [...new Set(Object.values(languagesOf).flat())],
  buttonColor: buttonColorNames,
};

const callbackNames = [
  "onInitCheckout",
  "onShippingAddressSelection",
  "onDeliveryOptionSelection",
  "onGiftWrapOptionSelection",
  "onMerchantManagedPaymentMethodSelection",
  "onCompleteCheckout",
  "onCancel",
  "onError",
];

const knownMembers = new Set([
  ...Object.keys(allowedValues),
  ...callbackNames,
  "merchantId",
  "publicKeyId",
  "sandbox",
  "estimatedOrderAmount",
  "createCheckoutSessionConfig",
  "createCheckoutSession",
  "signInConfig",
]);

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Everything wrong with a configuration.
 *
 * @param {PayConfig} config
 * @param {{ needsStart: boolean }} purpose whether the call starts a checkout, and so needs a payload
 * @returns {string[]}
 */
export function configProblems(config, purpose) {
  /** @type {string[]} */
  const problems = [];
  if (typeof config.merchantId !== "string" || config.merchantId === "") {
    problems.push(`merchantId is required: the seller id as text, not ${shown(config.merchantId)}`);
  }
  for (const [name, values] of Object.entries(allowedValues)) {
    const value = config[name];
    const required = name === "ledgerCurrency" || name === "placement";
    if (value === undefined || value === null) {
      if (required) problems.push(`${name} is required; one of ${values.join(", ")}`);
    } else if (typeof value !== "string" || !values.includes(value)) {
      problems.push(`${name} must be one of ${values.join(", ")}, not ${shown(value)}`);
    }
  }
  const languages = Object.entries(languagesOf).find(([currency]) => currency === config.ledgerCurrency)?.[1];
  const language = config.checkoutLanguage;
  if (typeof language === "string" && languages !== undefined && allowedValues.checkoutLanguage.includes(language)) {
    if (!languages.includes(language)) {
      problems.push(
        `checkoutLanguage ${language} does not go with ${config.ledgerCurrency}; use ${languages.join(", ")}`,
      );
    }
  }
  if (config.sandbox !== undefined && typeof config.sandbox !== "boolean") {
    problems.push(`sandbox must be true or false, not ${shown(config.sandbox)}`);
  }
  for (const name of callbackNames) {
    if (config[name] !== undefined && typeof config[name] !== "function") problems.push(`${name} must be a function`);
  }
  problems.push(...amountProblems("estimatedOrderAmount", config.estimatedOrderAmount));
  problems.push(...startProblems(config, purpose.needsStart));
  for (const name of Object.keys(config)) {
    if (!knownMembers.has(name)) remark("amazon.Pay", `${name} is not a known member of the configuration`);
  }
  return problems;
}

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {string[]}
 */
export function amountProblems(name, value) {
  if (value === undefined || value === null) return [];
  if (!isObject(value)) return [`${name} must be { amount: "10.00", currencyCode: "USD" }, not ${shown(value)}`];
  const { amount, currencyCode } = value;
  const problems = [];
  if (
    !/^\d{1,15}(\.\d{1,2})?$/.test(
      typeof amount === "number" ? String(amount) : typeof amount === "string" ? amount : "",
    )
  ) {
    problems.push(`${name}.amount must be a decimal text such as "10.00", not ${shown(amount)}`);
  }
  if (typeof currencyCode !== "string" || !/^[A-Z]{3}$/.test(currencyCode)) {
    problems.push(`${name}.currencyCode must be a currency such as USD, not ${shown(currencyCode)}`);
  }
  return problems;
}

/**
 * @param {PayConfig} config
 * @param {boolean} needed
 * @returns {string[]}
 */
function startProblems(config, needed) {
  const signIn = config.productType === "SignIn";
  const name = signIn ? "signInConfig" : "createCheckoutSessionConfig";
  const signed = config[name];
  const source = config.createCheckoutSession;
  if (signIn && config.createCheckoutSessionConfig !== undefined) {
    return ["productType SignIn takes signInConfig, not createCheckoutSessionConfig"];
  }
  if (!signIn && config.signInConfig !== undefined) {
    return [
      `signInConfig is for productType SignIn; this button's productType is ${shown(config.productType ?? "PayAndShip")}`,
    ];
  }
  if (signed !== undefined && source !== undefined) return [`give either ${name} or createCheckoutSession, not both`];
  if (source !== undefined) return sourceProblems(source);
  if (signed === undefined) return needed ? [`${name} is required here: { payloadJSON, signature, algorithm }`] : [];
  return signedProblems(name, signed, config.publicKeyId);
}

/** @param {unknown} source @returns {string[]} */
function sourceProblems(source) {
  if (!isObject(source)) return [`createCheckoutSession must be { url }, not ${shown(source)}`];
  const problems = [];
  if (typeof source.url !== "string" || source.url === "") {
    problems.push(
      "createCheckoutSession.url is required: the address at your server that answers with { checkoutSessionId }",
    );
  }
  const extract = source.extractAmazonCheckoutSessionId;
  if (extract !== undefined && typeof extract !== "string" && typeof extract !== "function") {
    problems.push("createCheckoutSession.extractAmazonCheckoutSessionId must be a function or the name of a member");
  }
  return problems;
}

/**
 * @param {string} name
 * @param {unknown} signed
 * @param {unknown} outerKeyId
 * @returns {string[]}
 */
function signedProblems(name, signed, outerKeyId) {
  if (!isObject(signed)) return [`${name} must be { payloadJSON, signature, algorithm }, not ${shown(signed)}`];
  const problems = [];
  if (typeof signed.payloadJSON !== "string") {
    problems.push(
      `${name}.payloadJSON must be the very text that was signed, not ${shown(signed.payloadJSON)}` +
        (isObject(signed.payloadJSON) ? "; hand the server's JSON text through as a string, do not rebuild it" : ""),
    );
  } else {
    try {
      JSON.parse(signed.payloadJSON);
    } catch {
      const escaped = signed.payloadJSON.includes("&quot;") ? "; it is HTML-escaped (&quot;): unescape it first" : "";
      problems.push(`${name}.payloadJSON is not JSON${escaped}`);
    }
  }
  if (typeof signed.signature !== "string" || signed.signature === "") {
    problems.push(`${name}.signature is required: the base64 text that your server made for payloadJSON`);
  }
  const algorithms = ["AMZN-PAY-RSASSA-PSS", "AMZN-PAY-RSASSA-PSS-V2"];
  if (
    signed.algorithm !== undefined &&
    (typeof signed.algorithm !== "string" || !algorithms.includes(signed.algorithm))
  ) {
    problems.push(`${name}.algorithm must be ${algorithms.join(" or ")}, not ${shown(signed.algorithm)}`);
  }
  const keyId = signed.publicKeyId ?? outerKeyId;
  if (typeof keyId !== "string" || keyId === "") {
    problems.push(`publicKeyId is required: beside merchantId or inside ${name}`);
  }
  return problems;
}
