import { DAY, HOUR } from "@amazon-pay-kit/money";
import { describe, expect, it } from "vitest";
import type { Movement, Settlement } from "../../engine/objects/index.ts";
import { configureBooks } from "../configure.ts";
import { netOf } from "../movements.ts";
import { shopFixture, START, type ShopFixture } from "../testing/shop-fixture.ts";
import { closeSettlements } from "./settlement-clock.ts";

const settlements = (shop: ShopFixture): Settlement[] => [...shop.engine.state.settlements.values()];
const rowsOf = (shop: ShopFixture, settlement: Settlement | undefined): Movement[] =>
  [...shop.engine.state.movements.values()].filter((movement) => movement.settlementId === settlement?.settlementId);
const close = (shop: ShopFixture): Settlement | undefined =>
  closeSettlements(shop.engine, { merchantId: shop.merchant.merchantId })[0];
const brief = (rows: Movement[]): [string, bigint][] => rows.map((row) => [row.type, netOf(row)]);

describe("when settlements close", () => {
  it("not before there was a movement", () => {
    const shop = shopFixture("na");
    shop.wait(60 * DAY);
    expect(settlements(shop)).toEqual([]);
    expect(close(shop)).toBeUndefined();
  });

  it("14 days after the first payment, then daily, a few seconds late, each from where the one before ended", () => {
    const shop = shopFixture("na");
    for (let day = 0; day < 18; day += 1) {
      shop.sell(1000n);
      shop.wait(DAY);
    }
    const closed = settlements(shop);
    expect(closed).toHaveLength(4);
    for (const [index, settlement] of closed.entries()) {
      const due = START + (14 + index) * DAY;
      expect(settlement.endAt).toBeGreaterThan(due);
      expect(settlement.endAt).toBeLessThanOrEqual(due + 20_000);
      expect(settlement.startAt).toBe(index === 0 ? START : closed[index - 1]?.endAt);
      expect(settlement.endAt % 1000).toBe(0);
    }
  });

  it("never before it began, nor before what it holds, also when the clock was put back", () => {
    const shop = shopFixture("na");
    shop.wait(10 * DAY);
    shop.sell(1000n);
    shop.engine.setClock(START);
    const settlement = close(shop);
    expect([settlement?.startAt, settlement?.endAt]).toEqual([START + 10 * DAY, START + 10 * DAY]);
  });

  it("every 14 days in Japan", () => {
    const shop = shopFixture("jp");
    for (let day = 0; day < 30; day += 1) {
      shop.sell(1000n);
      shop.wait(DAY);
    }
    expect(settlements(shop).map((settlement) => Math.floor((settlement.endAt - START) / DAY))).toEqual([14, 28]);
  });

  it("not in a period without movements, which goes on", () => {
    const shop = shopFixture("na");
    shop.sell(1000n);
    shop.wait(40 * DAY);
    expect(settlements(shop)).toHaveLength(1);
    shop.sell(2000n);
    shop.wait(2 * DAY);
    const [first, second] = settlements(shop);
    expect(second?.startAt).toBe(first?.endAt);
    expect((second?.endAt ?? 0) - START).toBeGreaterThan(40 * DAY);
  });

  it("by another interval as soon as it is asked for", () => {
    const shop = shopFixture("na");
    shop.sell(1000n);
    configureBooks(shop.engine, shop.merchant.merchantId, { firstSettlementAfter: "P2D", settlementEvery: "P3D" });
    for (let day = 0; day < 10; day += 1) {
      shop.wait(DAY);
      shop.sell(1000n);
    }
    expect(settlements(shop).map((settlement) => Math.floor((settlement.endAt - START) / DAY))).toEqual([2, 5, 8]);
  });

  it("on request, also twice within a second", () => {
    const shop = shopFixture("na");
    shop.sell(1000n);
    const first = close(shop);
    shop.sell(2000n);
    const second = close(shop);
    expect(second).toMatchObject({ startAt: first?.endAt, endAt: first?.endAt });
    expect(close(shop)).toBeUndefined();
  });

  it("each currency and environment by itself", () => {
    const shop = shopFixture("eu");
    shop.sell(1000n);
    shop.sell(1000n, "GBP");
    const closed = closeSettlements(shop.engine, { merchantId: shop.merchant.merchantId, currency: "GBP" });
    expect(closed.map((settlement) => settlement.currency)).toEqual(["GBP"]);
    expect(closeSettlements(shop.engine, { merchantId: shop.merchant.merchantId, environment: "live" })).toEqual([]);
    expect(close(shop)?.currency).toBe("EUR");
  });
});

