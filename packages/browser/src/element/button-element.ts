import type { PayButton } from "../amazon-pay.ts";
import { type MountedButton, mountButton } from "../button/mount.ts";
import type { ButtonOptions, LooseButtonOptions } from "../button/options.ts";
import type { PayProblem } from "../problem.ts";
import { defineProperties, ElementBase, takeEarlyProperties } from "./base.ts";
import { attributeValue, BUTTON_ATTRIBUTES, BUTTON_PROPERTIES } from "./options-of.ts";

/** Options of a button as properties of its element. */
export interface AmazonPayButtonElement extends HTMLElement, Partial<Omit<ButtonOptions, "nonce" | "signed">> {
  /** What the server signed; `null` while it is on its way. */
  signed?: ButtonOptions["signed"] | null;
}

/**
 * `<amazon-pay-button>`: an Amazon Pay button by attributes or properties. It waits while it has no `signed`.
 *
 * Events: `amazon-pay-ready` (its `detail` is the button that `renderButton` gave) and `amazon-pay-problem` (its `detail` is a
 * {@link PayProblem}); both bubble.
 *
 * @example
 * <amazon-pay-button region="eu" merchant-id="A1…" ledger-currency="EUR" placement="Cart" signed='{"payloadJSON":…}'></amazon-pay-button>
 */
export class ButtonElement extends ElementBase {
  static readonly observedAttributes: readonly string[] = Object.keys(BUTTON_ATTRIBUTES);

  readonly #given = new Map<string, unknown>();
  #mounted: MountedButton | undefined;
  #planned = false;
  #remindedOfSigned = false;

  static {
    defineProperties(
      this.prototype,
      BUTTON_PROPERTIES,
      (element) => (element as ButtonElement).#given,
      (element) => (element as ButtonElement).#plan(),
    );
  }

  /** Called by the browser. */
  connectedCallback(): void {
    takeEarlyProperties(this, BUTTON_PROPERTIES);
    if (this.style.display === "") this.style.display = "block";
    this.#plan();
  }

  /** Called by the browser. */
  disconnectedCallback(): void {
    this.#plan();
  }

  /** Called by the browser. */
  attributeChangedCallback(): void {
    this.#plan();
  }

  /** Several changes in a row make one drawing, and an element that is only moved is not drawn twice. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      this.#draw();
    });
  }

  #draw(): void {
    if (!this.isConnected) {
      this.#mounted?.unmount();
      this.#mounted = undefined;
      return;
    }
    const options = this.#options();
    if (this.#mounted !== undefined) return this.#mounted.update(options);
    this.#mounted = mountButton(this, options, {
      onReady: (button) => this.#tell("amazon-pay-ready", button),
      onProblem: (problem) => this.#tell("amazon-pay-problem", problem),
    });
  }

  #options(): LooseButtonOptions {
    const options: Record<string, unknown> = { signed: null };
    for (const [attribute, option] of Object.entries(BUTTON_ATTRIBUTES)) {
      const text = this.getAttribute(attribute);
      if (text !== null) options[option] = attributeValue(attribute, text);
    }
    for (const [name, value] of this.#given) if (value !== undefined) options[name] = value;
    if (options["signed"] === null) this.#remind();
    // The attribute reads empty once the page's policy has been applied; the property does not.
    return this.nonce === undefined || this.nonce === "" ? options : { ...options, nonce: this.nonce };
  }

  #remind(): void {
    if (this.#remindedOfSigned) return;
    this.#remindedOfSigned = true;
    // oxlint-disable-next-line no-console -- no error, because it may be on its way, but nothing will be seen without it
    console.warn("<amazon-pay-button> waits for `signed`: what `button.create` gave at the server");
  }

  #tell(type: string, detail: PayButton | PayProblem): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
