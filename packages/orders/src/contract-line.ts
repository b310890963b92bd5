import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import type { OrderEvent } from "./record.ts";

/**
 * An event as `apay records parse` prints it: amounts as plain decimals with exactly the currency's digits, instants in UTC.
 *
 * @example JSON.stringify(toContractLine(event)) // {"type":"record","line":2,"kind":"charge","status":"captured",…}
 */
export function toContractLine(event: OrderEvent): Readonly<Record<string, unknown>> {
  if (event.type === "record") {
    const { type, line, kind, status, orderId, transactionId, referenceId, permissionId, parentTransactionId } = event;
    const { amount, currency, occurredAt } = event;
    return {
      type,
      line,
      kind,
      status,
      orderId,
      transactionId,
      referenceId,
      amount: formatAmount(amount, currency),
      currency,
      occurredAt: formatInstant(occurredAt),
      permissionId,
      parentTransactionId,
    };
  }
  if (event.type !== "summary") return event as unknown as Record<string, unknown>;
  const { type, format, records, errors, skipped, undatedRefunds, notices } = event;
  const sum = Object.values(skipped).reduce((total, count) => total + count, 0);
  return { type, lines: records, errors, skipped: sum, format, skippedBy: skipped, undatedRefunds, notices };
}
