/** An amount as Amazon's script takes it. */
export interface PayAmount {
  /** Decimal text with a point: `"10.50"`, JPY `"1000"`. */
  readonly amount: string;
  /** `USD`, `EUR`, `GBP`, `JPY` or another currency that Amazon Pay takes. */
  readonly currencyCode: string;
}

/** A signed payload as the script takes it. */
export interface SignedConfig {
  /** Exactly the text that was signed. */
  readonly payloadJSON: string;
  /** Base64. */
  readonly signature: string;
  /** The script's default is `AMZN-PAY-RSASSA-PSS`; the kit signs with the second one and says so. */
  readonly algorithm?: "AMZN-PAY-RSASSA-PSS" | "AMZN-PAY-RSASSA-PSS-V2";
  /** Where it does not stand beside `merchantId`. */
  readonly publicKeyId?: string;
}

/** The older way to start: the merchant's server makes the session and answers with its id. */
export interface SessionSource {
  readonly url: string;
  /** Default `POST`. */
  readonly method?: string;
  /** Name of the member of the answer, or a function that finds the id. Default `checkoutSessionId`. */
  readonly extractAmazonCheckoutSessionId?: string | ((answer: unknown) => string);
}

/** A buyer's address in an event: as much of it as is known before the order is placed. */
export interface BuyerAddress {
  readonly name?: string | null;
  readonly addressLine1?: string | null;
  readonly addressLine2?: string | null;
  readonly addressLine3?: string | null;
  readonly city?: string | null;
  readonly county?: string | null;
  readonly district?: string | null;
  readonly stateOrRegion?: string | null;
  readonly postalCode?: string | null;
  readonly countryCode?: string | null;
  readonly phoneNumber?: string | null;
}

/** What an event of an express checkout holds. The script may put in more than is listed. */
export interface CheckoutEvent {
  readonly amazonCheckoutSessionId?: string;
  readonly checkoutLanguage?: string;
  readonly scopes?: readonly string[];
  readonly shippingAddress?: BuyerAddress;
  readonly [member: string]: unknown;
}

/** A way of delivery that the buyer may choose. */
export interface DeliveryOption {
  readonly id: string;
  readonly price: PayAmount;
  readonly shippingMethod: { readonly shippingMethodName: string; readonly shippingMethodCode?: string };
  readonly isDefault?: boolean;
  readonly discountedPrice?: PayAmount;
}

/** One article of the cart. */
export interface LineItem {
  readonly id: string;
  readonly title: string;
  readonly quantity: string;
  readonly listPrice: PayAmount;
  readonly discountedPrice?: PayAmount;
  readonly totalListPrice: PayAmount;
  readonly [member: string]: unknown;
}

/** What the page answers to an event: the order as it stands now. */
export interface CheckoutUpdate {
  readonly totalShippingAmount?: PayAmount;
  readonly totalBaseAmount?: PayAmount;
  readonly totalTaxAmount?: PayAmount;
  readonly totalOrderAmount?: PayAmount;
  readonly totalChargeAmount?: PayAmount;
  readonly totalDiscountAmount?: PayAmount;
  readonly lineItems?: readonly LineItem[];
  readonly deliveryOptions?: readonly DeliveryOption[];
  readonly [member: string]: unknown;
}

/** An answer, at once or later. */
export type UpdateAnswer = CheckoutUpdate | Promise<CheckoutUpdate>;

/** Callbacks of a checkout that the page accompanies (express checkout, "Buy Now"). The server finalizes it and does not complete it. */
export interface PayCallbacks {
  /** The buyer has opened the checkout. */
  readonly onInitCheckout?: (event: CheckoutEvent) => UpdateAnswer;
  readonly onShippingAddressSelection?: (event: CheckoutEvent) => UpdateAnswer;
  readonly onDeliveryOptionSelection?: (event: CheckoutEvent) => UpdateAnswer;
  readonly onGiftWrapOptionSelection?: (event: CheckoutEvent) => UpdateAnswer;
  /** The buyer has chosen points or a promotion code of the merchant. */
  readonly onMerchantManagedPaymentMethodSelection?: (event: CheckoutEvent) => UpdateAnswer;
  /** The buyer has agreed: finalize the session at the server. */
  readonly onCompleteCheckout?: (event: CheckoutEvent) => unknown;
  /** The buyer has closed the checkout. */
  readonly onCancel?: (event: CheckoutEvent) => unknown;
  readonly onError?: (error: unknown) => unknown;
}

/** Names of all callbacks. */
export const CALLBACKS = [
  "onInitCheckout",
  "onShippingAddressSelection",
  "onDeliveryOptionSelection",
  "onGiftWrapOptionSelection",
  "onMerchantManagedPaymentMethodSelection",
  "onCompleteCheckout",
  "onCancel",
  "onError",
] as const satisfies readonly (keyof PayCallbacks)[];

/** The second argument of `amazon.Pay.renderButton`. */
export interface PayConfig extends PayCallbacks {
  /** The seller id. */
  readonly merchantId: string;
  readonly publicKeyId?: string;
  readonly ledgerCurrency: string;
  readonly placement: string;
  readonly productType?: string;
  readonly checkoutLanguage?: string;
  readonly buttonColor?: string;
  /** Not needed with a key whose id begins with `SANDBOX-` or `LIVE-`. */
  readonly sandbox?: boolean;
  readonly estimatedOrderAmount?: PayAmount;
  readonly createCheckoutSessionConfig?: SignedConfig;
  readonly signInConfig?: SignedConfig;
  readonly createCheckoutSession?: SessionSource;
}

/** What `renderButton` gives. */
export interface PayButton {
  /** For a button that was rendered without a payload: what a click does. */
  onClick(handler: (event: Event) => void): void;
  /** Starts the checkout of such a button. */
  initCheckout(config: Partial<PayConfig>): void;
  /** Shows another estimate. */
  updateButtonInfo(amount: PayAmount): void;
}

/** What an element of the review page lets the buyer choose again. */
export type ChangeAction = "changeAddress" | "changePayment";

/** The second argument of `amazon.Pay.bindChangeAction`. */
export interface ChangeActionConfig {
  /** The id that came with the buyer to the review page. */
  readonly amazonCheckoutSessionId: string;
  readonly changeAction: ChangeAction;
}

/** `amazon.Pay`, as Amazon's `checkout.js` defines it. */
export interface AmazonPayScript {
  /** Draws a button into the element of a CSS selector. */
  renderButton(selector: string, config: PayConfig): PayButton;
  /** Starts a checkout without a button, for example from "Place order". */
  initCheckout(config: PayConfig): void;
  /** A click on the element of the selector leads the buyer back to Amazon, to choose again. */
  bindChangeAction(selector: string, config: ChangeActionConfig): void;
  /**
   * Asks the buyer, after a checkout, to turn a one-time permission into a recurring one. What the configuration holds beyond the
   * session's id is Amazon's to say, so it is open here.
   */
  bindUpgradeAction(
    selector: string,
    config: { readonly amazonCheckoutSessionId?: string; readonly [member: string]: unknown },
  ): void;
  /** Ends the buyer's session with Amazon Pay in this browser. */
  signout(): Promise<void> | void;
}

declare global {
  interface Window {
    /** Defined by Amazon's `checkout.js` once it has loaded. */
    amazon?: { readonly Pay?: AmazonPayScript };
  }
}
