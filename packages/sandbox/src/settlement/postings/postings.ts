import type { Engine } from "../../engine/engine.ts";
import { convert, settlementCurrency } from "../../engine/exchange.ts";
import type { Charge, ChargePermission, Dispute, Merchant, Movement, Refund } from "../../engine/objects/index.ts";
import { captureFee, type Fee, FEE_SCHEDULES, type FeeSchedule, returnedFee, scheduleAt } from "../fees/index.ts";
import { movementOf } from "../movements.ts";
import { merchantOf } from "../periods/running-period.ts";
import { post } from "../post.ts";
import { booksSettings, type BooksSettings } from "../settings.ts";
import { DESCRIPTION, TRANSACTION_TYPE } from "../transaction-types.ts";

/** What a posting needs to know around a charge. */
export interface ChargeContext {
  readonly merchant: Merchant;
  readonly permission: ChargePermission | undefined;
  readonly settings: BooksSettings;
  /** Currency in which the charge is settled. */
  readonly currency: string;
  readonly schedule: FeeSchedule;
}

/** Merchant, permission, settings and the fee schedule that was valid when the order was placed. */
function contextOf(engine: Engine, charge: Charge): ChargeContext {
  const merchant = merchantOf(engine, charge.merchantId);
  const permission = engine.state.chargePermissions.get(charge.chargePermissionId);
  const settings = booksSettings(engine, merchant);
  const currency = settlementCurrency(merchant, charge.amount.currencyCode);
  const orderedAt = permission?.createdAt ?? charge.createdAt;
  const schedule = scheduleAt(settings.fees, currency, orderedAt) ?? scheduleAt(FEE_SCHEDULES, currency, orderedAt);
  if (schedule === undefined) throw new TypeError(`no fee schedule for ${currency}`);
  return { merchant, permission, settings, currency, schedule };
}

/** What every posting about a charge has in common. */
function aboutCharge(
  charge: Charge,
  context: ChargeContext,
): {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly currency: string;
  readonly charge: Charge;
  readonly permission?: ChargePermission;
} {
  return {
    merchantId: charge.merchantId,
    environment: charge.environment,
    currency: context.currency,
    charge,
    ...(context.permission === undefined ? {} : { permission: context.permission }),
  };
}

/** A credit (positive) or debit (negative) that the service makes of its own accord. */
export interface Adjustment {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly currency: string;
  /** Minor units, signed. */
  readonly amount: bigint;
  readonly description?: string;
}

/** Posts an adjustment to the running settlement. */
export function postAdjustment(engine: Engine, adjustment: Adjustment): Movement {
  const counter = engine.state.extra<{ readonly count: number }>("bookAdjustments");
  const count = (counter.get("count")?.count ?? 0) + 1;
  counter.put("count", { count });
  const { merchantId, environment, currency, amount } = adjustment;
  return post(engine, {
    merchantId,
    environment,
    currency,
    amount,
    type: TRANSACTION_TYPE.adjustments,
    distinction: String(count),
    description: adjustment.description ?? DESCRIPTION.adjustment,
  });
}

/**
 * The id by which old reports know the authorization of a charge: the charge's, with an A for the C of its last part.
 *
 * @example authorizationIdOf("S01-1234567-1234567-C123456") // "S01-1234567-1234567-A123456"
 */
export function authorizationIdOf(chargeId: string): string {
  return chargeId.replace(/-C(\d+)$/, "-A$1");
}

/** An authorization that succeeded and was never captured: its fixed fee alone, where the schedule takes it. */
export function postAuthorizationFee(engine: Engine, charge: Charge): void {
  const context = contextOf(engine, charge);
  const { schedule } = context;
  if (!schedule.uncapturedAuthorization || schedule.fixed === 0n) return;
  post(engine, {
    ...aboutCharge(charge, context),
    type: TRANSACTION_TYPE.authorization,
    transactionId: authorizationIdOf(charge.chargeId),
    amount: 0n,
    fee: { percentage: 0n, fixed: -schedule.fixed },
  });
}

/** Money captured: a credit, less percentage and fixed fee. */
export function postCapture(engine: Engine, charge: Charge): void {
  const context = contextOf(engine, charge);
  const captured = charge.captured ?? charge.amount;
  const amount = convert(captured.minor, captured.currencyCode, context.currency);
  post(engine, {
    ...aboutCharge(charge, context),
    type: TRANSACTION_TYPE.capture,
    transactionId: charge.chargeId,
    amount,
    fee: captureFee(context.schedule, amount, context.settings.crossBorder),
    description: charge.merchantMetadata.noteToBuyer,
  });
}

