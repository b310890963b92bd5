import type { Amount } from "./price.ts";
import type { Status, Transition } from "./status.ts";

export type RefundState = "RefundInitiated" | "Refunded" | "Declined";

/** Money given back for a captured charge; always asynchronous. */
export interface Refund {
  readonly refundId: string;
  readonly chargeId: string;
  readonly chargePermissionId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly amount: Amount;
  readonly softDescriptor: string | null;
  status: Status<RefundState>;
  readonly createdAt: number;
  refundedAt: number | null;
  history: Transition[];
}
