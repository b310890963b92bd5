import type { Closed, Open } from "../operations/open.ts";
import type { Price, PriceInput } from "./price.ts";

/** What the merchant notes on an order. Store name, reference and note are shown to the buyer. */
export interface MerchantMetadata {
  /** The merchant's own order number; at most 256 characters. */
  merchantReferenceId: string | null;
  /** At most 50 characters. */
  merchantStoreName: string | null;
  /** At most 255 characters. */
  noteToBuyer: string | null;
  /** Private to the merchant; at most 4096 characters. */
  customInformation: string | null;
}

/** The same in a request. */
export type MerchantMetadataInput = { readonly [Name in keyof MerchantMetadata]?: string | null };

/** Payment service providers only. */
export interface ProviderMetadata {
  /** The provider's own id of the payment. */
  providerReferenceId: string | null;
}

/** The same in a request. */
export interface ProviderMetadataInput {
  /** The provider's own id of the payment. */
  readonly providerReferenceId?: string | null;
}

/** Units that a rhythm can have. */
export type KnownFrequencyUnit = "Year" | "Month" | "Week" | "Day" | "Variable";

/** Unit of a subscription's rhythm. */
export type FrequencyUnit = Open<KnownFrequencyUnit>;

/** A subscription as the buyer is told about it. Amazon makes no charges on its own. */
export interface RecurringMetadata {
  /** How often; null where it was not said. */
  frequency: {
    /** Null where it was not said. */
    unit: FrequencyUnit | null;
    /** Whole number as text; null where it was not said. */
    value: string | null;
  } | null;
  /** Null when it varies. */
  amount: Price | null;
}

/** The same in a request. */
export interface RecurringMetadataInput {
  /** How often: for example unit `Month`, value 1. With `Variable` the value is 0 or left out. */
  readonly frequency?: { readonly unit?: Closed<KnownFrequencyUnit>; readonly value?: string | number } | null;
  /** What each charge comes to; null or left out where it varies. */
  readonly amount?: PriceInput | null;
}
