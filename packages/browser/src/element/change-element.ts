import { bindChangeAction, type ChangeActionOptions } from "../change-action/bind.ts";
import { defineProperties, ElementBase, takeEarlyProperties } from "./base.ts";
import { CHANGE_ATTRIBUTES } from "./options-of.ts";

const PROPERTIES: readonly string[] = Object.values(CHANGE_ATTRIBUTES);

/** Options of a change action as properties of its element. */
export interface AmazonPayChangeElement extends HTMLElement, Partial<Omit<ChangeActionOptions, "nonce">> {}

/**
 * `<amazon-pay-change>`: a click on what it holds leads the buyer back to Amazon, to choose address or payment again. A problem is
 * told by the event `amazon-pay-problem`.
 *
 * @example
 * <amazon-pay-change checkout-session-id="…" change-action="changeAddress" region="eu"><button>Change</button></amazon-pay-change>
 */
export class ChangeElement extends ElementBase {
  static readonly observedAttributes: readonly string[] = Object.keys(CHANGE_ATTRIBUTES);

  readonly #given = new Map<string, unknown>();
  #planned = false;
  #bound = "";

  static {
    defineProperties(
      this.prototype,
      PROPERTIES,
      (element) => (element as ChangeElement).#given,
      (element) => (element as ChangeElement).#plan(),
    );
  }

  /** Called by the browser. */
  connectedCallback(): void {
    takeEarlyProperties(this, PROPERTIES);
    this.#plan();
  }

  /** Called by the browser. */
  attributeChangedCallback(): void {
    this.#plan();
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      if (this.isConnected) this.#bind();
    });
  }

  #bind(): void {
    const options: Record<string, unknown> = {};
    for (const [attribute, option] of Object.entries(CHANGE_ATTRIBUTES)) {
      const text = this.getAttribute(attribute);
      if (text !== null) options[option] = text;
    }
    for (const [name, value] of this.#given) if (value !== undefined) options[name] = value;
    const key = JSON.stringify(options);
    if (key === this.#bound) return;
    this.#bound = key;
    // Amazon's script cannot let go of an element, so each binding has an element of its own around what this one holds.
    const around = document.createElement("span");
    around.style.display = "contents";
    const before = this.firstElementChild;
    const content = before instanceof HTMLSpanElement && before.dataset["amazonPayKit"] === "" ? before : this;
    around.dataset["amazonPayKit"] = "";
    around.append(...content.childNodes);
    this.replaceChildren(around);
    const nonce = this.nonce === undefined || this.nonce === "" ? {} : { nonce: this.nonce };
    void bindChangeAction(around, { ...options, ...nonce }, (problem) => {
      this.dispatchEvent(new CustomEvent("amazon-pay-problem", { detail: problem, bubbles: true, composed: true }));
    }).then((done) => {
      if (!done && this.#bound === key) this.#bound = "";
    });
  }
}
