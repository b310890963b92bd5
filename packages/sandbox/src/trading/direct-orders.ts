import { cancelCharge, captureCharge, createCharge } from "../engine/payments/charges.ts";
import { contestDispute, openDispute } from "../engine/disputes/index.ts";
import type { Engine } from "../engine/engine.ts";
import type { Charge, Dispute, Merchant, Refund } from "../engine/objects/index.ts";
import { grantPermission } from "../engine/payments/permissions.ts";
import { createRefund } from "../engine/refunds/index.ts";

/** What a shop knows of an order when it is placed. */
export interface Order {
  /** Minor units. */
  readonly minor: bigint;
  readonly currencyCode: string;
  readonly environment: "sandbox" | "live";
  /** The shop's number of the order, and of this payment of it. */
  readonly orderId: string | null;
  readonly referenceId: string | null;
  readonly storeName: string | null;
  readonly note: string | null;
  readonly buyerId: string;
}

/**
 * A shop that trades without HTTP: the engine does what the API would have asked of it. Thousands of orders take a second
 * this way; anyone who wants to try the operations themselves calls the API.
 */
export class DirectOrders {
  readonly engine: Engine;
  readonly merchant: Merchant;

  constructor(engine: Engine, merchant: Merchant) {
    this.engine = engine;
    this.merchant = merchant;
  }

  /** An order whose amount is authorized and not yet captured. */
  placeOrder(placed: Order): Charge {
    const order = { minor: placed.minor, currencyCode: placed.currencyCode };
    const permission = grantPermission(this.engine, {
      merchant: this.merchant,
      environment: placed.environment,
      type: "OneTime",
      order,
      buyer: { buyerId: placed.buyerId, instrumentId: "visa-1111", addressId: null },
      merchantMetadata: { merchantReferenceId: placed.orderId, merchantStoreName: placed.storeName },
      productType: "PayOnly",
    });
    return createCharge(this.engine, permission, {
      amount: order,
      channel: "Web",
      merchantMetadata: {
        merchantReferenceId: placed.referenceId,
        merchantStoreName: placed.storeName,
        noteToBuyer: placed.note,
      },
    });
  }

  /** Captures an authorized charge, all of it unless a part is named. */
  capture(charge: Charge, minor = charge.amount.minor): Charge {
    captureCharge(this.engine, charge, { minor, currencyCode: charge.amount.currencyCode }, null);
    return charge;
  }

  /** Gives an authorization up without capture. */
  release(charge: Charge): void {
    cancelCharge(this.engine, charge, "MerchantCanceled");
  }

  /** Asks for a refund, which goes out half a minute later. */
  refund(charge: Charge, minor: bigint): Refund {
    return createRefund(this.engine, charge, { amount: { minor, currencyCode: charge.amount.currencyCode } });
  }

  /** A dispute that takes what is left of a charge, or a part of it, from the merchant. */
  dispute(charge: Charge, disputeType: "Chargeback" | "AtoZClaim" = "Chargeback", minor?: bigint): Dispute {
    const amount = { minor: minor ?? charge.captured?.minor ?? 0n, currencyCode: charge.amount.currencyCode };
    const filingReason = disputeType === "Chargeback" ? "Fraudulent" : "ProductNotReceived";
    return openDispute(this.engine, charge, { amount, disputeType, filingReason });
  }

  /** Sends evidence against a dispute; it is decided ten days later. */
  contest(dispute: Dispute, outcome: "MerchantWon" | "BuyerWon"): void {
    contestDispute(this.engine, dispute, [{ evidenceType: "TrackingNumber", evidenceText: "1Z-SANDBOX" }], outcome);
  }
}
