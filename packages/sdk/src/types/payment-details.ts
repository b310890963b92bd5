import type { Open } from "./open.ts";
import type { CurrencyCode, Price, PriceInput } from "./price.ts";

/** What happens at completion: a permission alone, an authorization, or an authorization with capture. */
export type PaymentIntent = Open<"Confirm" | "Authorize" | "AuthorizeWithCapture">;

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
  /** Follows the charge amount's currency. */
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
  readonly paymentIntent?: PaymentIntent | null;
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

/** The buyer's way to pay, in words. */
export interface PaymentPreference {
  /** For example `Visa ****1111 (Amazon Pay)`. */
  paymentDescriptor: string | null;
}
