import type { Open } from "./open.ts";

/** Currencies that are known to occur. */
export type CurrencyCode = Open<
  "USD" | "EUR" | "GBP" | "JPY" | "AUD" | "CHF" | "DKK" | "HKD" | "NOK" | "NZD" | "SEK" | "ZAR"
>;

/** An amount as the service writes it. */
export interface Price {
  /** Decimal text with a point, at most two decimals, none for JPY: `"10.50"`, `"1000"`. */
  amount: string;
  /** ISO 4217. */
  currencyCode: CurrencyCode;
}

/** An amount as an integer of minor units: the kit's money type, taken by its shape. */
export interface MoneyLike {
  /** Cents, or yen: `1050n` is 10.50 USD or 1050 JPY. */
  readonly minor: bigint;
  /** ISO 4217, for example `USD`. */
  readonly currency: string;
}

/** An amount as a request takes it. */
export type PriceInput = Readonly<Price> | MoneyLike;
