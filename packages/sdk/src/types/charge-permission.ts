import type { Address } from "./address.ts";
import type { BuyerDetails } from "./buyer.ts";
import type { ChargePermissionType } from "./checkout-session.ts";
import type { Timestamp } from "./instant.ts";
import type { MerchantMetadata, MerchantMetadataInput, RecurringMetadata, RecurringMetadataInput } from "./metadata.ts";
import type { Open } from "./open.ts";
import type { PaymentPreference } from "./payment-details.ts";
import type { CurrencyCode, Price } from "./price.ts";
import type { ReleaseEnvironment } from "./status.ts";

/** States of a charge permission. */
export type ChargePermissionState = "Chargeable" | "NonChargeable" | "Closed";

/** Why a permission cannot be charged now, or why it was closed. */
export type ChargePermissionReason =
  | "PaymentMethodInvalid"
  | "PaymentMethodDeleted"
  | "BillingAddressDeleted"
  | "PaymentMethodExpired"
  | "PaymentMethodNotAllowed"
  | "PaymentMethodNotSet"
  | "AmountNotSet"
  | "ChargeInProgress"
  | "MFAFailed"
  | "TransactionAmountExceeded"
  | "MerchantCanceled"
  | "MerchantClosed"
  | "BuyerCanceled"
  | "BuyerClosed"
  | "AmazonCanceled"
  | "AmazonClosed"
  | "Expired";

/** A charge permission: reference 4.2, in the order of a live answer. */
export interface ChargePermission {
  chargePermissionId: string;
  chargePermissionReferenceId: string | null;
  platformId: string | null;
  /** Readable for 30 days after creation, for subscriptions while they are open and 30 days more. */
  buyer: BuyerDetails | null;
  shippingAddress: Address | null;
  billingAddress: Address | null;
  paymentPreferences: (PaymentPreference | null)[] | null;
  /** Has a list of reasons, unlike the other objects. */
  statusDetails: {
    state: Open<ChargePermissionState>;
    reasons: { reasonCode: Open<ChargePermissionReason>; reasonDescription: string | null }[] | null;
    lastUpdatedTimestamp: Timestamp;
  };
  creationTimestamp: Timestamp;
  /** Null for a payment method on file. */
  expirationTimestamp: Timestamp | null;
  merchantMetadata: MerchantMetadata | null;
  releaseEnvironment: ReleaseEnvironment;
  limits: {
    /** All that may be charged; for a subscription, in a month. */
    amountLimit: Price | null;
    /** What is left of it. */
    amountBalance: Price | null;
  } | null;
  chargePermissionType: ChargePermissionType;
  recurringMetadata: RecurringMetadata | null;
  presentmentCurrency: CurrencyCode | null;
}

/** Request of `chargePermissions.update`. */
export interface ChargePermissionUpdate {
  readonly merchantMetadata?: MerchantMetadataInput | null;
  readonly recurringMetadata?: RecurringMetadataInput | null;
}

/** Request of `chargePermissions.close`. */
export interface ChargePermissionClose {
  /** At most 255 characters. */
  readonly closureReason: string;
  /** Whether to cancel open charges too. Default false. */
  readonly cancelPendingCharges?: boolean | null;
}
