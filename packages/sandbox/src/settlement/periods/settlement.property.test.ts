import { DAY, HOUR } from "@amazon-pay-kit/money";
import { integer, pick, seededRandom } from "@amazon-pay-kit/sdk/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../engine/domain-error.ts";
import type { Charge, Dispute, Movement, Settlement } from "../../engine/objects/index.ts";
import { accountsOf } from "../account.ts";
import { configureBooks } from "../configure.ts";
import { netOf } from "../movements.ts";
import { postAdjustment } from "../postings/postings.ts";
import type { BooksSettings } from "../settings.ts";
import { shopFixture, type ShopFixture } from "../testing/shop-fixture.ts";
import { closeSettlements } from "./settlement-clock.ts";

const FRAME = new Set(["Reserve", "Carryover", "Debt", "Transfer"]);

const settings: fc.Arbitrary<Partial<BooksSettings>> = fc.record({
  firstSettlementAfter: fc.constantFrom("P1D", "P14D"),
  settlementEvery: fc.constantFrom("P1D", "P3D", "PT7H", "P1M"),
  reserve: fc.constantFrom<BooksSettings["reserve"]>(
    { kind: "none" },
    { kind: "tier-1" },
    { kind: "tier-2" },
    { kind: "tier-2-plus" },
    { kind: "rolling", basisPoints: 1234, days: 7 },
    { kind: "fixed", minor: 5000n },
  ),
  minimumTransfer: fc.constantFrom(1n, 2500n, 100_000n),
  transferTiming: fc.constantFrom("period-end", "next-period"),
  negativeBalance: fc.constantFrom("carry", "debt"),
  debtSign: fc.constantFrom("credit", "debit"),
  crossBorder: fc.boolean(),
});

/** The service refuses refunds and disputes beyond what a charge holds; such a step does nothing. */
function unlessTooMuch(step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof DomainError) || error.reason !== "TransactionAmountExceeded") throw error;
  }
}

/** Sixty steps of a shop's life: orders, refunds, disputes, waiting, closings. */
function live(shop: ShopFixture, seed: number): void {
  const random = seededRandom(seed);
  const charges: Charge[] = [];
  const disputes: Dispute[] = [];
  const currencies = shop.merchant.region === "eu" ? ["EUR", "GBP", "CHF"] : [shop.merchant.currency];
  for (let step = 0; step < 60; step += 1) {
    const amount = BigInt(integer(random, 1, 40_000));
    switch (integer(random, 0, 9)) {
      case 0:
        shop.release(shop.authorize(amount, pick(random, currencies)));
        break;
      case 1:
        if (charges.length > 0) unlessTooMuch(() => shop.refund(pick(random, charges), amount));
        break;
      case 2:
        if (charges.length > 0) {
          unlessTooMuch(() => {
            disputes.push(shop.dispute(pick(random, charges), pick(random, ["Chargeback", "AtoZClaim"] as const)));
          });
        }
        break;
      case 3: {
        const dispute = disputes.pop();
        if (dispute !== undefined && dispute.closedAt === null) shop.win(dispute);
        break;
      }
      case 4:
        postAdjustment(shop.engine, {
          merchantId: shop.merchant.merchantId,
          environment: "sandbox",
          currency: shop.merchant.currency,
          amount: amount - 20_000n,
        });
        break;
      case 5:
        closeSettlements(shop.engine, { merchantId: shop.merchant.merchantId });
        break;
      case 6:
        shop.wait(integer(random, 1, 9) * DAY);
        break;
      default:
        charges.push(shop.sell(amount, pick(random, currencies)));
        shop.wait(integer(random, 0, 20) * HOUR + integer(random, 0, 3_599_999));
    }
  }
}

function check(shop: ShopFixture): number {
  const all = [...shop.engine.state.movements.values()];
  let count = 0;
  for (const account of accountsOf(shop.engine, shop.merchant.merchantId)) {
    const mine = all.filter((movement) => movement.currency === account.currency);
    const chain = [...shop.engine.state.settlements.values()].filter(
      (settlement) => settlement.currency === account.currency,
    );
    let before: Settlement | undefined;
    for (const settlement of chain) {
      const rows = mine.filter((movement) => movement.settlementId === settlement.settlementId);
      checkSettlement(settlement, before, rows);
      before = settlement;
      count += 1;
    }
    expect(account.openReserve).toBe(before?.reserved ?? 0n);
    expect(account.openCarryover).toBe(before?.carryover ?? 0n);
    const settled = mine.filter((movement) => movement.settlementId !== null && !FRAME.has(movement.type));
    const paid = chain.reduce((sum, settlement) => sum + settlement.transferred - settlement.debt, 0n);
    expect(sum(settled) - paid).toBe(account.openReserve + account.openCarryover);
  }
  return count;
}

function checkSettlement(settlement: Settlement, before: Settlement | undefined, rows: Movement[]): void {
  expect(settlement.opening).toBe((before?.reserved ?? 0n) + (before?.carryover ?? 0n));
  if (before !== undefined) expect(settlement.startAt).toBe(before.endAt);
  expect(settlement.endAt).toBeGreaterThanOrEqual(settlement.startAt);
  const activity = sum(rows.filter((row) => !FRAME.has(row.type)));
  const { opening, debt, transferred, reserved, carryover } = settlement;
  expect(opening + activity + debt - transferred - reserved).toBe(carryover);
  expect(sum(rows)).toBe(carryover);
  expect(transferred >= 0n && reserved >= 0n && debt >= 0n).toBe(true);
  expect(settlement.disbursementReferenceId === null).toBe(transferred === 0n);
  for (const row of rows) {
    const second = Math.floor(row.postedAt / 1000) * 1000;
    expect(second).toBeGreaterThanOrEqual(settlement.startAt);
    expect(second).toBeLessThanOrEqual(settlement.endAt);
  }
}

const sum = (rows: readonly Movement[]): bigint => rows.reduce((total, row) => total + netOf(row), 0n);

describe("settlements over whole histories", () => {
  it.each(["na", "eu", "jp"] as const)("add up and roll forward to the cent in %s", (region) => {
    let settlements = 0;
    fc.assert(
      fc.property(fc.integer(), settings, (seed, changes) => {
        const shop = shopFixture(region, seed);
        configureBooks(shop.engine, shop.merchant.merchantId, changes);
        live(shop, seed);
        settlements += check(shop);
      }),
      { numRuns: 150 },
    );
    expect(settlements).toBeGreaterThan(1000);
  });
});
