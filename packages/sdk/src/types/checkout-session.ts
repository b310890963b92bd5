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
  checkoutReviewReturnUrl: string | null;
  checkoutResultReturnUrl: string | null;
  /** Where to send the buyer; null until `constraints` is empty. */
  amazonPayRedirectUrl: string | null;
  checkoutCancelUrl?: string | null;
  checkoutMode?: Open<"ProcessOrder"> | null;
}

/** The same in a request: HTTPS, in the sandbox also `http://localhost`. */
export interface WebCheckoutDetailsInput {
  readonly checkoutReviewReturnUrl?: string | null;
  readonly checkoutResultReturnUrl?: string | null;
  readonly checkoutCancelUrl?: string | null;
  /** `ProcessOrder` for an additional payment button: no review page. */
  readonly checkoutMode?: Open<"ProcessOrder"> | null;
}

/** Something that is missing before the buyer can be redirected. */
export interface Constraint {
  constraintId: Open<
    | "BuyerNotAssociated"
    | "ChargeAmountNotSet"
    | "CheckoutResultReturnUrlNotSet"
    | "PaymentIntentNotSet"
    | "RecurringFrequencyNotSet"
  >;
  description: string;
}

/** Where goods may not, or may only, be sent. */
export interface DeliverySpecifications {
  readonly specialRestrictions?: readonly Open<"RestrictPOBoxes" | "RestrictPackstations">[] | null;
  readonly addressRestrictions?: {
    readonly type: Open<"Allowed" | "NotAllowed">;
    /** By country code; an empty object means the whole country. */
    readonly restrictions: Readonly<
      Record<string, { readonly statesOrRegions?: readonly string[]; readonly zipCodes?: readonly string[] }>
    >;
  } | null;
}

/** A session: reference 4.1, in the order of a live answer. */
export interface CheckoutSession {
  checkoutSessionId: string;
  webCheckoutDetails: WebCheckoutDetails | null;
  productType: ProductType | null;
  paymentDetails: PaymentDetails | null;
  /** Seen in the answer of finalize; not documented. */
  cartDetails?: unknown;
  chargePermissionType: ChargePermissionType | null;
  orderType: string | null;
  recurringMetadata: RecurringMetadata | null;
  paymentMethodOnFileMetadata: { setupOnly: boolean | null } | null;
  /** Not documented. */
  merchantDetails: unknown;
  merchantMetadata: MerchantMetadata | null;
  supplementaryData: string | null;
  /** Null until the buyer signs in, and again once the session is no longer open. */
  buyer: BuyerDetails | null;
  billingAddress: Address | null;
  /** A fresh session has `[null]`. */
  paymentPreferences: (PaymentPreference | null)[] | null;
  statusDetails: StatusDetails<CheckoutSessionState, CheckoutSessionReason>;
  shippingAddress: Address | null;
  /** Multi-address orders only. The service sends each entry as JSON text; the client reads it. */
  shippingAddressList?: AddressWithId[] | null;
  multiAddressesCheckoutMetadata?: { addressId: string; price: Price }[] | null;
  platformId: string | null;
  chargePermissionId: string | null;
  chargeId: string | null;
  /** Empty when nothing is missing. */
  constraints: Constraint[];
  creationTimestamp: Timestamp;
  /** 24 hours after creation. */
  expirationTimestamp: Timestamp | null;
  storeId: string | null;
  providerMetadata: ProviderMetadata | null;
  releaseEnvironment: ReleaseEnvironment | null;
  checkoutButtonText: string | null;
  deliverySpecifications: DeliverySpecifications | null;
  /** Not documented. */
  tokens?: unknown;
}

interface UpdatableMembers {
  readonly chargePermissionType?: ChargePermissionType | null;
  /** Required where the type is `Recurring`. */
  readonly recurringMetadata?: RecurringMetadataInput | null;
  /** Required where the type is `PaymentMethodOnFile`. */
  readonly paymentMethodOnFileMetadata?: { readonly setupOnly?: boolean } | null;
  readonly paymentDetails?: PaymentDetailsInput | null;
  readonly merchantMetadata?: MerchantMetadataInput | null;
  /** JSON text, only on Amazon's instruction. */
  readonly supplementaryData?: string | null;
  /** A solution provider's own seller id. */
  readonly platformId?: string | null;
  readonly providerMetadata?: ProviderMetadataInput | null;
  readonly multiAddressesCheckoutMetadata?:
    | readonly { readonly addressId: string; readonly price: PriceInput }[]
    | null;
}

/** Request of `checkoutSessions.create`, and payload of a checkout button. */
export interface CheckoutSessionCreate extends UpdatableMembers {
  readonly webCheckoutDetails: WebCheckoutDetailsInput;
  /** The "Login with Amazon" client id of Seller Central: `amzn1.application-oa2-client.…`. */
  readonly storeId: string;
  /** Buyer data to be shared. Default: all but the billing address. */
  readonly scopes?: readonly BuyerScope[] | null;
  /** An existing permission, for another payment with it or for changing its payment method. */
  readonly chargePermissionId?: string | null;
  readonly deliverySpecifications?: DeliverySpecifications | null;
  /** For an additional payment button with shipping. */
  readonly addressDetails?: AddressDetails | null;
}

/** Request of `checkoutSessions.update`: what is left out keeps its value. */
export interface CheckoutSessionUpdate extends UpdatableMembers {
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
  readonly billingAddress?: AddressInput | null;
  readonly chargeAmount: PriceInput;
  readonly totalOrderAmount?: PriceInput | null;
  readonly paymentIntent: PaymentIntent;
  readonly canHandlePendingAuthorization?: boolean | null;
  readonly supplementaryData?: string | null;
}
