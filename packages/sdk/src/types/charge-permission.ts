import type { CHARGE_PERMISSION_STATES } from "../operations/states.ts";
import type { Address } from "./address.ts";
import type { BuyerDetails } from "./buyer.ts";
import type { ChargePermissionType } from "./checkout-session.ts";
import type { Timestamp } from "./instant.ts";
import type { MerchantMetadata, MerchantMetadataInput, RecurringMetadata, RecurringMetadataInput } from "./metadata.ts";
import type { Open } from "../operations/open.ts";
import type { PaymentPreference } from "./payment-details.ts";
import type { CurrencyCode, Price } from "./price.ts";
import type { ReleaseEnvironment } from "./status.ts";
import type { ChargePermissionId } from "./ids.ts";

/** States of a charge permission that this version knows; see `isKnownChargePermissionState`. */
export type KnownChargePermissionState = (typeof CHARGE_PERMISSION_STATES)[number];

/** State of a charge permission. */
export type ChargePermissionState = Open<KnownChargePermissionState>;

/** Why a permission cannot be charged now, or why it was closed, as far as this version knows. */
export type KnownChargePermissionReason =
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

/** Why a permission cannot be charged now, or why it was closed. */
export type ChargePermissionReason = Open<KnownChargePermissionReason>;

/** A charge permission, in the order of a live answer. */
export interface ChargePermission {
  /** Keep it with the order: charges need it. */
  chargePermissionId: ChargePermissionId;
  /** Not documented. */
  chargePermissionReferenceId: string | null;
  /** A solution provider's seller id. */
  platformId: string | null;
  /** Readable for 30 days after creation, for subscriptions while they are open and 30 days more. */
  buyer: BuyerDetails | null;
  /** Where the goods go; readable as long as `buyer` is. */
  shippingAddress: Address | null;
  /** In the EU, with product type `PayOnly`, or with the scope `billingAddress`; otherwise null. */
  billingAddress: Address | null;
  /** How the buyer pays, in words. */
  paymentPreferences: (PaymentPreference | null)[] | null;
  /** Has a list of reasons, unlike the other objects. */
  statusDetails: {
    state: ChargePermissionState;
    reasons: { reasonCode: ChargePermissionReason; reasonDescription: string | null }[] | null;
    lastUpdatedTimestamp: Timestamp;
  };
  /** When the buyer gave it. */
  creationTimestamp: Timestamp;
  /** Null for a payment method on file. */
  expirationTimestamp: Timestamp | null;
  /** What the merchant noted on the order. */
  merchantMetadata: MerchantMetadata | null;
  /** `Sandbox` or `Live`. */
  releaseEnvironment: ReleaseEnvironment;
  /** How much may be charged, and how much is left. */
  limits: {
    /** All that may be charged; for a subscription, in a month. */
    amountLimit: Price | null;
    /** What is left of it. */
    amountBalance: Price | null;
  } | null;
  /** One order, a subscription, or a payment method on file. */
  chargePermissionType: ChargePermissionType;
  /** Rhythm of a subscription. */
  recurringMetadata: RecurringMetadata | null;
  /** Currency that the buyer pays in. */
  presentmentCurrency: CurrencyCode | null;
}

/** Request of `chargePermissions.update`. */
export interface ChargePermissionUpdate {
  /** What the merchant notes on the order; members that are left out keep their values. */
  readonly merchantMetadata?: MerchantMetadataInput | null;
  /** A changed rhythm: for e-mails to the buyer and for the expiry. Amazon makes no charges on its own. */
  readonly recurringMetadata?: RecurringMetadataInput | null;
}

/** Request of `chargePermissions.close`. */
export interface ChargePermissionClose {
  /** At most 255 characters. */
  readonly closureReason: string;
  /** Whether to cancel open charges too. Default false. */
  readonly cancelPendingCharges?: boolean | null;
}
