import { DomainError } from "../domain-error.ts";
import { requirePositive } from "../amounts.ts";
import type { Engine } from "../engine.ts";
import type { Amount, Charge, Dispute } from "../objects/index.ts";
import { record } from "../states/move.ts";
import { CONTEST_WINDOW } from "../times.ts";

/** Task: the time for an answer to a dispute is over. */
export const DISPUTE_DEADLINE = "dispute.deadline";
/** Task: a contested dispute is decided; the payload is the resolution. */
export const DECIDE_DISPUTE = "dispute.decide";

/** What a dispute is made from. */
export interface NewDispute {
  readonly amount: Amount;
  readonly disputeType?: "Chargeback" | "AtoZClaim";
  /** Default `Fraudulent`. */
  readonly filingReason?: string;
  readonly filedAt?: number;
  /** Default: the documented window after now. */
  readonly deadlineAt?: number;
  readonly state?: string;
  readonly reasonCode?: string | null;
  readonly reasonDescription?: string | null;
  readonly resolution?: string | null;
  /**
   * Whether Amazon takes the money from the merchant at once, as for a chargeback that a bank filed. A dispute that a
   * payment service provider reports moves no money of Amazon's. Default true.
   */
  readonly takesMoney?: boolean;
}

/**
 * Opens a dispute about a captured charge.
 *
 * @throws DomainError for a charge or amount that cannot be disputed
 */
export function openDispute(engine: Engine, charge: Charge, spec: NewDispute): Dispute {
  requireDisputable(engine, charge, spec.amount, spec.takesMoney ?? true);
  const now = engine.now();
  const disputeType = spec.disputeType ?? "Chargeback";
  const dispute: Dispute = {
    disputeId: engine.childId(charge.chargeId.replace(/-C\d+$/, ""), "B"),
    chargeId: charge.chargeId,
    merchantId: charge.merchantId,
    environment: charge.environment,
    disputeType,
    amount: spec.amount,
    filingReason: spec.filingReason ?? "Fraudulent",
    filedAt: spec.filedAt ?? now,
    state: spec.state ?? "ActionRequired",
    reasonCode: spec.reasonCode === undefined ? "MerchantResponseRequired" : spec.reasonCode,
    reasonDescription: spec.reasonDescription ?? null,
    resolution: spec.resolution ?? null,
    lastUpdatedAt: now,
    merchantResponseDeadlineAt: spec.deadlineAt ?? now + CONTEST_WINDOW[disputeType],
    takesMoney: spec.takesMoney ?? true,
    merchantEvidences: [],
    closedAt: null,
    createdAt: now,
    history: [],
  };
  const { disputeId, state: to, reasonCode } = dispute;
  record(engine, "dispute", disputeId, dispute, { at: now, from: null, to, reasonCode });
  engine.state.disputes.put(disputeId, dispute);
  if (dispute.takesMoney && dispute.merchantResponseDeadlineAt !== null) {
    engine.schedule(dispute.merchantResponseDeadlineAt, DISPUTE_DEADLINE, disputeId);
  }
  engine.bus.emit("dispute.changed", { dispute });
  if (dispute.takesMoney) engine.bus.emit("dispute.posted", { dispute, direction: "debit" });
  return dispute;
}

/**
 * A payment service provider may have ended a charge itself (Update Charge) and taken the money in another way: the
 * official suite disputes such a charge (decisions/0030-sandbox-unknowns.md).
 */
function requireDisputable(engine: Engine, charge: Charge, amount: Amount, takesMoney: boolean): void {
  const endedByProvider = !takesMoney && charge.status.state === "Canceled";
  if (charge.status.state !== "Captured" && !endedByProvider) {
    throw new DomainError(
      "InvalidChargeStatus",
      `Only a captured charge can be disputed; this one is ${charge.status.state}.`,
    );
  }
  requirePositive(amount, "disputeAmount");
  const most = charge.captured ?? charge.amount;
  if (amount.currencyCode !== most.currencyCode) {
    throw new DomainError(
      "CurrencyMismatch",
      `The currency of the dispute must be the currency of the charge: ${most.currencyCode}.`,
    );
  }
  let sum = amount.minor;
  for (const other of engine.state.disputes.under("charge", charge.chargeId)) {
    if (other.resolution !== "MerchantWon") sum += other.amount.minor;
  }
  if (sum > most.minor) {
    throw new DomainError("TransactionAmountExceeded", "The disputes of a charge cannot exceed what was captured.");
  }
}
