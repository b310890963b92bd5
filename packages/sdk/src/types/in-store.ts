import type { Closed, Open } from "../operations/open.ts";
import type { KnownLedgerCurrency, PriceInput } from "./price.ts";
import type { ChargeId, ChargePermissionId, RefundId } from "./ids.ts";

/** What the merchant notes on a purchase in a store. */
export interface InStoreMetadata {
  /** At most 255 characters. */
  readonly merchantNote?: string | null;
  /** At most 4096 characters. */
  readonly customInformation?: string | null;
  /** The store's name (at most 50 characters) and the order's number (256). */
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
  /** Currency of the merchant's account; another one is possible in the EU only. */
  readonly ledgerCurrency: Closed<KnownLedgerCurrency>;
  /** What is going to be charged, where it is known. */
  readonly chargeTotal?: PriceInput | null;
  /** Where the point of sale is: the country, two letters. */
  readonly storeLocation?: { readonly countryCode?: string | null } | null;
  /** What the merchant notes on the purchase. */
  readonly metadata?: InStoreMetadata | null;
}

/** Answer of `inStore.scan`. */
export interface InStorePermission {
  /** Permission for `inStore.charge`. */
  chargePermissionId: ChargePermissionId;
}

/** Request of `inStore.charge`. */
export interface InStoreChargeCreate {
  /** From `inStore.scan`. */
  readonly chargePermissionId: ChargePermissionId;
  /** Unique for every charge: the service tells repeats by it. */
  readonly chargeReferenceId: string;
  /** At most 150,000 USD, EUR or GBP, or 10,000,000 JPY. */
  readonly chargeTotal: PriceInput;
  /** Text on the buyer's statement; at most 16 characters. */
  readonly softDescriptor?: string | null;
  /** What the merchant notes on the purchase. */
  readonly metadata?: InStoreMetadata | null;
}

/** Answer of `inStore.charge`. */
export interface InStoreCharge {
  /** Id for `inStore.refund`. */
  chargeId: ChargeId;
  /** How far it is. */
  chargeStatus: { state: Open<"Completed"> };
}

/** Request of `inStore.refund`. */
export interface InStoreRefundCreate {
  /** From `inStore.charge`. */
  readonly chargeId: ChargeId;
  /** Unique for every refund: the service tells repeats by it. */
  readonly refundReferenceId: string;
  /** At most 150,000 USD, EUR or GBP, or 10,000,000 JPY. */
  readonly refundTotal: PriceInput;
  /** Text on the buyer's statement; at most 16 characters. */
  readonly softDescriptor?: string | null;
  /** What the merchant notes on the refund. */
  readonly metadata?: InStoreMetadata | null;
}

/** Answer of `inStore.refund`. */
export interface InStoreRefund {
  /** Id of the refund. */
  refundId: RefundId;
  /** How far it is. */
  refundStatus: { state: Open<"Pending"> };
}
