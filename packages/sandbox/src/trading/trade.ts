import { DAY } from "@amazon-pay-kit/money";
import { pick, seededRandom } from "@amazon-pay-kit/sdk/random";
import { bankStatement, type BankLine } from "../settlement/bank-statement.ts";
import { configureBooks } from "../settlement/configure.ts";
import type { BooksSettings } from "../settlement/settings.ts";
import { buyersOf } from "../test-data/index.ts";
import type { Charge, Dispute, Merchant } from "../engine/objects/index.ts";
import { configureReports, type ReportsSettings } from "../reports/settings.ts";
import type { Sandbox } from "../service/sandbox.ts";
import { DEFAULT_BEHAVIOUR, type BuyerBehaviour } from "./buyer-behaviour.ts";
import { planOrders, type PlannedOrder } from "./plan.ts";
import { shopRecords, type ShopRecord } from "./records.ts";
import { DirectOrders } from "./direct-orders.ts";
import { TradingError } from "./trading-error.ts";

/** A shop's trade. */
export interface TradeOptions {
  readonly merchantId: string;
  /** Default 60. */
  readonly days?: number;
  /** Default 600. */
  readonly orders?: number;
  /** The same seed gives the same trade. Default 1. */
  readonly seed?: number | string;
  /** Currencies of the orders, drawn in turn by chance. Default: the merchant's own. */
  readonly currencies?: readonly string[];
  /** Default `sandbox`. */
  readonly environment?: "sandbox" | "live";
  readonly behaviour?: Partial<BuyerBehaviour>;
  /** How the merchant is settled from now on. Default: unchanged. */
  readonly books?: Partial<BooksSettings>;
  /** How the merchant's reports look from now on. Default: unchanged. */
  readonly reports?: Partial<ReportsSettings>;
}

/** What a trade leaves behind outside the sandbox: the shop's own books and its bank statement. */
export interface Trade {
  readonly merchantId: string;
  /** First and last moment, milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly orders: number;
  /** Charges and refunds as the shop has them in its own books. */
  readonly records: readonly ShopRecord[];
  /** Deposits that the bank has booked by the end of the trade. */
  readonly bank: readonly BankLine[];
}

/** Something that happens at a moment of the trade. */
interface Deed {
  readonly at: number;
  readonly run: () => void;
}

/**
 * Lets a shop trade for some days of the sandbox's clock, beginning now: orders of many sizes, partial captures, refunds,
 * chargebacks, claims, authorizations that are never captured. Settlements and reports happen on the way.
 *
 * @example
 * const { records, bank } = await trade(sandbox, { merchantId, days: 60, orders: 700, seed: 1, books: { settlementEvery: "P3D" } });
 * @throws TradingError for a merchant that does not exist and for numbers that make no trade
 */
export async function trade(sandbox: Sandbox, options: TradeOptions): Promise<Trade> {
  const [only] = await tradeTogether(sandbox, [options]);
  if (only === undefined) throw new TypeError("a trade without a shop");
  return only;
}

/** As {@link trade}, for several shops over the same days; the clock moves by the longest of them. */
export async function tradeTogether(sandbox: Sandbox, shops: readonly TradeOptions[]): Promise<Trade[]> {
  const from = sandbox.clock.now();
  const deeds = shops.flatMap((options) => deedsOf(sandbox, options, from));
  const last = Math.max(...shops.map((options) => from + (options.days ?? 60) * DAY));
  for (const deed of deeds.sort((left, right) => left.at - right.at)) {
    if (deed.at >= last) break;
    await sandbox.clock.moveTo(deed.at);
    deed.run();
  }
  await sandbox.clock.moveTo(last);
  return shops.map((options) => ({
    merchantId: options.merchantId,
    from,
    to: last,
    orders: options.orders ?? 600,
    records: shopRecords(sandbox.engine, options.merchantId, options.environment ?? "sandbox"),
    bank: bankStatement(sandbox.engine, options.merchantId),
  }));
}

function deedsOf(sandbox: Sandbox, options: TradeOptions, from: number): Deed[] {
  const { engine } = sandbox;
  const { merchantId, days = 60, orders = 600, seed = 1 } = options;
  const merchant = engine.state.merchants.get(merchantId);
  if (merchant === undefined) throw new TradingError("trading.merchant", `there is no merchant ${merchantId}`);
  requireWhole("days", days, 1, 3660);
  requireWhole("orders", orders, 0, 10_000_000);
  if (options.books !== undefined) configureBooks(engine, merchantId, options.books);
  if (options.reports !== undefined) configureReports(engine, merchantId, options.reports);
  const random = seededRandom(`trade ${seed} ${merchant.region}`);
  const plans = planOrders(random, orders, days, { ...DEFAULT_BEHAVIOUR, ...options.behaviour });
  const floor = new DirectOrders(engine, merchant);
  const currencies = options.currencies ?? [merchant.currency];
  return plans.flatMap((plan) => {
    const currencyCode = pick(random, currencies);
    const { buyerId } = pick(random, buyersOf(merchant.region));
    return deedsOfOrder(floor, merchant, plan, {
      currencyCode,
      buyerId,
      from,
      environment: options.environment ?? "sandbox",
    });
  });
}

interface Circumstances {
  readonly currencyCode: string;
  readonly buyerId: string;
  readonly environment: "sandbox" | "live";
  readonly from: number;
}

function deedsOfOrder(floor: DirectOrders, merchant: Merchant, plan: PlannedOrder, around: Circumstances): Deed[] {
  const { currencyCode, buyerId, environment, from } = around;
  const orderId = `${merchant.region.toUpperCase()}-${100_000 + plan.number}`;
  const deeds: Deed[] = [];
  const later = (at: number, run: () => void): void => {
    deeds.push({ at: from + at, run });
  };
  let charge: Charge | undefined;
  let dispute: Dispute | undefined;
  later(plan.at, () => {
    charge = floor.placeOrder({
      minor: plan.minor,
      currencyCode,
      environment,
      orderId,
      referenceId: plan.referenced ? `${orderId}-1` : null,
      storeName: merchant.storeName,
      note: plan.note,
      buyerId,
    });
  });
  const { capture } = plan;
  if (capture !== null) later(capture.at, () => charge && floor.capture(charge, capture.minor));
  if (plan.releaseAt !== null) later(plan.releaseAt, () => charge && floor.release(charge));
  for (const { at, minor } of plan.refunds) later(at, () => charge && floor.refund(charge, minor));
  const disputed = plan.dispute;
  if (disputed !== null) {
    later(disputed.at, () => {
      if (charge !== undefined) dispute = floor.dispute(charge, disputed.type);
    });
    if (disputed.contestAt !== null) {
      later(disputed.contestAt, () => dispute && floor.contest(dispute, disputed.outcome));
    }
  }
  return deeds;
}

function requireWhole(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new TradingError("trading.number", `${name}: expected a whole number from ${low} to ${high}, found ${value}`);
}
