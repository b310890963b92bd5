import { type AmazonPayButtonElement, ButtonElement } from "./button-element.ts";
import { type AmazonPayChangeElement, ChangeElement } from "./change-element.ts";

/** Makes the elements known to the browser; nothing on a server, and nothing the second time. */
export function defineElements(): void {
  const elements = globalThis.customElements;
  if (elements === undefined) return;
  // Another copy of this package in the page may have been first.
  if (elements.get("amazon-pay-button") === undefined) elements.define("amazon-pay-button", ButtonElement);
  if (elements.get("amazon-pay-change") === undefined) elements.define("amazon-pay-change", ChangeElement);
}

declare global {
  interface HTMLElementTagNameMap {
    "amazon-pay-button": AmazonPayButtonElement;
    "amazon-pay-change": AmazonPayChangeElement;
  }
}
