import type { PRODUCT_TYPES } from "../operations/button-facts.ts";
import type { CHECKOUT_SESSION_STATES } from "../operations/states.ts";
import type { Address, AddressDetails, AddressInput, AddressWithId } from "./address.ts";
import type { CartDetails } from "./buy-now.ts";
import type { BuyerDetails, KnownBuyerScope } from "./buyer.ts";
import type { Timestamp } from "./instant.ts";
import type {
  MerchantMetadata,
  MerchantMetadataInput,
  ProviderMetadata,
  ProviderMetadataInput,
  RecurringMetadata,
  RecurringMetadataInput,
} from "./metadata.ts";
import type { Closed, Open } from "../operations/open.ts";
import type {
  KnownPaymentIntent,
  NewPaymentDetailsInput,
  PaymentDetails,
  PaymentDetailsInput,
  PaymentPreference,
} from "./payment-details.ts";
import type { Price, PriceInput } from "./price.ts";
import type { ReleaseEnvironment, StatusDetails } from "./status.ts";
import type { ChargeId, ChargePermissionId, CheckoutSessionId, StoreId } from "./ids.ts";

/** Kinds of permission that a session can lead to. */
export type KnownChargePermissionType = "OneTime" | "Recurring" | "PaymentMethodOnFile";

/** What kind of permission a session leads to. */
export type ChargePermissionType = Open<KnownChargePermissionType>;

/** What a button can sell. */
export type KnownProductType = (typeof PRODUCT_TYPES)[number];

/** What a button sells. */
export type ProductType = Open<KnownProductType>;

/** States of a session that this version knows; see `isKnownCheckoutSessionState`. */
export type KnownCheckoutSessionState = (typeof CHECKOUT_SESSION_STATES)[number];

/** State of a session. */
export type CheckoutSessionState = Open<KnownCheckoutSessionState>;

/** Why a session was cancelled, as far as this version knows. */
export type KnownCheckoutSessionReason = "BuyerCanceled" | "Expired" | "AmazonCanceled" | "Declined";

/** Why a session was cancelled. */
export type CheckoutSessionReason = Open<KnownCheckoutSessionReason>;

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
  /** Where the mobile SDK returns to after an error; only where one was given. */
  checkoutErrorUrl?: string | null;
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
  /** Mobile SDK only, and required there: the universal link that it returns to after an error. */
  readonly checkoutErrorUrl?: string | null;
  /** `ProcessOrder` for an additional payment button: no review page. */
  readonly checkoutMode?: Closed<"ProcessOrder"> | null;
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

/** Kinds of address that can be excluded. */
export type KnownSpecialRestriction = "RestrictPOBoxes" | "RestrictPackstations";

/** Whether the countries that are named are the only ones, or those that are left out. */
export type KnownAddressRestrictionType = "Allowed" | "NotAllowed";

/** Where goods may not, or may only, be sent. */
export interface DeliverySpecifications {
  /** Kinds of address that are not allowed. */
  readonly specialRestrictions?: readonly Open<KnownSpecialRestriction>[] | null;
  /** Countries, states and postal codes that are allowed, or not allowed. */
  readonly addressRestrictions?: {
    readonly type: Open<KnownAddressRestrictionType>;
    /** By country code; an empty object means the whole country. */
    readonly restrictions: Readonly<
      Record<string, { readonly statesOrRegions?: readonly string[]; readonly zipCodes?: readonly string[] }>
    >;
  } | null;
}

/** The same in a request. */
export interface DeliverySpecificationsInput {
  /** Kinds of address that are not allowed. */
  readonly specialRestrictions?: readonly Closed<KnownSpecialRestriction>[] | null;
  /** Countries, states and postal codes that are allowed, or not allowed. */
  readonly addressRestrictions?: {
    readonly type: Closed<KnownAddressRestrictionType>;
    /** By country code; an empty object means the whole country. */
    readonly restrictions: Readonly<
      Record<string, { readonly statesOrRegions?: readonly string[]; readonly zipCodes?: readonly string[] }>
    >;
  } | null;
}

