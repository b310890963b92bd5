import { showPrice } from "../../engine/amounts.ts";
import type { Dispute } from "../../engine/objects/index.ts";
import { showEnvironment } from "./moments.ts";

/** A dispute with the members of a live answer, in their order (reference 4.11); its times are seconds since 1970. */
export function showDispute(dispute: Dispute): unknown {
  return {
    disputeId: dispute.disputeId,
    releaseEnvironment: showEnvironment(dispute.environment),
    chargeId: dispute.chargeId,
    disputeType: dispute.disputeType,
    disputeAmount: showPrice(dispute.amount),
    filingReason: dispute.filingReason,
    statusDetails: {
      state: dispute.state,
      reasonCode: dispute.reasonCode,
      reasonDescription: dispute.reasonDescription,
      resolution: dispute.resolution,
      lastUpdated: seconds(dispute.lastUpdatedAt),
    },
    merchantEvidences: dispute.merchantEvidences,
    merchantResponseDeadline: seconds(dispute.merchantResponseDeadlineAt),
    resolutionAuthority: dispute.takesMoney ? "Amazon" : "Provider",
    creationTimestamp: seconds(dispute.createdAt),
  };
}

const seconds = (instant: number | null): number | null => (instant === null ? null : Math.floor(instant / 1000));
