import type { CHARGE_REASONS, CHARGE_STATES } from "../operations/states.ts";
import type { Timestamp } from "./instant.ts";
import type { MerchantMetadata, MerchantMetadataInput, ProviderMetadata, ProviderMetadataInput } from "./metadata.ts";
import type { Closed, Open } from "../operations/open.ts";
import type { Price, PriceInput } from "./price.ts";
import type { ReleaseEnvironment, StatusDetails } from "./status.ts";
import type { ChargeId, ChargePermissionId } from "./ids.ts";

/** States of a charge that this version knows; see `isKnownChargeState`. */
export type KnownChargeState = (typeof CHARGE_STATES)[number];

/** State of a charge. */
export type ChargeState = Open<KnownChargeState>;

/** Why a charge was cancelled or declined, as far as this version knows. */
export type KnownChargeReason = (typeof CHARGE_REASONS)[number];

/** Why a charge was cancelled or declined. */
export type ChargeReason = Open<KnownChargeReason>;

/** Who starts a charge with a saved payment method: customer or merchant, unscheduled or recurring. */
export type KnownChargeInitiator = "CITU" | "MITU" | "CITR" | "MITR";

/** Who started a charge with a saved payment method. */
export type ChargeInitiator = Open<KnownChargeInitiator>;

/** Where a charge with a saved payment method comes from. */
export type KnownChannel = "Web" | "Phone" | "App" | "Alexa" | "PointOfSale" | "FireTv" | "Offline" | "Amazon";

/** Where a charge with a saved payment method came from. */
export type Channel = Open<KnownChannel>;

/** A charge. */
export interface Charge {
  /** Keep it with the order: capture, cancel and refund need it. */
  chargeId: ChargeId;
  /** Never derive one id from the other: they need not share their beginning. */
  chargePermissionId: ChargePermissionId;
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
  statusDetails: StatusDetails<KnownChargeState, KnownChargeReason>;
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
  readonly chargePermissionId: ChargePermissionId;
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
  readonly chargeInitiator?: Closed<KnownChargeInitiator> | null;
  /** Saved payment method only: where the charge comes from. */
  readonly channel?: Closed<KnownChannel> | null;
  /** Where the buyer returns to when a saved payment method needs confirmation. */
  readonly webCheckoutDetails?: { readonly checkoutResultReturnUrl?: string | null } | null;
}

/** Request of `charges.update`: payment service providers only. */
export interface ChargeUpdate {
  /** The state that the provider gave the charge, and why. */
  readonly statusDetails: {
    readonly state: Closed<KnownChargeState>;
    readonly reasonCode?: Closed<KnownChargeReason> | null;
  };
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
