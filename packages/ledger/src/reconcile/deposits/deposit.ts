/** The transfer of a settlement to the bank. */
export interface Transfer {
  readonly settlementId: string;
  readonly currency: string;
  /** Positive. */
  readonly amount: bigint;
  readonly at: number;
  /** What the bank prints, where the disbursement is known. */
  readonly reference: string | null;
}

/** A credit on the bank statement. */
export interface Deposit {
  readonly bankLineId: number;
  readonly bookedAt: number;
  readonly currency: string;
  /** Positive. */
  readonly amount: bigint;
  readonly reference: string | null;
  readonly text: string | null;
  /** Whether its text says that it comes from Amazon Pay. */
  readonly fromAmazonPay: boolean;
}

/**
 * How transfers were found among the deposits, strongest evidence first: the disbursement's reference or the settlement's
 * id in the text; the exact amount within the bank days; several transfers booked as one sum, or one in parts; another
 * currency; an amount that is near (a bank's charge, a slip), of one, of several together or in parts, also after its days;
 * exactly the amount, after its days.
 */
export type DepositRule =
  | "manual"
  | "disbursement-reference"
  | "settlement-id"
  | "amount-and-date"
  | "several-in-one"
  | "one-in-parts"
  | "converted"
  | "near-amount"
  | "late-amount";

/** Transfers and the deposits that they arrived in: one each, or several on one side. */
export interface DepositMatch<T extends Transfer = Transfer> {
  readonly transfers: readonly T[];
  readonly deposits: readonly Deposit[];
  readonly rule: DepositRule;
}

/** What is still to be matched, oldest first, and how long a transfer may take. */
export interface Unmatched<T extends Transfer> {
  readonly transfers: readonly T[];
  readonly deposits: readonly Deposit[];
  /** Business days. */
  readonly bankDays: number;
  /** Currencies that the bank statements have credits in. */
  readonly booked: ReadonlySet<string>;
}

/** One step of the list of rules: takes what it is sure of and leaves the rest. */
export type DepositMatcher = <T extends Transfer>(unmatched: Unmatched<T>) => readonly DepositMatch<T>[];
