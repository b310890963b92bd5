import type { Timestamp, TimestampInput } from "./instant.ts";
import type { CurrencyCode } from "./price.ts";

/** A payout to the merchant's bank. */
export interface Disbursement {
  /** Seller id of the merchant. */
  sellerId: string;
  /** Settlement that the payout belongs to; its report has the rows. */
  settlementId: string;
  /** Reference of the transfer to the bank; null while there is none. */
  amazonDisbursementReferenceId: string | null;
  /** Decimal text. */
  amount: string;
  /** ISO 4217. */
  currencyCode: CurrencyCode;
  /** Extended ISO 8601 with milliseconds. */
  transactionTime: Timestamp;
}

/** Query of `disbursements.list`. */
export interface DisbursementQuery {
  /** Payouts from here on. */
  readonly startTime?: TimestampInput;
  /** Payouts until here. */
  readonly endTime?: TimestampInput;
  /** 1 to 100. */
  readonly pageSize?: number;
  /** Stands for a whole query: nothing else may be given with it. */
  readonly nextToken?: string;
}

/** One page of disbursements. */
export interface DisbursementPage {
  /** In the service's order. */
  disbursements: Disbursement[];
  /** For the next page; null or missing on the last one. */
  nextToken?: string | null;
}
