import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { createEngine } from "../../engine/create-engine.ts";
import { installCharges } from "../../engine/payments/charge-tasks.ts";
import { changeDispute } from "../../engine/disputes/index.ts";
import { installDisputes } from "../../engine/disputes/change-dispute.ts";
import type { RunningEngine } from "../../engine/engine.ts";
import type { Charge, Dispute, Merchant, Refund } from "../../engine/objects/index.ts";
import { installPermissions } from "../../engine/payments/permission-tasks.ts";
import { installRefunds } from "../../engine/refunds/install.ts";
import { PENDING_REFUND } from "../../engine/times.ts";
import { makeMerchant } from "../../merchants/make-merchant.ts";
import { DirectOrders } from "../../trading/direct-orders.ts";
import { installBooks } from "../module.ts";

/** First moment of the tests' time. */
export const START = Date.UTC(2026, 0, 5, 10, 20, 30);

/** A shop on an engine of its own, in which nothing but what is named has been installed. */
export function shopFixture(
  region: Merchant["region"],
  seed: number | string = 1,
  install: (engine: RunningEngine) => void = installBooks,
): ShopFixture {
  const engine = createEngine({ clock: manualClock(START), seed });
  for (const part of [installPermissions, installCharges, installRefunds, installDisputes, install]) part(engine);
  const merchant = makeMerchant({ region, storeName: "Paper, Pens & Co." }, engine.random, START);
  engine.state.merchants.put(merchant.merchantId, merchant);
  return new ShopFixture(engine, merchant);
}

/** A shop floor with the short words that tests like. */
export class ShopFixture extends DirectOrders {
  declare readonly engine: RunningEngine;
  #order = 0;

  /** Moves the clock on by milliseconds. */
  wait(millis: number): void {
    this.engine.advanceTo(this.engine.now() + millis);
  }

  /** The next order, authorized and not captured: ORDER-1 with the payment PAY-1, and so on. */
  authorize(minor: bigint, currencyCode: string = this.merchant.currency): Charge {
    this.#order += 1;
    return this.placeOrder({
      minor,
      currencyCode,
      environment: "sandbox",
      orderId: `ORDER-${this.#order}`,
      referenceId: `PAY-${this.#order}`,
      storeName: this.merchant.storeName,
      note: `Paper for "order ${this.#order}", thank you`,
      buyerId: "amzn1.account.PAPER",
    });
  }

  /** An order that is paid at once. */
  sell(minor: bigint, currencyCode?: string): Charge {
    return this.capture(this.authorize(minor, currencyCode));
  }

  /** Gives part of a charge back, and waits the half minute until the money has gone. */
  override refund(charge: Charge, minor: bigint): Refund {
    const refund = super.refund(charge, minor);
    this.wait(PENDING_REFUND);
    return refund;
  }

  /** Ends a dispute in the merchant's favour: the money comes back. */
  win(dispute: Dispute): void {
    changeDispute(this.engine, dispute, {
      state: "Resolved",
      reasonCode: "InvestigatorResolved",
      resolution: "MerchantWon",
    });
  }
}
