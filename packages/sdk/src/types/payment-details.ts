import type { Closed, Open } from "../operations/open.ts";
import type { CurrencyCode, KnownCurrencyCode, Price, PriceInput } from "./price.ts";

/** What can happen at completion: a permission alone, an authorization, or an authorization with capture. */
export type KnownPaymentIntent = "Confirm" | "Authorize" | "AuthorizeWithCapture";

/** What happens at completion. */
export type PaymentIntent = Open<KnownPaymentIntent>;

/** How a session is paid. */
export interface PaymentDetails {
  /** What completion does. */
  paymentIntent: PaymentIntent | null;
  /** Whether a pending authorization is acceptable; false in a fresh session. */
  canHandlePendingAuthorization: boolean | null;
  /** What the buyer pays now. */
  chargeAmount: Price | null;
  /** What all charges may come to; null where there is one charge only. */
  totalOrderAmount: Price | null;
  /** The charge amount's currency; before there is one, what was given at create. */
  presentmentCurrency: CurrencyCode | null;
  /** Whether more than the order's total may be charged; set when the button is rendered. */
  allowOvercharge: boolean | null;
  /** Whether the permission lasts 13 months in place of 180 days. */
  extendExpiration: boolean | null;
  /** Text on the buyer's statement, after `AMZ* `. */
  softDescriptor: string | null;
  /** An estimate that the checkout shows. */
  estimateOrderTotal?: Price | null;
}

/** The same in a request. */
export interface PaymentDetailsInput {
  /** What completion does: permission alone, authorization, or with capture. Needed before the redirect. */
  readonly paymentIntent?: Closed<KnownPaymentIntent> | null;
  /** Whether a pending authorization is acceptable. Default false; never together with `AuthorizeWithCapture`. */
  readonly canHandlePendingAuthorization?: boolean | null;
  /** Required before the buyer is redirected, except where a payment method is merely set up. */
  readonly chargeAmount?: PriceInput | null;
  /** Only where more charges are to follow; becomes the permission's limit. */
  readonly totalOrderAmount?: PriceInput | null;
  /** Set when the button is rendered. */
  readonly allowOvercharge?: boolean | null;
  /** 13 months in place of 180 days; set when the button is rendered. */
  readonly extendExpiration?: boolean | null;
  /** At most 16 characters; only with `AuthorizeWithCapture`. */
  readonly softDescriptor?: string | null;
  /** An estimate that the checkout shows. */
  readonly estimateOrderTotal?: PriceInput | null;
}

/** The same for a new session or a button's payload. */
export interface NewPaymentDetailsInput extends PaymentDetailsInput {
  /**
   * Currency that the buyer will be charged in, in the EU and UK: with it Amazon offers only the payment methods that can pay in it.
   * It cannot be updated; it follows `chargeAmount.currencyCode` as soon as there is one.
   */
  readonly presentmentCurrency?: Closed<KnownCurrencyCode> | null;
}

/** The buyer's way to pay, in words. */
export interface PaymentPreference {
  /** For example `Visa ****1111 (Amazon Pay)`. */
  paymentDescriptor: string | null;
}
