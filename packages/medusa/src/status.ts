import { type PaymentRecord, stepOf } from "@amazon-pay-kit/payments";
import type { PaymentSessionStatus } from "@medusajs/framework/types";

/** How Medusa calls what a payment is. A capture of a part leaves it authorized: Medusa counts captures itself. */
export function statusOf(record: PaymentRecord): PaymentSessionStatus {
  switch (stepOf(record)) {
    case "captured":
      return "captured";
    case "authorized":
    case "partially-captured":
      return "authorized";
    case "pending":
      return "pending_authorization";
    case "declined":
      return "error";
    case "canceled":
      return "canceled";
    default:
      return "requires_more";
  }
}
