import type { Timestamp, TimestampInput } from "./instant.ts";
import type { CurrencyCode } from "./price.ts";

/** A payout to the merchant's bank: reference 3.28. */
export interface Disbursement {
  sellerId: string;
  settlementId: string;
  amazonDisbursementReferenceId: string | null;
  /** Decimal text. */
  amount: string;
  currencyCode: CurrencyCode;
  /** Extended ISO 8601 with milliseconds. */
  transactionTime: Timestamp;
}

/** Query of `disbursements.list`. */
export interface DisbursementQuery {
  readonly startTime?: TimestampInput;
  readonly endTime?: TimestampInput;
  /** 1 to 100. */
  readonly pageSize?: number;
  /** Stands for a whole query: nothing else may be given with it. */
  readonly nextToken?: string;
}

/** One page of disbursements. */
export interface DisbursementPage {
  disbursements: Disbursement[];
  nextToken?: string | null;
}