describe("what a settlement holds", () => {
  it("activity and a transfer at its end, adding up to zero", () => {
    const shop = shopFixture("na");
    const charge = shop.sell(10_000n);
    shop.wait(HOUR);
    shop.refund(charge, 5000n);
    shop.wait(HOUR);
    const settlement = close(shop);
    expect(brief(rowsOf(shop, settlement))).toEqual([
      ["Capture", 9680n],
      ["Refund", -4855n],
      ["Transfer", -4825n],
    ]);
    expect(settlement).toMatchObject({
      opening: 0n,
      transferred: 4825n,
      carryover: 0n,
      transferredAt: settlement?.endAt,
    });
    expect(settlement?.disbursementReferenceId).toMatch(/^[A-Z0-9]{15}$/);
  });

  it("the reserve that was held, and the one that is held now", () => {
    const shop = shopFixture("na");
    configureBooks(shop.engine, shop.merchant.merchantId, { reserve: { kind: "rolling", basisPoints: 1000, days: 7 } });
    shop.sell(10_000n);
    shop.wait(DAY);
    expect(close(shop)).toMatchObject({ reserved: 1000n, transferred: 8680n });
    shop.sell(20_000n);
    shop.wait(DAY);
    const second = close(shop);
    expect(second).toMatchObject({ opening: 1000n, reserved: 3000n, transferred: 17_390n, carryover: 0n });
    expect(rowsOf(shop, second).map((row) => [row.type, row.amount, row.description])).toEqual([
      ["Capture", 20_000n, 'Paper for "order 2", thank you'],
      ["Reserve", 1000n, "Previous Reserve Balance"],
      ["Reserve", -3000n, "Current Reserve Amount"],
      ["Transfer", -17_390n, "SellerPayments_DateRangeReport_transfer_accounting_ending_with_trace_id"],
    ]);
  });

  it("a release of the reserve without any movement", () => {
    const shop = shopFixture("na");
    configureBooks(shop.engine, shop.merchant.merchantId, { reserve: { kind: "tier-1" } });
    shop.sell(10_000n);
    expect(close(shop)).toMatchObject({ reserved: 9680n, transferred: 0n, disbursementReferenceId: null });
    expect(close(shop)).toBeUndefined();
    shop.wait(8 * DAY);
    expect(close(shop)).toMatchObject({ opening: 9680n, reserved: 0n, transferred: 9680n });
  });

  it("what is below the minimum is carried over, and paid once it suffices", () => {
    const shop = shopFixture("na");
    configureBooks(shop.engine, shop.merchant.merchantId, { minimumTransfer: 2000n });
    shop.sell(1500n);
    expect(close(shop)).toMatchObject({ transferred: 0n, carryover: 1426n, transferredAt: null });
    shop.sell(1500n);
    const second = close(shop);
    expect(second).toMatchObject({ opening: 1426n, transferred: 2852n, carryover: 0n });
    expect(brief(rowsOf(shop, second))).toContainEqual(["Carryover", 1426n]);
  });

  it("a transfer on hold is carried over until the hold ends, also without movements", () => {
    const shop = shopFixture("na");
    configureBooks(shop.engine, shop.merchant.merchantId, { holdTransfersUntil: START + 15 * DAY });
    shop.sell(10_000n);
    shop.wait(16 * DAY);
    const [first, second] = settlements(shop);
    expect(first).toMatchObject({ transferred: 0n, carryover: 9680n });
    expect(second).toMatchObject({ opening: 9680n, transferred: 9680n });
  });

  it("a negative balance is taken from the charge method", () => {
    const shop = shopFixture("na");
    shop.refund(shop.sell(1000n), 1000n);
    const settlement = close(shop);
    expect(settlement).toMatchObject({ debt: 30n, carryover: 0n, transferred: 0n });
    expect(brief(rowsOf(shop, settlement))).toContainEqual(["Debt", 30n]);
  });

  it.each([
    ["carried", { negativeBalance: "carry" }, "Carryover"],
    ["written as Debt when the next one opens", { debtSign: "debit" }, "Debt"],
  ] as const)("a negative balance is %s, if asked for", (_what, setting, type) => {
    const shop = shopFixture("na");
    configureBooks(shop.engine, shop.merchant.merchantId, setting);
    shop.refund(shop.sell(1000n), 1000n);
    expect(close(shop)).toMatchObject({ debt: 0n, carryover: -30n });
    shop.sell(1000n);
    const second = close(shop);
    expect(second).toMatchObject({ opening: -30n, transferred: 911n, carryover: 0n });
    expect(brief(rowsOf(shop, second))).toContainEqual([type, -30n]);
  });

  it("a transfer in mid-period that pays the balance before, if asked for", () => {
    const shop = shopFixture("na");
    configureBooks(shop.engine, shop.merchant.merchantId, { transferTiming: "next-period" });
    shop.sell(10_000n);
    shop.wait(DAY);
    expect(close(shop)).toMatchObject({ transferred: 0n, carryover: 9680n });
    shop.sell(1000n);
    shop.wait(DAY);
    const second = close(shop);
    expect(second).toMatchObject({ opening: 9680n, transferred: 9680n, carryover: 941n });
    expect(second?.transferredAt).toBe(START + DAY - (START % 1000) + 16 * HOUR);
  });
});
