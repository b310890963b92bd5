import type { AlgorithmName } from "../signing/algorithms.ts";
import type { BuyerScope } from "./buyer.ts";
import type { CheckoutSessionCreate, ProductType } from "./checkout-session.ts";
import type { Open } from "./open.ts";
import type { CurrencyCode, PriceInput } from "./price.ts";

/** Payload of a sign-in button. */
export interface SignInPayload {
  /** Where the buyer comes back to, with `buyerToken` in the address. */
  readonly signInReturnUrl: string;
  /** Where the buyer goes on cancelling. Default: the page with the button. */
  readonly signInCancelUrl?: string | null;
  /** The "Login with Amazon" client id of Seller Central. */
  readonly storeId: string;
  /** Buyer data to be shared. Default: the buyer's id alone. */
  readonly signInScopes?: readonly BuyerScope[] | null;
}

/** Payload of a checkout button: one-time, recurring, payment method on file, additional payment button, multi-address. */
export type CheckoutPayload = CheckoutSessionCreate;

/** A signed payload. It stays valid as long as the payload does not change. */
export interface SignedButton {
  /** Exactly the text that was signed. The page must pass on this text unchanged. */
  readonly payloadJSON: string;
  /** Base64. */
  readonly signature: string;
  /** Must be passed to the page: the script's default differs from that of the official server SDKs. */
  readonly algorithm: AlgorithmName;
  /** Id of the key pair that signed; the page passes it on. */
  readonly publicKeyId: string;
  /** Which member of the page's configuration takes it. */
  readonly kind: "checkout" | "sign-in";
}

/** How to render a button. */
export interface ButtonRendering {
  /** The merchant's seller id. */
  readonly merchantId: string;
  /** Currency of the merchant's account: `USD`, `EUR`, `GBP` or `JPY`. */
  readonly ledgerCurrency: CurrencyCode;
  /** Which kind of page the button stands on. */
  readonly placement: Open<"Home" | "Product" | "Cart" | "Checkout" | "Other">;
  /** Default: `SignIn` for a sign-in payload, otherwise the script's own, `PayAndShip`. */
  readonly productType?: ProductType;
  /** Language of button and hosted pages: `en_US` in the US, `ja_JP` in Japan, the others in the EU. */
  readonly checkoutLanguage?: Open<"en_US" | "en_GB" | "de_DE" | "fr_FR" | "it_IT" | "es_ES" | "ja_JP">;
  /** Default `Gold`. */
  readonly buttonColor?: Open<"Gold" | "LightGray" | "DarkGray">;
  /** Shown as an estimate; not binding. */
  readonly estimatedOrderAmount?: PriceInput;
  /** Id of the element that becomes the button. Default `AmazonPayButton`. */
  readonly elementId?: string;
  /** Nonce of the page's content security policy. */
  readonly nonce?: string;
  /** Address of the script. Default: the region's; a sandbox on this machine has its own. */
  readonly scriptUrl?: string;
}
