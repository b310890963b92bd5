import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { createEngine } from "../../engine/create-engine.ts";
import type { RunningEngine } from "../../engine/engine.ts";
import type { Charge, ChargePermission, Dispute, Merchant, Refund } from "../../engine/objects/index.ts";
import { makeMerchant } from "../../merchants/make-merchant.ts";
import { installBooks } from "../install.ts";

/** First moment of the tests' time. */
export const START = Date.UTC(2026, 0, 5, 10, 20, 30);

/** A shop on an engine of its own, in which nothing but what is named has been installed. */
export function paperShop(
  region: Merchant["region"],
  seed: number | string = 1,
  install: (engine: RunningEngine) => void = installBooks,
): PaperShop {
  const engine = createEngine({ clock: manualClock(START), seed });
  install(engine);
  const merchant = makeMerchant({ region, storeName: "Paper, Pens & Co." }, engine.random, START);
  engine.state.merchants.put(merchant.merchantId, merchant);
  return new PaperShop(engine, merchant);
}

/** A merchant whose charges and refunds are put straight into the state, so that the books can be tried by themselves. */
export class PaperShop {
  readonly engine: RunningEngine;
  readonly merchant: Merchant;
  #order = 0;

  constructor(engine: RunningEngine, merchant: Merchant) {
    this.engine = engine;
    this.merchant = merchant;
  }

  /** Moves the clock on by milliseconds. */
  wait(millis: number): void {
    this.engine.advanceTo(this.engine.now() + millis);
  }

  /** An order with one charge of this amount, authorized and not captured. */
  authorize(minor: bigint, currencyCode = this.merchant.currency): Charge {
    this.#order += 1;
    const { engine, merchant } = this;
    const now = engine.now();
    const chargePermissionId = engine.amazonId("S01");
    const permission: ChargePermission = {
      chargePermissionId,
      merchantId: merchant.merchantId,
      environment: "sandbox",
      type: "OneTime",
      state: "Chargeable",
      reasons: null,
      lastUpdatedAt: now,
      limit: { minor, currencyCode },
      balance: { minor, currencyCode },
      balanceMonth: null,
      presentmentCurrency: currencyCode,
      buyerId: "amzn1.account.PAPER",
      instrumentId: "visa-1111",
      addressId: null,
      merchantMetadata: {
        merchantReferenceId: `ORDER-${this.#order}`,
        merchantStoreName: merchant.storeName,
        noteToBuyer: null,
        customInformation: null,
      },
      recurringMetadata: null,
      platformId: null,
      chargeCount: 1,
      createdAt: now,
      expiresAt: null,
      history: [{ at: now, from: null, to: "Chargeable", reasonCode: null }],
    };
    engine.state.chargePermissions.put(chargePermissionId, permission);
    engine.announcer.tell("permission.changed", { permission });
    const chargeId = engine.childId(chargePermissionId, "C");
    const charge: Charge = {
      chargeId,
      chargePermissionId,
      merchantId: merchant.merchantId,
      environment: "sandbox",
      amount: { minor, currencyCode },
      captured: null,
      refunded: null,
      softDescriptor: null,
      captureNow: false,
      canHandlePendingAuthorization: false,
      channel: "Web",
      chargeInitiator: null,
      providerMetadata: null,
      platformId: null,
      merchantMetadata: {
        merchantReferenceId: `PAY-${this.#order}`,
        merchantStoreName: null,
        noteToBuyer: `Paper for "order ${this.#order}", thank you`,
        customInformation: null,
      },
      status: { state: "Authorized", reasonCode: null, reasonDescription: null, lastUpdatedAt: now },
      authorizedAt: now,
      capturedAt: null,
      createdAt: now,
      expiresAt: now + 30 * 86_400_000,
      history: [{ at: now, from: null, to: "Authorized", reasonCode: null }],
    };
    engine.state.charges.put(chargeId, charge);
    engine.announcer.tell("charge.changed", { charge });
    return charge;
  }

  /** Captures an authorized charge, all of it unless a part is named. */
  capture(charge: Charge, minor = charge.amount.minor): Charge {
    const now = this.engine.now();
    charge.captured = { minor, currencyCode: charge.amount.currencyCode };
    charge.capturedAt = now;
    this.#move(charge, "Captured", null);
    this.engine.announcer.tell("charge.captured", { charge });
    return charge;
  }

  /** An order that is paid at once. */
  sell(minor: bigint, currencyCode?: string): Charge {
    return this.capture(this.authorize(minor, currencyCode));
  }

  /** Lets an authorization end without capture. */
  release(charge: Charge): void {
    this.#move(charge, "Canceled", "MerchantCanceled");
    this.engine.announcer.tell("charge.uncaptured", { charge });
  }

  /** Gives part of a charge back. */
  refund(charge: Charge, minor: bigint): Refund {
    const { engine } = this;
    const now = engine.now();
    const refund: Refund = {
      refundId: engine.childId(charge.chargePermissionId, "R"),
      chargeId: charge.chargeId,
      chargePermissionId: charge.chargePermissionId,
      merchantId: charge.merchantId,
      environment: charge.environment,
      amount: { minor, currencyCode: charge.amount.currencyCode },
      softDescriptor: null,
      status: { state: "Refunded", reasonCode: null, reasonDescription: null, lastUpdatedAt: now },
      createdAt: now,
      refundedAt: now,
      history: [
        { at: now, from: null, to: "RefundInitiated", reasonCode: null },
        { at: now, from: "RefundInitiated", to: "Refunded", reasonCode: null },
      ],
    };
    engine.state.refunds.put(refund.refundId, refund);
    engine.announcer.tell("refund.changed", { refund });
    engine.announcer.tell("refund.refunded", { refund });
    return refund;
  }

  /** A dispute that takes money from the merchant. */
  dispute(charge: Charge, disputeType = "Chargeback", minor = charge.captured?.minor ?? 0n): Dispute {
    const { engine } = this;
    const now = engine.now();
    const dispute: Dispute = {
      disputeId: engine.childId(charge.chargePermissionId, "B"),
      chargeId: charge.chargeId,
      merchantId: charge.merchantId,
      environment: charge.environment,
      disputeType,
      amount: { minor, currencyCode: charge.amount.currencyCode },
      filingReason: "Fraudulent",
      filedAt: now,
      state: "ActionRequired",
      reasonCode: "MerchantResponseRequired",
      reasonDescription: null,
      resolution: null,
      lastUpdatedAt: now,
      merchantResponseDeadlineAt: null,
      merchantEvidences: [],
      closedAt: null,
      createdAt: now,
      history: [{ at: now, from: null, to: "ActionRequired", reasonCode: null }],
    };
    engine.state.disputes.put(dispute.disputeId, dispute);
    engine.announcer.tell("dispute.posted", { dispute, direction: "debit" });
    engine.announcer.tell("dispute.changed", { dispute });
    return dispute;
  }

  /** Ends a dispute in the merchant's favour: the money comes back. */
  win(dispute: Dispute): void {
    dispute.state = "Resolved";
    dispute.resolution = "MerchantWon";
    this.engine.state.disputes.put(dispute.disputeId, dispute);
    this.engine.announcer.tell("dispute.posted", { dispute, direction: "credit" });
  }

  #move(charge: Charge, to: "Captured" | "Canceled", reasonCode: string | null): void {
    const at = this.engine.now();
    charge.history.push({ at, from: charge.status.state, to, reasonCode });
    charge.status = { state: to, reasonCode, reasonDescription: null, lastUpdatedAt: at };
    this.engine.state.charges.put(charge.chargeId, charge);
    this.engine.announcer.tell("charge.changed", { charge });
  }
}
