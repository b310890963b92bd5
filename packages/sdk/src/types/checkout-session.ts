import type { Address, AddressDetails, AddressInput, AddressWithId } from "./address.ts";
import type { BuyerDetails, BuyerScope } from "./buyer.ts";
import type { Timestamp } from "./instant.ts";
import type {
  MerchantMetadata,
  MerchantMetadataInput,
  ProviderMetadata,
  ProviderMetadataInput,
  RecurringMetadata,
  RecurringMetadataInput,
} from "./metadata.ts";
import type { Open } from "./open.ts";
import type { PaymentDetails, PaymentDetailsInput, PaymentIntent, PaymentPreference } from "./payment-details.ts";
import type { Price, PriceInput } from "./price.ts";
import type { ReleaseEnvironment, StatusDetails } from "./status.ts";

/** What kind of permission a session leads to. */
export type ChargePermissionType = Open<"OneTime" | "Recurring" | "PaymentMethodOnFile">;

/** What a button sells. */
export type ProductType = Open<"PayAndShip" | "PayOnly" | "PayAndShipMultiAddress" | "SignIn">;

/** States of a session. */
export type CheckoutSessionState = "Open" | "Completed" | "Canceled";

/** Why a session was cancelled. */
export type CheckoutSessionReason = "BuyerCanceled" | "Expired" | "AmazonCanceled" | "Declined";

/** Addresses that the buyer's browser goes to. */
export interface WebCheckoutDetails {
  /** Where the buyer goes after choosing address and payment method; null without a review page. */
  checkoutReviewReturnUrl: string | null;
  /** Where the buyer goes after paying; there the shop completes the session. */
  checkoutResultReturnUrl: string | null;
  /** Where to send the buyer; null until `constraints` is empty. */
  amazonPayRedirectUrl: string | null;
  /** Where the buyer goes on cancelling. Null: the page with the button. */
  checkoutCancelUrl?: string | null;
  /** `ProcessOrder` without a review page; otherwise null. */
  checkoutMode?: Open<"ProcessOrder"> | null;
}

/** The same in a request: HTTPS, in the sandbox also `http://localhost`. */
export interface WebCheckoutDetailsInput {
  /**
   * Where the buyer goes after choosing address and payment method; `amazonCheckoutSessionId` is added to its query.
   * Required unless `checkoutMode` is `ProcessOrder`.
   */
  readonly checkoutReviewReturnUrl?: string | null;
  /** Where the buyer goes after paying; `amazonCheckoutSessionId` is added to its query. Needed before the redirect. */
  readonly checkoutResultReturnUrl?: string | null;
  /** Where the buyer goes on cancelling. Default: the page with the button. */
  readonly checkoutCancelUrl?: string | null;
  /** `ProcessOrder` for an additional payment button: no review page. */
  readonly checkoutMode?: Open<"ProcessOrder"> | null;
}

/** Something that is missing before the buyer can be redirected. */
export interface Constraint {
  /** What is missing, for programs. */
  constraintId: Open<
    | "BuyerNotAssociated"
    | "ChargeAmountNotSet"
    | "CheckoutResultReturnUrlNotSet"
    | "PaymentIntentNotSet"
    | "RecurringFrequencyNotSet"
  >;
  /** The same in words. */
  description: string;
}

/** Where goods may not, or may only, be sent. */
export interface DeliverySpecifications {
  /** Kinds of address that are not allowed. */
  readonly specialRestrictions?: readonly Open<"RestrictPOBoxes" | "RestrictPackstations">[] | null;
  /** Countries, states and postal codes that are allowed, or not allowed. */
  readonly addressRestrictions?: {
    readonly type: Open<"Allowed" | "NotAllowed">;
    /** By country code; an empty object means the whole country. */
    readonly restrictions: Readonly<
      Record<string, { readonly statesOrRegions?: readonly string[]; readonly zipCodes?: readonly string[] }>
    >;
  } | null;
}

