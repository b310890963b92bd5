import { describe, expect, it } from "vitest";
import type { Movement } from "../../engine/objects/index.ts";
import { configureBooks } from "../configure.ts";
import { shopFixture, type ShopFixture } from "../testing/shop-fixture.ts";
import { postAdjustment } from "./postings.ts";

const movements = (shop: ShopFixture): Movement[] => [...shop.engine.state.movements.values()];
const amounts = (movement: Movement | undefined): (string | bigint | undefined)[] => [
  movement?.type,
  movement?.amount,
  movement?.percentageFee,
  movement?.fixedFee,
];

describe("what moves money is posted", () => {
  it("a capture, with the references of charge and order", () => {
    const shop = shopFixture("na");
    const charge = shop.sell(10_00n);
    const [movement] = movements(shop);
    expect(amounts(movement)).toEqual(["Capture", 1000n, -29n, -30n]);
    expect(movement).toMatchObject({
      transactionId: charge.chargeId,
      permissionId: charge.chargePermissionId,
      referenceId: "PAY-1",
      orderId: "ORDER-1",
      storeName: "Paper, Pens & Co.",
      description: 'Paper for "order 1", thank you',
      settlementId: null,
    });
  });

  it("a partial capture by what was captured", () => {
    const shop = shopFixture("na");
    shop.capture(shop.authorize(10_000n), 5000n);
    expect(amounts(movements(shop)[0])).toEqual(["Capture", 5000n, -145n, -30n]);
  });

  it("refunds, whose fees come back to the cent and no further", () => {
    const shop = shopFixture("na");
    const charge = shop.sell(1000n);
    for (let part = 0; part < 10; part += 1) shop.refund(charge, 100n);
    const refunds = movements(shop).filter((movement) => movement.type === "Refund");
    expect(refunds.map((movement) => movement.percentageFee)).toEqual([3n, 3n, 3n, 3n, 3n, 3n, 3n, 3n, 3n, 2n]);
    expect(refunds.every((movement) => movement.fixedFee === 0n && movement.amount === -100n)).toBe(true);
  });

  it("an uncaptured authorization costs its fixed fee, and in Japan nothing", () => {
    const shop = shopFixture("eu");
    const charge = shop.authorize(1000n);
    shop.release(charge);
    expect(amounts(movements(shop)[0])).toEqual(["Authorization", 0n, 0n, -35n]);
    expect(movements(shop)[0]?.transactionId).toBe(charge.chargeId.replace("-C", "-A"));
    const tokyo = shopFixture("jp");
    tokyo.release(tokyo.authorize(1000n));
    expect(movements(tokyo)).toEqual([]);
  });

  it("a chargeback with its fee, and its reversal", () => {
    const shop = shopFixture("na");
    const dispute = shop.dispute(shop.sell(10_000n));
    shop.win(dispute);
    expect(movements(shop).slice(1).map(amounts)).toEqual([
      ["Chargeback", -10_000n, 290n, 0n],
      ["Dispute", 0n, 0n, -2000n],
      ["Chargeback", 10_000n, -290n, 0n],
    ]);
  });

  it("an A-to-z claim without a fee", () => {
    const shop = shopFixture("na");
    shop.dispute(shop.sell(10_000n), "AtoZClaim");
    expect(movements(shop).slice(1).map(amounts)).toEqual([["A-to-z Guarantee Claim", -10_000n, 290n, 0n]]);
  });

  it("the dispute fee when the merchant contests, where that is asked for, and once", () => {
    const shop = shopFixture("na");
    configureBooks(shop.engine, shop.merchant.merchantId, { disputeFee: "contest" });
    const dispute = shop.dispute(shop.sell(10_000n));
    expect(movements(shop)).toHaveLength(2);
    dispute.merchantEvidences = [{ evidenceType: "Receipt" }];
    shop.engine.bus.emit("dispute.changed", { dispute });
    shop.engine.bus.emit("dispute.changed", { dispute });
    expect(movements(shop).slice(2).map(amounts)).toEqual([["Dispute", 0n, 0n, -2000n]]);
  });

  it("refund and chargeback of one charge never give back more fee than was taken", () => {
    const shop = shopFixture("na");
    const charge = shop.sell(10_000n);
    shop.refund(charge, 6000n);
    shop.dispute(charge, "Chargeback", 10_000n);
    expect(movements(shop).map((movement) => movement.percentageFee)).toEqual([-290n, 174n, 116n, 0n]);
  });

  it("a charge in another currency in the merchant's own, unless the merchant has an account in it", () => {
    const shop = shopFixture("eu");
    shop.sell(10_000n, "GBP");
    shop.sell(10_000n, "CHF");
    expect(movements(shop).map((movement) => [movement.currency, movement.amount])).toEqual([
      ["GBP", 10_000n],
      ["EUR", 10_449n],
    ]);
  });

  it("adjustments, also two at once", () => {
    const shop = shopFixture("na");
    const adjustment = { merchantId: shop.merchant.merchantId, environment: "sandbox", currency: "USD" } as const;
    postAdjustment(shop.engine, { ...adjustment, amount: 500n });
    postAdjustment(shop.engine, { ...adjustment, amount: -700n, description: "Correction" });
    expect(movements(shop).map((movement) => [movement.amount, movement.description])).toEqual([
      [500n, "Balance adjustment"],
      [-700n, "Correction"],
    ]);
  });

  it("by the schedule that held when the order was placed, and the merchant's own first", () => {
    const shop = shopFixture("na");
    const early = shop.authorize(1000n);
    shop.wait(1000);
    const row = { currency: "USD", from: shop.engine.now(), rate: 220n, crossBorderRate: 0n, fixed: 30n };
    const fees = [{ ...row, uncapturedAuthorization: true, dispute: 2000n }];
    configureBooks(shop.engine, shop.merchant.merchantId, { fees });
    shop.capture(early);
    shop.sell(1000n);
    expect(movements(shop).map((movement) => movement.percentageFee)).toEqual([-29n, -22n]);
  });
});
