import type { Open } from "./open.ts";
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
  providerReferenceId: string | null;
}

/** The same in a request. */
export interface ProviderMetadataInput {
  readonly providerReferenceId?: string | null;
}

/** Rhythm of a subscription. */
export type FrequencyUnit = Open<"Year" | "Month" | "Week" | "Day" | "Variable">;

/** A subscription as the buyer is told about it. Amazon makes no charges on its own. */
export interface RecurringMetadata {
  frequency: {
    unit: FrequencyUnit;
    /** Whole number as text. */
    value: string;
  } | null;
  /** Null when it varies. */
  amount: Price | null;
}

/** The same in a request. */
export interface RecurringMetadataInput {
  readonly frequency?: { readonly unit?: FrequencyUnit; readonly value?: string | number } | null;
  readonly amount?: PriceInput | null;
}
