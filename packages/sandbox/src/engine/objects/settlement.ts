/**
 * One movement of money as the service knows it: the truth that the books are scored against.
 *
 * Amounts are signed as in the settlement file: captures positive, refunds and transfers negative, fees negative on
 * captures and positive where they come back. `net = amount + percentageFee + fixedFee`.
 */
export interface Movement {
  readonly movementId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly postedAt: number;
  /** TransactionType as written: `Capture`, `Refund`, `A-to-z Guarantee Claim`, … */
  readonly type: string;
  readonly transactionId: string | null;
  /** Merchant's reference of the charge or refund. */
  readonly referenceId: string | null;
  readonly permissionId: string | null;
  readonly orderId: string | null;
  readonly storeName: string | null;
  readonly currency: string;
  readonly description: string | null;
  readonly amount: bigint;
  readonly percentageFee: bigint;
  readonly fixedFee: bigint;
  /** Settlement that carries it; null while the settlement runs. */
  settlementId: string | null;
}

/** A closed settlement period in one currency. */
export interface Settlement {
  readonly settlementId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly currency: string;
  readonly startAt: number;
  readonly endAt: number;
  /** Balance carried in: previous reserve and carryover. */
  readonly opening: bigint;
  /** Paid out to the bank, positive; 0 when nothing was transferred. */
  readonly transferred: bigint;
  /** Held back at the end, positive. */
  readonly reserved: bigint;
  /** Taken from the merchant's charge method to clear a negative balance, positive. */
  readonly debt: bigint;
  /** Carried into the next period (reserve not counted); negative when the merchant owes. */
  readonly carryover: bigint;
  readonly disbursementReferenceId: string | null;
  readonly transferredAt: number | null;
  readonly reportId: string | null;
}
