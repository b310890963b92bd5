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
