import type { Timestamp } from "./instant.ts";
import type { MerchantMetadata, MerchantMetadataInput, ProviderMetadata, ProviderMetadataInput } from "./metadata.ts";
import type { Open } from "./open.ts";
import type { Price, PriceInput } from "./price.ts";
import type { ReleaseEnvironment, StatusDetails } from "./status.ts";

/** States of a charge. */
export type ChargeState =
  | "AuthorizationInitiated"
  | "Authorized"
  | "CaptureInitiated"
  | "Captured"
  | "Canceled"
  | "Declined";

/** Why a charge was cancelled or declined. */
export type ChargeReason =
  | "ExpiredUnused"
  | "AmazonCanceled"
  | "MerchantCanceled"
  | "ChargePermissionCanceled"
  | "BuyerCanceled"
  | "SoftDeclined"
  | "HardDeclined"
  | "AmazonRejected"
  | "ProcessingFailure"
  | "TransactionTimedOut";

/** Who started a charge with a saved payment method: customer or merchant, unscheduled or recurring. */
export type ChargeInitiator = Open<"CITU" | "MITU" | "CITR" | "MITR">;

/** Where a charge with a saved payment method came from. */
export type Channel = Open<"Web" | "Phone" | "App" | "Alexa" | "PointOfSale" | "FireTv" | "Offline" | "Amazon">;

/** A charge. */
export interface Charge {
  /** Keep it with the order: capture, cancel and refund need it. */
  chargeId: string;
  /** Never derive one id from the other: they need not share their beginning. */
  chargePermissionId: string;
  /** What was authorized. */
  chargeAmount: Price;
  /** What was captured of it; null before. */
  captureAmount: Price | null;
  /** All refunds together. */
  refundedAmount: Price | null;
  /** Text on the buyer's statement, after `AMZ* `; null for the store's name. */
  softDescriptor: string | null;
  /** Whether it was authorized and captured together. */
  captureNow: boolean | null;
  /** Whether the merchant accepted a pending authorization. */
  canHandlePendingAuthorization: boolean | null;
  /** Payment service providers only. */
  providerMetadata: ProviderMetadata | null;
  /** In ledger currency; null until captured. */
  convertedAmount: Price | string | null;
  /** `chargeAmount` divided by it gives `convertedAmount`; null until captured. */
  conversionRate: number | string | null;
  /** Where it came from; only with a saved payment method. */
  channel: Channel | null;
  /** Who started it; only with a saved payment method. */
  chargeInitiator: ChargeInitiator | null;
  /** State, and why it was cancelled or declined. */
  statusDetails: StatusDetails<ChargeState, ChargeReason>;
  /** When it was made. */
  creationTimestamp: Timestamp;
  /** 30 days after creation. */
  expirationTimestamp: Timestamp | null;
  /** `Sandbox` or `Live`. */
  releaseEnvironment: ReleaseEnvironment;
  /** What the merchant noted on this charge. */
  merchantMetadata: MerchantMetadata | null;
  /** A solution provider's seller id. */
  platformId: string | null;
  /** For a saved payment method that needs the buyer's confirmation. */
  webCheckoutDetails: { checkoutResultReturnUrl: string | null; amazonPayRedirectUrl: string | null } | null;
}

/** Request of `charges.create`. */
export interface ChargeCreate {
  /** Permission to charge; it must be `Chargeable`. */
  readonly chargePermissionId: string;
  /** At most 150,000 USD, EUR or GBP, or 10,000,000 JPY. */
  readonly chargeAmount: PriceInput;
  /** Authorize and capture together. Default false. */
  readonly captureNow?: boolean | null;
  /** At most 16 characters; only with `captureNow: true`. */
  readonly softDescriptor?: string | null;
  /** Default false; cannot be true with `captureNow: true`. */
  readonly canHandlePendingAuthorization?: boolean | null;
  /** A solution provider's own seller id. */
  readonly platformId?: string | null;
  /** Payment service providers only. */
  readonly providerMetadata?: ProviderMetadataInput | null;
  /**
   * This charge's order number and note, for a subscription or a saved payment method. For one order they stand on the
   * permission.
   */
  readonly merchantMetadata?: MerchantMetadataInput | null;
  /** Saved payment method only: who starts the charge. */
  readonly chargeInitiator?: ChargeInitiator | null;
  /** Saved payment method only: where the charge comes from. */
  readonly channel?: Channel | null;
  /** Where the buyer returns to when a saved payment method needs confirmation. */
  readonly webCheckoutDetails?: { readonly checkoutResultReturnUrl?: string | null } | null;
}

/** Request of `charges.update`: payment service providers only. */
export interface ChargeUpdate {
  /** The state that the provider gave the charge, and why. */
  readonly statusDetails: { readonly state: Open<ChargeState>; readonly reasonCode?: Open<ChargeReason> | null };
}

/** Request of `charges.capture`. */
export interface ChargeCapture {
  /** At most the authorized amount; a charge is captured once. */
  readonly captureAmount: PriceInput;
  /** At most 16 characters. */
  readonly softDescriptor?: string | null;
}

/** Request of `charges.cancel`. */
export interface ChargeCancel {
  /** At most 255 characters. */
  readonly cancellationReason: string;
}
