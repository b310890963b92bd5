import type { Finding } from "../finding.ts";
import { subject } from "../subject.ts";
import type { PlacedTransfer } from "./transfers.ts";

/** A finding about a transfer: its settlement, with file and line. */
export function about(transfer: PlacedTransfer, finding: Pick<Finding, "code" | "amount" | "messages">): Finding {
  return {
    ...finding,
    subject: subject.settlement(transfer.settlementId, transfer.currency),
    settlementId: transfer.settlementId,
    transactionId: null,
    fileId: transfer.fileId,
    line: transfer.line,
    currency: transfer.currency,
  };
}
