import { startSandbox, tradeDemo, type ReadyMerchant, type StartedSandbox, type Trade } from "@amazon-pay-kit/sandbox";
import { clockOf } from "../../../packages/cli/src/demo/demo-clock.ts";
import { systemClock, type Clock } from "@amazon-pay-kit/sdk/clock";

/** The moment at which the pages are read: January 2026 is over, as their examples have it. */
const TODAY = Date.UTC(2026, 1, 3, 9);
const DAYS = 32;

/** A shop that has traded through January. */
export interface Trader {
  readonly merchant: ReadyMerchant;
  readonly trade: Trade;
}

/** What the readers of the pages have: a sandbox whose three shops have traded, and its time. */
export interface Environment {
  readonly started: StartedSandbox;
  readonly clock: Clock;
  readonly traders: Readonly<Record<"na" | "eu" | "jp", Trader>>;
}

/** Makes the world of the pages, the same every time. */
export async function openEnvironment(): Promise<Environment> {
  const started = await startSandbox({ port: 0, httpsPort: 0, seed: "docs", processing: "straight" });
  const { sandbox, ready } = started;
  await sandbox.clock.advance(TODAY - DAYS * 86_400_000 - sandbox.clock.now());
  const merchantId = ready.merchants.find(({ region }) => region === "eu")?.merchantId;
  await sandbox.control("POST", "/discrepancies", { kind: "alter-fee", merchantId });
  const trades = await tradeDemo(sandbox, { days: DAYS, orders: 120, seed: "docs" });
  const traderOf = (region: string): Trader => {
    const merchant = ready.merchants.find((candidate) => candidate.region === region);
    const trade = trades.find((candidate) => candidate.merchantId === merchant?.merchantId);
    if (merchant === undefined || trade === undefined) throw new Error(`nobody trades in ${region}`);
    return { merchant, trade };
  };
  return {
    started,
    clock: clockOf(sandbox, systemClock),
    traders: { na: traderOf("na"), eu: traderOf("eu"), jp: traderOf("jp") },
  };
}
