import type { CURRENCIES, LEDGER_CURRENCIES } from "../operations/fields/shared.ts";
import type { Closed, Open } from "../operations/open.ts";

/** Currencies that Amazon Pay takes. */
export type KnownCurrencyCode = (typeof CURRENCIES)[number];

/** Currency of an answer. */
export type CurrencyCode = Open<KnownCurrencyCode>;

/** Currencies that a merchant's account can be kept in. */
export type KnownLedgerCurrency = (typeof LEDGER_CURRENCIES)[number];

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

/** An amount as a request takes it: in members, as the kit's money type, or an answer's amount handed back. */
export type PriceInput = AmountInput | Readonly<Price> | MoneyLike;

/** An amount in the service's own members. */
export interface AmountInput {
  /** Decimal text with a point, at most two decimals, none for JPY: `"10.50"`, `"1000"`. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currencyCode: Closed<KnownCurrencyCode>;
}
