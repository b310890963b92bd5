import { CALLBACKS } from "../amazon-pay.ts";
import type { LooseButtonOptions } from "../button/options.ts";

/** Attributes of the button's element, with the option that each is. */
export const BUTTON_ATTRIBUTES = {
  signed: "signed",
  region: "region",
  "merchant-id": "merchantId",
  "ledger-currency": "ledgerCurrency",
  placement: "placement",
  "product-type": "productType",
  "checkout-language": "checkoutLanguage",
  "button-color": "buttonColor",
  "estimated-order-amount": "estimatedOrderAmount",
  environment: "environment",
  "script-url": "scriptUrl",
  "allow-unlisted": "allowUnlisted",
} as const satisfies Readonly<Record<string, keyof LooseButtonOptions>>;

/** Attributes of the change action's element, with the option that each is. */
export const CHANGE_ATTRIBUTES = {
  "checkout-session-id": "checkoutSessionId",
  "change-action": "changeAction",
  region: "region",
  "script-url": "scriptUrl",
} as const;

/** Names of the properties that the button's element has. */
export const BUTTON_PROPERTIES: readonly string[] = [...Object.values(BUTTON_ATTRIBUTES), ...CALLBACKS];

const JSON_ATTRIBUTES = new Set(["signed", "estimated-order-amount"]);

/** The value of an attribute as an option: JSON where the option is an object; what is no JSON stays text, to be refused as such. */
export function attributeValue(name: string, text: string): unknown {
  if (name === "allow-unlisted") return text !== "false";
  if (!JSON_ATTRIBUTES.has(name)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
