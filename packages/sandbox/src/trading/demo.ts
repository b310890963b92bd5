import type { Sandbox } from "../service/sandbox.ts";
import { tradeTogether, type Trade, type TradeOptions } from "./trade.ts";

/** The size of the demonstration. */
export interface DemoOptions {
  /** Default 60. */
  readonly days?: number;
  /** Orders of all shops together. Default 2,000. */
  readonly orders?: number;
  /** Default 1. */
  readonly seed?: number | string;
}

/** What share of the orders each region's shop has, and how it is settled. */
const SHOPS = {
  na: {
    share: 0.45,
    books: {
      firstSettlementAfter: "P3D",
      settlementEvery: "P3D",
      reserve: { kind: "rolling", basisPoints: 300, days: 7 },
    },
    currencies: ["USD"],
  },
  eu: { share: 0.35, books: { firstSettlementAfter: "P4D", settlementEvery: "P4D" }, currencies: ["EUR"] },
  jp: { share: 0.2, books: { firstSettlementAfter: "P14D", settlementEvery: "P14D" }, currencies: ["JPY"] },
} as const;

/**
 * Lets the first merchant of each region trade together: three currencies, settled every few days, one with a reserve.
 * The clock moves by the days; begin in the past to end today.
 *
 * @example
 * const sandbox = await createSandbox({ seed: 1 });
 * await sandbox.clock.advance(-60 * 86_400_000);
 * const trades = await tradeDemo(sandbox);
 */
export async function tradeDemo(sandbox: Sandbox, options: DemoOptions = {}): Promise<Trade[]> {
  const { days = 60, orders = 2000, seed = 1 } = options;
  const shops: TradeOptions[] = [];
  for (const region of ["na", "eu", "jp"] as const) {
    const merchant = sandbox.merchants.find((candidate) => candidate.region === region);
    if (merchant === undefined) continue;
    const { share, books, currencies } = SHOPS[region];
    shops.push({ merchantId: merchant.merchantId, days, orders: Math.round(orders * share), seed, books, currencies });
  }
  return tradeTogether(sandbox, shops);
}
