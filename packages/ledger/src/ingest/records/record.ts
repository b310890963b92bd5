/**
 * The merchant's own charge or refund, as a program or a file gives it.
 *
 * @example
 * { kind: "charge", transactionId: "P01-1234567-1234567-C123456", orderId: "1001", amount: "19.99", currency: "EUR",
 *   occurredAt: "2026-01-31T10:00:00Z" }
 */
export interface NewRecord {
  readonly kind: "charge" | "refund";
  /** Charge id or refund id of Amazon Pay. The best thing to have; at least one of the ids is needed. */
  readonly transactionId?: string | null;
  /** Charge that a refund belongs to. */
  readonly parentTransactionId?: string | null;
  /** Merchant reference of the charge (SellerReferenceId of the reports). */
  readonly referenceId?: string | null;
  /** Charge permission (AmazonOrderReferenceId of the reports). */
  readonly permissionId?: string | null;
  /** Number of the order (SellerOrderId of the reports). */
  readonly orderId?: string | null;
  /** Positive for both kinds: a decimal text such as `1049.90` (`1.000` has two readings and is refused), or minor units as `bigint`. */
  readonly amount: string | bigint;
  /** ISO 4217 code of the ledger currency. */
  readonly currency: string;
  /** When it was captured or refunded: any time form of Amazon Pay, or milliseconds since the epoch. */
  readonly occurredAt: string | number;
  /** State in the shop or of the API object; absent counts as captured or refunded. */
  readonly status?: string | null;
}

/** A record that has been checked, together with its place. */
export interface CheckedRecord {
  readonly line: number;
  readonly kind: "charge" | "refund";
  readonly transactionId: string | null;
  readonly parentTransactionId: string | null;
  readonly referenceId: string | null;
  readonly permissionId: string | null;
  readonly orderId: string | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly occurredAt: number;
  readonly status: string;
}

/**
 * What makes two records the same charge or refund: its Amazon Pay id; without one the merchant's reference; without one
 * order, amount and time.
 */
export function identityOf(record: CheckedRecord): string {
  const { kind, transactionId, referenceId } = record;
  if (transactionId !== null) return `${kind} transaction ${transactionId}`;
  if (referenceId !== null) return `${kind} reference ${referenceId}`;
  const order = record.orderId ?? record.permissionId ?? record.parentTransactionId ?? "";
  return `${kind} order ${order} ${record.amount} ${record.currency} ${record.occurredAt}`;
}
