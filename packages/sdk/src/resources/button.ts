import { renderButton } from "../button/render.ts";
import { payloadText, upgradeText } from "../button/payload.ts";
import type { Requester } from "../client/requester.ts";
import { toBase64 } from "../base64.ts";
import { stringToSign } from "../signing/string-to-sign.ts";
import type { CheckOptions } from "../operations/fields/check.ts";
import type { ButtonRendering, SignedButton, SignedUpgrade, SignInPayload, UpgradePayload } from "../types/button.ts";
import type { CheckoutPayload } from "../types/checkout-session.ts";
import { isObject } from "../kind.ts";

/** Signed payloads for the buttons of a page. No call to the service is made. */
export class Button {
  readonly #requester: Requester;

  constructor(requester: Requester) {
    this.#requester = requester;
  }

  /**
   * Checks and signs a payload: for checkout in all its variants, or for sign-in (a payload with `signInReturnUrl`).
   *
   * @param payload an object, or the exact text to sign
   * @returns the signature with the exact text that it is for; see `renderButton` for the page
   * @example
   * const signed = await client.button.create({
   *   webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/review" },
   *   storeId: "amzn1.application-oa2-client.5f0c1d",
   * });
   * @throws InvalidInputError with the path of each mistake
   */
  async create(payload: CheckoutPayload | SignInPayload | string): Promise<SignedButton> {
    const { payloadJSON, kind } = payloadText(payload, this.#checks());
    return { ...(await this.#signed(payloadJSON)), kind };
  }

  /**
   * Checks and signs the payload of `amazon.Pay.bindUpgradeAction`, which turns a one-time charge permission into recurring
   * payments. What it gives is the second argument of that function.
   *
   * @example
   * const upgrade = await client.button.createUpgrade({
   *   merchantId,
   *   chargePermissionId: "S01-1234567-1234567",
   *   storeId,
   *   webCheckoutDetails: { checkoutResultReturnUrl: "https://shop.example/result" },
   *   recurringMetadata: { frequency: { unit: "Month", value: "1" }, amount: { amount: "19.50", currencyCode: "USD" } },
   * });
   * @see https://developer.amazon.com/docs/amazon-pay-checkout/upgrading-from-onetime-to-recurring.html
   * @throws InvalidInputError with the path of each mistake
   */
  async createUpgrade(payload: UpgradePayload): Promise<SignedUpgrade> {
    return { ...(await this.#signed(upgradeText(payload, this.#checks()))), upgradeAction: "recurringUpgrade" };
  }

  #checks(): CheckOptions {
    const { environment, unknownFields, suggestions } = this.#requester.settings;
    return { environment, unknownFields, textFlags: "refuse", suggest: suggestions?.value };
  }

  async #signed(payloadJSON: string): Promise<Omit<SignedButton, "kind">> {
    const { algorithm, publicKeyId, signer } = this.#requester.settings;
    const signature = await signer.sign(new TextEncoder().encode(stringToSign(payloadJSON, algorithm)), algorithm);
    return { payloadJSON, signature: toBase64(signature), algorithm, publicKeyId };
  }

  /**
   * HTML of a button for this client's region: signs the payload and renders it, with the script of the place that the client
   * calls: Amazon's, or that of the sandbox at `baseUrl`.
   *
   * @param payload as for `create`, or what `create` gave
   * @example
   * const html = await client.button.render(payload, { merchantId, ledgerCurrency: "EUR", placement: "Cart", nonce });
   * @throws InvalidInputError as `create`; ConfigurationError for an option that cannot be rendered safely
   */
  async render(
    payload: CheckoutPayload | SignInPayload | SignedButton | string,
    rendering: ButtonRendering,
  ): Promise<string> {
    const { region, environment } = this.#requester.settings;
    const signed = isSigned(payload) ? payload : await this.create(payload);
    const { scriptUrl } = this;
    const own = scriptUrl === undefined ? {} : { scriptUrl };
    return renderButton(signed, { ...own, region: region.region, environment, ...rendering });
  }

  /** Address of the buttons' script where it is not Amazon's own: that of the sandbox which the client calls; else undefined. */
  get scriptUrl(): string | undefined {
    const { region, origin } = this.#requester.settings;
    return origin === `https://${region.apiHost}` ? undefined : `${origin}/checkout.js`;
  }
}

function isSigned(payload: CheckoutPayload | SignInPayload | SignedButton | string): payload is SignedButton {
  return isObject(payload) && "payloadJSON" in payload;
}
