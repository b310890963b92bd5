import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { netOf } from "../settlement/movements.ts";
import { createSandbox } from "../service/create-sandbox.ts";
import type { Sandbox } from "../service/sandbox.ts";
import { tradeDemo } from "./demo.ts";
import { trade } from "./trade.ts";

const START = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 1, clock: manualClock(START) });
});
beforeEach(() => sandbox.reset());
const first = (): string => sandbox.merchants[0]?.merchantId ?? "";

describe("a trade that cannot take place", () => {
  it.each([
    [{ merchantId: "NOBODY" }, "trading.merchant"],
    [{ days: 0 }, "trading.number"],
    [{ days: 1.5 }, "trading.number"],
    [{ orders: -1 }, "trading.number"],
    [{ orders: Number.NaN }, "trading.number"],
  ])("%j", async (options, code) => {
    await expect(trade(sandbox, { merchantId: first(), ...options })).rejects.toMatchObject({ code });
    expect(sandbox.clock.now()).toBe(START);
  });
});

describe("a trade", () => {
  it("moves the clock by its days, and leaves settlements, reports, records and deposits that agree", async () => {
    const { records, bank, from, to } = await trade(sandbox, {
      merchantId: first(),
      days: 40,
      orders: 500,
      behaviour: { chargedBack: 0.05, claimed: 0.03 },
      books: { firstSettlementAfter: "P3D", settlementEvery: "P3D" },
    });
    expect([from, to, sandbox.clock.now()]).toEqual([START, START + 40 * DAY, START + 40 * DAY]);
    const { state } = sandbox.engine;
    const movements = [...state.movements.values()];
    const types = new Set(movements.map((movement) => movement.type));
    for (const type of [
      "Capture",
      "Refund",
      "Authorization",
      "Chargeback",
      "Dispute",
      "A-to-z Guarantee Claim",
      "Transfer",
    ]) {
      expect(types).toContain(type);
    }
    const amountOf = (id: string): bigint | undefined => movements.find((one) => one.transactionId === id)?.amount;
    for (const { kind, transactionId, amountMinor } of records) {
      expect(amountOf(transactionId)).toBe(kind === "charge" ? amountMinor : -amountMinor);
    }
    const settlements = [...state.settlements.values()];
    expect(settlements.length).toBeGreaterThan(11);
    for (const settlement of settlements) {
      const rows = movements.filter((movement) => movement.settlementId === settlement.settlementId);
      expect(rows.reduce((sum, row) => sum + netOf(row), 0n)).toBe(settlement.carryover);
    }
    const paid = settlements.filter((settlement) => settlement.transferred > 0n);
    expect(bank.length).toBeGreaterThanOrEqual(paid.length - 2);
    for (const line of bank) {
      const settlement = paid.find((one) => one.disbursementReferenceId === line.referenceId);
      expect(line).toMatchObject({ amount: settlement?.transferred, currency: "USD" });
    }
  });

  it("is the same for the same seed and another for another", async () => {
    const run = async (seed: number): Promise<string> => {
      sandbox.reset();
      await trade(sandbox, { merchantId: first(), days: 10, orders: 60, seed });
      return sandbox.snapshot();
    };
    const once = await run(7);
    expect(await run(7)).toBe(once);
    expect(await run(8)).not.toBe(once);
  });
});

describe("the demonstration", () => {
  it("has three shops in three currencies, some 2,000 orders in 60 days, each settled and paid", async () => {
    const trades = await tradeDemo(sandbox);
    expect(trades.map(({ bank }) => bank[0]?.currency)).toEqual(["USD", "EUR", "JPY"]);
    expect(trades.reduce((sum, { orders }) => sum + orders, 0)).toBe(2000);
    for (const { records, bank } of trades) {
      expect(records.length).toBeGreaterThan(350);
      expect(bank.length).toBeGreaterThan(2);
    }
    expect([...sandbox.engine.state.reports.values()].every((report) => report.processingStatus === "COMPLETED")).toBe(
      true,
    );
  });
});
