import type { Open } from "./open.ts";
import type { CurrencyCode, PriceInput } from "./price.ts";

/** What the merchant notes on a purchase in a store. */
export interface InStoreMetadata {
  readonly merchantNote?: string | null;
  readonly customInformation?: string | null;
  readonly communicationContext?: {
    readonly merchantStoreName?: string | null;
    readonly merchantOrderId?: string | null;
  } | null;
}

/** Request of `inStore.scan`. */
export interface InStoreScan {
  /** Contents of the buyer's bar code or QR code. */
  readonly scanData: string;
  /** Unique for every scan: the service tells repeats by it. */
  readonly scanReferenceId: string;
  /** Country where the merchant is established, two letters. */
  readonly merchantCOE: string;
  readonly ledgerCurrency: CurrencyCode;
  readonly chargeTotal?: PriceInput | null;
  readonly storeLocation?: { readonly countryCode?: string | null } | null;
  readonly metadata?: InStoreMetadata | null;
}

/** Answer of `inStore.scan`. */
export interface InStorePermission {
  chargePermissionId: string;
}

/** Request of `inStore.charge`. */
export interface InStoreChargeCreate {
  readonly chargePermissionId: string;
  /** Unique for every charge: the service tells repeats by it. */
  readonly chargeReferenceId: string;
  readonly chargeTotal: PriceInput;
  readonly softDescriptor?: string | null;
  readonly metadata?: InStoreMetadata | null;
}

/** Answer of `inStore.charge`. */
export interface InStoreCharge {
  chargeId: string;
  chargeStatus: { state: Open<"Completed"> };
}

/** Request of `inStore.refund`. */
export interface InStoreRefundCreate {
  readonly chargeId: string;
  /** Unique for every refund: the service tells repeats by it. */
  readonly refundReferenceId: string;
  readonly refundTotal: PriceInput;
  readonly softDescriptor?: string | null;
  readonly metadata?: InStoreMetadata | null;
}

/** Answer of `inStore.refund`. */
export interface InStoreRefund {
  refundId: string;
  refundStatus: { state: Open<"Pending"> };
}
