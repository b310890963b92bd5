import { showPrice } from "../../engine/amounts.ts";
import type { Refund } from "../../engine/objects/index.ts";
import { showEnvironment, showMoment } from "./moments.ts";
import { showStatus } from "./status.ts";

/** A refund with the members of a live answer, in their order (docs/amazon-pay/operations.md). */
export function showRefund(refund: Refund): unknown {
  return {
    refundId: refund.refundId,
    chargeId: refund.chargeId,
    refundAmount: showPrice(refund.amount),
    softDescriptor: refund.softDescriptor,
    creationTimestamp: showMoment(refund.createdAt),
    statusDetails: showStatus(refund.status),
    releaseEnvironment: showEnvironment(refund.environment),
  };
}
