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

/** A charge: reference 4.8. */
export interface Charge {
  chargeId: string;
  /** Never derive one id from the other: they need not share their beginning. */
  chargePermissionId: string;
  chargeAmount: Price;
  captureAmount: Price | null;
  /** All refunds together. */
  refundedAmount: Price | null;
  softDescriptor: string | null;
  captureNow: boolean | null;
  canHandlePendingAuthorization: boolean | null;
  providerMetadata: ProviderMetadata | null;
  /** In ledger currency; null until captured. */
  convertedAmount: Price | string | null;
  conversionRate: number | string | null;
  channel: Channel | null;
  chargeInitiator: ChargeInitiator | null;
  statusDetails: StatusDetails<ChargeState, ChargeReason>;
  creationTimestamp: Timestamp;
  /** 30 days after creation. */
  expirationTimestamp: Timestamp | null;
  releaseEnvironment: ReleaseEnvironment;
  merchantMetadata: MerchantMetadata | null;
  platformId: string | null;
  /** For a saved payment method that needs the buyer's confirmation. */
  webCheckoutDetails: { checkoutResultReturnUrl: string | null; amazonPayRedirectUrl: string | null } | null;
}

/** Request of `charges.create`. */
export interface ChargeCreate {
  readonly chargePermissionId: string;
  /** At most 150,000 USD, EUR or GBP, or 10,000,000 JPY. */
  readonly chargeAmount: PriceInput;
  /** Authorize and capture together. Default false. */
  readonly captureNow?: boolean | null;
  /** At most 16 characters; only with `captureNow: true`. */
  readonly softDescriptor?: string | null;
  /** Default false; cannot be true with `captureNow: true`. */
  readonly canHandlePendingAuthorization?: boolean | null;
  readonly platformId?: string | null;
  readonly providerMetadata?: ProviderMetadataInput | null;
  readonly merchantMetadata?: MerchantMetadataInput | null;
  readonly chargeInitiator?: ChargeInitiator | null;
  readonly channel?: Channel | null;
  /** Where the buyer returns to when a saved payment method needs confirmation. */
  readonly webCheckoutDetails?: { readonly checkoutResultReturnUrl?: string | null } | null;
}

/** Request of `charges.update`: payment service providers only. */
export interface ChargeUpdate {
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