/** A session, in the order of a live answer. */
export interface CheckoutSession {
  /** UUID. The browser hands it over as `amazonCheckoutSessionId`. */
  checkoutSessionId: CheckoutSessionId;
  /** Addresses for the buyer's browser; `amazonPayRedirectUrl` in it is where to send the buyer to pay. */
  webCheckoutDetails: WebCheckoutDetails | null;
  /** From the button; null where the server made the session. */
  productType: ProductType | null;
  /** Amount and intent; null once the session is no longer open. */
  paymentDetails: PaymentDetails | null;
  /** What the page answered to Buy Now's event handlers. Seen in the answer of finalize. */
  cartDetails?: CartDetails | null;
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
  statusDetails: StatusDetails<KnownCheckoutSessionState, KnownCheckoutSessionReason>;
  /** Where the buyer wants the goods; null until signed in, and again once the session is no longer open. */
  shippingAddress: Address | null;
  /** Multi-address orders only. The service sends each entry as JSON text; the client reads it. */
  shippingAddressList?: AddressWithId[] | null;
  /** Price per address of a multi-address order. */
  multiAddressesCheckoutMetadata?: { addressId: string; price: Price }[] | null;
  /** A solution provider's seller id. */
  platformId: string | null;
  /** Filled by completion: keep it with the order. */
  chargePermissionId: ChargePermissionId | null;
  /** Filled by completion, unless the intent was `Confirm`. */
  chargeId: ChargeId | null;
  /** Empty when nothing is missing. */
  constraints: Constraint[];
  /** When it was made. */
  creationTimestamp: Timestamp;
  /** 24 hours after creation. */
  expirationTimestamp: Timestamp | null;
  /** Store that it was made for. */
  storeId: StoreId | null;
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

/** Whether a payment method is merely set up, without a charge. */
export interface PaymentMethodOnFileMetadataInput {
  /** Default false. */
  readonly setupOnly?: boolean | null;
}

/** What kind of permission a new session leads to, and what that kind needs. */
export type ChargePermissionTypeInput =
  | {
      /** Default `OneTime`. */
      readonly chargePermissionType?: Closed<"OneTime"> | null;
      /** Rhythm of a subscription: only for `Recurring`. */
      readonly recurringMetadata?: RecurringMetadataInput | null;
      /** Only for `PaymentMethodOnFile`. */
      readonly paymentMethodOnFileMetadata?: PaymentMethodOnFileMetadataInput | null;
    }
  | {
      /** A subscription: charges in a rhythm, up to a monthly limit. */
      readonly chargePermissionType: "Recurring";
      /** Rhythm of the subscription, as the buyer is told. */
      readonly recurringMetadata: RecurringMetadataInput;
      /** Only for `PaymentMethodOnFile`. */
      readonly paymentMethodOnFileMetadata?: null;
    }
  | {
      /** A saved payment method: charges without a rhythm, up to a monthly limit. */
      readonly chargePermissionType: "PaymentMethodOnFile";
      /** Whether the payment method is merely set up. */
      readonly paymentMethodOnFileMetadata: PaymentMethodOnFileMetadataInput;
      /** Rhythm of a subscription: only for `Recurring`. */
      readonly recurringMetadata?: RecurringMetadataInput | null;
    };

interface UpdatableMembers {
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

/** Members of a new session and of a button's payload alike. */
interface NewSessionMembers extends UpdatableMembers {
  /**
   * Amount and intent. May follow with `update`, before the buyer is redirected; required where `checkoutMode` is
   * `ProcessOrder`.
   */
  readonly paymentDetails?: NewPaymentDetailsInput | null;
  /** The "Login with Amazon" client id of Seller Central: `amzn1.application-oa2-client.…`. */
  readonly storeId: StoreId;
  /** Buyer data to be shared. Default: all but the billing address. */
  readonly scopes?: readonly Closed<KnownBuyerScope>[] | null;
  /** `MOBILE_SDK` for a payload that Amazon Pay's mobile SDK takes. */
  readonly channelType?: Closed<"MOBILE_SDK"> | null;
  /** An existing permission, for another payment with it or for changing its payment method. */
  readonly chargePermissionId?: ChargePermissionId | null;
  /** Where goods may not, or may only, be sent. Cannot be changed later. */
  readonly deliverySpecifications?: DeliverySpecificationsInput | null;
  /** For an additional payment button with shipping. */
  readonly addressDetails?: AddressDetails | null;
}

/** Request of `checkoutSessions.create`. */
export type CheckoutSessionCreate = NewSessionMembers &
  ChargePermissionTypeInput & {
    /** Where the buyer's browser returns to. */
    readonly webCheckoutDetails: WebCheckoutDetailsInput;
  };

/**
 * Payload of a checkout button: one-time, recurring, payment method on file, additional payment button, multi-address, Buy Now. The
 * members of `checkoutSessions.create`.
 */
export type CheckoutPayload = NewSessionMembers &
  ChargePermissionTypeInput & {
    /** Where the buyer's browser returns to. Left out only for Buy Now, where the page handles the checkout itself. */
    readonly webCheckoutDetails?: WebCheckoutDetailsInput | null;
  };

/** Request of `checkoutSessions.update`: what is left out keeps its value. */
export interface CheckoutSessionUpdate extends UpdatableMembers {
  /** Amount and intent; required before the buyer is redirected. */
  readonly paymentDetails?: PaymentDetailsInput | null;
  /** Kind of permission that completion leads to. */
  readonly chargePermissionType?: Closed<KnownChargePermissionType> | null;
  /** Rhythm of a subscription: required once the type is `Recurring`. */
  readonly recurringMetadata?: RecurringMetadataInput | null;
  /** Whether a payment method is merely set up: required once the type is `PaymentMethodOnFile`. */
  readonly paymentMethodOnFileMetadata?: PaymentMethodOnFileMetadataInput | null;
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
  readonly paymentIntent: Closed<KnownPaymentIntent>;
  /** Whether a pending authorization is acceptable. Default false; never together with `AuthorizeWithCapture`. */
  readonly canHandlePendingAuthorization?: boolean | null;
  /** JSON text, only on Amazon's instruction. */
  readonly supplementaryData?: string | null;
}
