import { DAY } from "@amazon-pay-kit/money";
import { DomainError } from "../domain-error.ts";
import type { Engine } from "../engine.ts";
import type { Dispute } from "../objects/index.ts";
import { DISPUTE_OVER } from "../states/state-tables.ts";
import { record } from "../states/move.ts";
import { DECIDE_DISPUTE, DISPUTE_DEADLINE } from "./open-dispute.ts";

/** A contested dispute is decided after so long; the live figure is unknown (decisions/0030-sandbox-unknowns.md). */
const REVIEW_TIME = 10 * DAY;

/** What a change sets. */
export interface DisputeChange {
  readonly state: string;
  readonly reasonCode?: string | null;
  readonly reasonDescription?: string | null;
  readonly resolution?: string | null;
  readonly closedAt?: number | null;
}

/**
 * Takes a dispute to another state. Where Amazon took the money, a resolution for the merchant gives it back.
 *
 * @throws DomainError `InvalidRequest` for a dispute that is over
 */
export function changeDispute(engine: Engine, dispute: Dispute, change: DisputeChange): void {
  if (DISPUTE_OVER.has(dispute.state)) {
    throw new DomainError("InvalidRequest", `The dispute is over: ${dispute.state}.`);
  }
  const { disputeId } = dispute;
  const at = engine.now();
  const reasonCode = change.reasonCode ?? null;
  record(engine, "dispute", disputeId, dispute, { at, from: dispute.state, to: change.state, reasonCode });
  dispute.state = change.state;
  dispute.reasonCode = reasonCode;
  dispute.reasonDescription = change.reasonDescription ?? null;
  dispute.resolution = change.resolution ?? dispute.resolution;
  dispute.lastUpdatedAt = at;
  if (DISPUTE_OVER.has(change.state)) {
    dispute.closedAt = change.closedAt ?? at;
    engine.unschedule(DISPUTE_DEADLINE, disputeId);
    engine.unschedule(DECIDE_DISPUTE, disputeId);
  }
  engine.state.disputes.put(disputeId, dispute);
  engine.bus.emit("dispute.changed", { dispute });
  if (dispute.takesMoney && DISPUTE_OVER.has(change.state) && dispute.resolution === "MerchantWon") {
    engine.bus.emit("dispute.posted", { dispute, direction: "credit" });
  }
}

/**
 * The merchant contests a dispute with evidence: it is under review, and decided later, unless a payment service provider
 * decides it. Evidence for what a provider has decided already is kept, and changes nothing: the official suite hands
 * some in (decisions/0030-sandbox-unknowns.md).
 *
 * @param outcome how the review ends
 * @throws DomainError for a dispute that is over, or whose time for an answer is
 */
export function contestDispute(
  engine: Engine,
  dispute: Dispute,
  evidences: readonly unknown[],
  outcome: "MerchantWon" | "BuyerWon" = "MerchantWon",
): void {
  const deadline = dispute.merchantResponseDeadlineAt;
  if (deadline !== null && engine.now() > deadline) {
    throw new DomainError("InvalidRequest", "The time for contesting the dispute is over.");
  }
  const over = DISPUTE_OVER.has(dispute.state);
  if (over && dispute.takesMoney) throw new DomainError("InvalidRequest", `The dispute is over: ${dispute.state}.`);
  dispute.merchantEvidences.push(...evidences);
  if (over) {
    engine.state.disputes.put(dispute.disputeId, dispute);
    return;
  }
  engine.unschedule(DISPUTE_DEADLINE, dispute.disputeId);
  if (dispute.takesMoney) {
    engine.unschedule(DECIDE_DISPUTE, dispute.disputeId);
    engine.schedule(engine.now() + REVIEW_TIME, DECIDE_DISPUTE, dispute.disputeId, outcome);
  }
  changeDispute(engine, dispute, { state: "UnderReview" });
}

/** Handles the scheduled tasks of disputes. */
export function installDisputes(engine: Engine): void {
  engine.handle(DISPUTE_DEADLINE, ({ subject }) => {
    const dispute = engine.state.disputes.get(subject);
    if (dispute === undefined || DISPUTE_OVER.has(dispute.state)) return;
    changeDispute(engine, dispute, {
      state: "Resolved",
      reasonCode: "MerchantResponseDeadlineExpired",
      resolution: "BuyerWon",
    });
  });
  engine.handle(DECIDE_DISPUTE, ({ subject, payload }) => {
    const dispute = engine.state.disputes.get(subject);
    if (dispute?.state !== "UnderReview") return;
    changeDispute(engine, dispute, {
      state: "Resolved",
      reasonCode: "InvestigatorResolved",
      resolution: payload === "BuyerWon" ? "BuyerWon" : "MerchantWon",
    });
  });
}