/** A session, in the order of a live answer. */
export interface CheckoutSession {
  /** UUID. The browser hands it over as `amazonCheckoutSessionId`. */
  checkoutSessionId: string;
  /** Addresses for the buyer's browser; `amazonPayRedirectUrl` in it is where to send the buyer to pay. */
  webCheckoutDetails: WebCheckoutDetails | null;
  /** From the button; null where the server made the session. */
  productType: ProductType | null;
  /** Amount and intent; null once the session is no longer open. */
  paymentDetails: PaymentDetails | null;
  /** Seen in the answer of finalize; not documented. */
  cartDetails?: unknown;
  /** Kind of permission that completion leads to. */
  chargePermissionType: ChargePermissionType | null;
  /** Not documented. */
  orderType: string | null;
  /** Rhythm of a subscription. */
  recurringMetadata: RecurringMetadata | null;
  /** Whether a payment method is merely set up, without a charge. */
  paymentMethodOnFileMetadata: { setupOnly: boolean | null } | null;
  /** Not documented. */
  merchantDetails: unknown;
  /** What the merchant noted on the order. */
  merchantMetadata: MerchantMetadata | null;
  /** JSON text, only on Amazon's instruction. */
  supplementaryData: string | null;
  /** Null until the buyer signs in, and again once the session is no longer open. */
  buyer: BuyerDetails | null;
  /** In the EU, with product type `PayOnly`, or with the scope `billingAddress`; otherwise null. */
  billingAddress: Address | null;
  /** A fresh session has `[null]`. */
  paymentPreferences: (PaymentPreference | null)[] | null;
  /** `Open`, `Completed` or `Canceled`, and why. */
  statusDetails: StatusDetails<CheckoutSessionState, CheckoutSessionReason>;
  /** Where the buyer wants the goods; null until signed in, and again once the session is no longer open. */
  shippingAddress: Address | null;
  /** Multi-address orders only. The service sends each entry as JSON text; the client reads it. */
  shippingAddressList?: AddressWithId[] | null;
  /** Price per address of a multi-address order. */
  multiAddressesCheckoutMetadata?: { addressId: string; price: Price }[] | null;
  /** A solution provider's seller id. */
  platformId: string | null;
  /** Filled by completion: keep it with the order. */
  chargePermissionId: string | null;
  /** Filled by completion, unless the intent was `Confirm`. */
  chargeId: string | null;
  /** Empty when nothing is missing. */
  constraints: Constraint[];
  /** When it was made. */
  creationTimestamp: Timestamp;
  /** 24 hours after creation. */
  expirationTimestamp: Timestamp | null;
  /** Store that it was made for. */
  storeId: string | null;
  /** Payment service providers only. */
  providerMetadata: ProviderMetadata | null;
  /** `Sandbox` or `Live`. */
  releaseEnvironment: ReleaseEnvironment | null;
  /** What Amazon suggests to write on the review page's button; null for the shop's own words. */
  checkoutButtonText: string | null;
  /** Where goods may not, or may only, be sent. */
  deliverySpecifications: DeliverySpecifications | null;
  /** Not documented. */
  tokens?: unknown;
}

interface UpdatableMembers {
  /** Default `OneTime`. */
  readonly chargePermissionType?: ChargePermissionType | null;
  /** Required where the type is `Recurring`. */
  readonly recurringMetadata?: RecurringMetadataInput | null;
  /** Required where the type is `PaymentMethodOnFile`. */
  readonly paymentMethodOnFileMetadata?: { readonly setupOnly?: boolean } | null;
  /**
   * Amount and intent. May follow with `update`, before the buyer is redirected; required where `checkoutMode` is
   * `ProcessOrder`.
   */
  readonly paymentDetails?: PaymentDetailsInput | null;
  /** What the merchant notes on the order; most of it is shown to the buyer. */
  readonly merchantMetadata?: MerchantMetadataInput | null;
  /** JSON text, only on Amazon's instruction. */
  readonly supplementaryData?: string | null;
  /** A solution provider's own seller id. */
  readonly platformId?: string | null;
  /** Payment service providers only. */
  readonly providerMetadata?: ProviderMetadataInput | null;
  /** Price per address, for product type `PayAndShipMultiAddress`. */
  readonly multiAddressesCheckoutMetadata?:
    | readonly { readonly addressId: string; readonly price: PriceInput }[]
    | null;
}

/** Request of `checkoutSessions.create`, and payload of a checkout button. */
export interface CheckoutSessionCreate extends UpdatableMembers {
  /** Where the buyer's browser returns to. */
  readonly webCheckoutDetails: WebCheckoutDetailsInput;
  /** The "Login with Amazon" client id of Seller Central: `amzn1.application-oa2-client.…`. */
  readonly storeId: string;
  /** Buyer data to be shared. Default: all but the billing address. */
  readonly scopes?: readonly BuyerScope[] | null;
  /** An existing permission, for another payment with it or for changing its payment method. */
  readonly chargePermissionId?: string | null;
  /** Where goods may not, or may only, be sent. Cannot be changed later. */
  readonly deliverySpecifications?: DeliverySpecifications | null;
  /** For an additional payment button with shipping. */
  readonly addressDetails?: AddressDetails | null;
}

/** Request of `checkoutSessions.update`: what is left out keeps its value. */
export interface CheckoutSessionUpdate extends UpdatableMembers {
  /** Where the buyer's browser returns to. */
  readonly webCheckoutDetails?: WebCheckoutDetailsInput | null;
}

/** Request of `checkoutSessions.complete`: the amounts must repeat the session's exactly. */
export interface CheckoutSessionComplete {
  /** Left out only where a payment method is merely set up. */
  readonly chargeAmount?: PriceInput | null;
  /** Required where the session has one. */
  readonly totalOrderAmount?: PriceInput | null;
}

/** Request of `checkoutSessions.finalize`. */
export interface CheckoutSessionFinalize {
  /** For goods that are shipped: the address that the buyer chose. */
  readonly shippingAddress?: AddressInput | null;
  /** For product type `PayOnly`. */
  readonly billingAddress?: AddressInput | null;
  /** What the buyer pays now; at most 150,000 USD, EUR or GBP, or 10,000,000 JPY. */
  readonly chargeAmount: PriceInput;
  /** Only where more charges are to follow; becomes the permission's limit. */
  readonly totalOrderAmount?: PriceInput | null;
  /** What completion does: permission alone, authorization, or with capture. */
  readonly paymentIntent: PaymentIntent;
  /** Whether a pending authorization is acceptable. Default false; never together with `AuthorizeWithCapture`. */
  readonly canHandlePendingAuthorization?: boolean | null;
  /** JSON text, only on Amazon's instruction. */
  readonly supplementaryData?: string | null;
}