/** Every movement that gave money of a charge back, or took it again after a won dispute. */
function* movementsBack(engine: Engine, charge: Charge): Generator<Movement> {
  for (const refund of engine.state.refunds.under("charge", charge.chargeId)) {
    const movement = movementOf(engine, TRANSACTION_TYPE.refund, refund.refundId);
    if (movement !== undefined) yield movement;
  }
  for (const dispute of engine.state.disputes.under("charge", charge.chargeId)) {
    for (const type of [TRANSACTION_TYPE.chargeback, TRANSACTION_TYPE.claim]) {
      for (const direction of ["", "reversed"]) {
        const movement = movementOf(engine, type, dispute.disputeId, direction);
        if (movement !== undefined) yield movement;
      }
    }
  }
}

/**
 * The percentage fee that comes back when part of a charge goes back to the buyer: in proportion, and never more in all
 * than was taken with the capture.
 *
 * @param amount in the currency of the settlement, positive
 */
function feeBack(engine: Engine, charge: Charge, amount: bigint): Fee {
  const capture = movementOf(engine, TRANSACTION_TYPE.capture, charge.chargeId);
  if (capture === undefined) return { percentage: 0n, fixed: 0n };
  let remaining = -capture.percentageFee;
  for (const movement of movementsBack(engine, charge)) remaining -= movement.percentageFee;
  return returnedFee(amount, capture.amount, capture.percentageFee, remaining);
}

/** Whether Amazon's own guarantee is claimed, and not the buyer's bank. */
function isClaim(dispute: Dispute): boolean {
  return /^a-?to-?z/i.test(dispute.disputeType);
}

/** Money that a dispute takes from the merchant, or gives back when the merchant won. */
export function postDispute(engine: Engine, dispute: Dispute, direction: "debit" | "credit"): void {
  const charge = engine.state.charges.get(dispute.chargeId);
  if (charge === undefined) return;
  const context = contextOf(engine, charge);
  const type = isClaim(dispute) ? TRANSACTION_TYPE.claim : TRANSACTION_TYPE.chargeback;
  const common = { ...aboutCharge(charge, context), type, transactionId: dispute.disputeId };
  if (direction === "debit") {
    const amount = convert(dispute.amount.minor, dispute.amount.currencyCode, context.currency);
    const description = isClaim(dispute) ? DESCRIPTION.claim : DESCRIPTION.chargeback;
    post(engine, { ...common, amount: -amount, fee: feeBack(engine, charge, amount), description });
    if (!isClaim(dispute) && context.settings.disputeFee === "chargeback") {
      postDisputeFee(engine, dispute, charge, context);
    }
    return;
  }
  const taken = movementOf(engine, type, dispute.disputeId);
  if (taken === undefined) return;
  post(engine, {
    ...common,
    distinction: "reversed",
    amount: -taken.amount,
    fee: { percentage: -taken.percentageFee, fixed: 0n },
    description: isClaim(dispute) ? DESCRIPTION.claimWon : DESCRIPTION.chargebackWon,
  });
}

/** The fee for contesting, where the merchant's setting takes it then; once per dispute. */
export function postContest(engine: Engine, dispute: Dispute): void {
  if (!dispute.takesMoney || dispute.merchantEvidences.length === 0 || isClaim(dispute)) return;
  const charge = engine.state.charges.get(dispute.chargeId);
  if (charge === undefined) return;
  const context = contextOf(engine, charge);
  if (context.settings.disputeFee === "contest") postDisputeFee(engine, dispute, charge, context);
}

function postDisputeFee(engine: Engine, dispute: Dispute, charge: Charge, context: ChargeContext): void {
  if (context.schedule.dispute === 0n) return;
  if (movementOf(engine, TRANSACTION_TYPE.dispute, dispute.disputeId) !== undefined) return;
  post(engine, {
    ...aboutCharge(charge, context),
    type: TRANSACTION_TYPE.dispute,
    transactionId: dispute.disputeId,
    amount: 0n,
    fee: { percentage: 0n, fixed: -context.schedule.dispute },
    description: DESCRIPTION.dispute,
  });
}

/** Money given back: a debit, with the percentage fee back in proportion. */
export function postRefund(engine: Engine, refund: Refund): void {
  const charge = engine.state.charges.get(refund.chargeId);
  if (charge === undefined) return;
  const context = contextOf(engine, charge);
  const amount = convert(refund.amount.minor, refund.amount.currencyCode, context.currency);
  post(engine, {
    ...aboutCharge(charge, context),
    type: TRANSACTION_TYPE.refund,
    transactionId: refund.refundId,
    amount: -amount,
    fee: feeBack(engine, charge, amount),
  });
}
