import { showPrice } from "../../engine/amounts.ts";
import type { Dispute } from "../../engine/objects/index.ts";
import type { Settings } from "../../settings.ts";
import { showEnvironment, showMoment } from "./moments.ts";

/** A dispute with the members of a live answer, in their order; its times in the form of the sandbox's setting. */
export function showDispute(dispute: Dispute, form: Settings["disputeTimes"]): unknown {
  const moment = form === "iso" ? showMoment : seconds;
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
      [form === "iso" ? "lastUpdatedTimestamp" : "lastUpdated"]: moment(dispute.lastUpdatedAt),
    },
    merchantEvidences: dispute.merchantEvidences,
    merchantResponseDeadline: moment(dispute.merchantResponseDeadlineAt),
    resolutionAuthority: dispute.takesMoney ? "Amazon" : "Provider",
    creationTimestamp: moment(dispute.createdAt),
  };
}

const seconds = (instant: number | null): number | null => (instant === null ? null : Math.floor(instant / 1000));
