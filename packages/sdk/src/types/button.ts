import type { BUTTON_COLORS, PLACEMENTS } from "../operations/button-facts.ts";
import type { AlgorithmName } from "../operations/algorithms.ts";
import type { KnownBuyerScope } from "./buyer.ts";
import type { KnownProductType, WebCheckoutDetailsInput } from "./checkout-session.ts";
import type { MerchantMetadataInput, RecurringMetadataInput } from "./metadata.ts";
import type { NewPaymentDetailsInput } from "./payment-details.ts";
import type { Closed } from "../operations/open.ts";
import type { KnownLedgerCurrency, PriceInput } from "./price.ts";
import type { ChargePermissionId, StoreId } from "./ids.ts";

/** Payload of a sign-in button. */
export interface SignInPayload {
  /** Where the buyer comes back to, with `buyerToken` in the address. */
  readonly signInReturnUrl: string;
  /** Where the buyer goes on cancelling. Default: the page with the button. */
  readonly signInCancelUrl?: string | null;
  /** The "Login with Amazon" client id of Seller Central. */
  readonly storeId: StoreId;
  /** Buyer data to be shared. Default: the buyer's id alone. */
  readonly signInScopes?: readonly Closed<KnownBuyerScope>[] | null;
}

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

/**
 * Payload of `amazon.Pay.bindUpgradeAction`: members of a recurring checkout, and the one-time permission that is upgraded.
 * Without `paymentDetails` nothing is charged at once.
 */
export interface UpgradePayload {
  /** The merchant's seller id. */
  readonly merchantId: string;
  /** A one-time charge permission of this merchant. */
  readonly chargePermissionId: ChargePermissionId;
  /** The "Login with Amazon" client id of Seller Central. */
  readonly storeId: StoreId;
  /** Where the buyer comes back to: `checkoutResultReturnUrl` is needed. */
  readonly webCheckoutDetails: WebCheckoutDetailsInput;
  /** Rhythm and amount that the buyer agrees to. */
  readonly recurringMetadata: RecurringMetadataInput;
  /** Amount and intent of the first payment. */
  readonly paymentDetails?: NewPaymentDetailsInput | null;
  /** What the merchant notes on the permission. */
  readonly merchantMetadata?: MerchantMetadataInput | null;
}

/** The second argument of `amazon.Pay.bindUpgradeAction`. */
export interface SignedUpgrade extends Omit<SignedButton, "kind"> {
  /** What the buyer is asked for. */
  readonly upgradeAction: "recurringUpgrade";
}

/** How to render a button. */
export interface ButtonRendering {
  /** The merchant's seller id. */
  readonly merchantId: string;
  /** Currency of the merchant's account: `USD`, `EUR`, `GBP` or `JPY`. */
  readonly ledgerCurrency: Closed<KnownLedgerCurrency>;
  /** Which kind of page the button stands on. */
  readonly placement: Closed<(typeof PLACEMENTS)[number]>;
  /** Default: `SignIn` for a sign-in payload, otherwise the script's own, `PayAndShip`. */
  readonly productType?: Closed<KnownProductType>;
  /** Language of button and hosted pages: `en_US` in the US, `ja_JP` in Japan, the others in the EU. */
  readonly checkoutLanguage?: Closed<"en_US" | "en_GB" | "de_DE" | "fr_FR" | "it_IT" | "es_ES" | "ja_JP">;
  /** Default `Gold`. */
  readonly buttonColor?: Closed<(typeof BUTTON_COLORS)[number]>;
  /** Shown as an estimate; not binding. */
  readonly estimatedOrderAmount?: PriceInput;
  /** Id of the element that becomes the button. Default `AmazonPayButton`. */
  readonly elementId?: string;
  /** Nonce of the page's content security policy. */
  readonly nonce?: string;
  /** Address of the script. Default: the region's; a sandbox on this machine has its own. */
  readonly scriptUrl?: string;
}
