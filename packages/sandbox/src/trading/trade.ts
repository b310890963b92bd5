import { DAY, HOUR } from "@amazon-pay-kit/money";
import { integer, pick, type Random, seededRandom } from "@amazon-pay-kit/sdk/random";
import type { Charge, Dispute, Merchant } from "../engine/objects/index.ts";
import { configureReports, type ReportsSettings } from "../reports/settings.ts";
import type { Sandbox } from "../service/sandbox.ts";
import { type BankLine, bankStatement } from "../settlement/bank-statement.ts";
import { configureBooks } from "../settlement/configure.ts";
import type { BooksSettings } from "../settlement/settings.ts";
import { buyersOf } from "../test-data/index.ts";
import { AMOUNTS, type BuyerBehaviour, DEFAULT_BEHAVIOUR, HOURS, NOTES, SPANS } from "./buyer-behaviour.ts";
import { DirectOrders } from "./direct-orders.ts";
import { type ShopRecord, shopRecords } from "./records.ts";
import { TradingError } from "./trading-error.ts";

/** What will become of one order. Moments in milliseconds after the start of the trade, amounts in minor units. */
export interface PlannedOrder {
  readonly number: number;
  readonly at: number;
  readonly minor: bigint;
  readonly note: string | null;
  readonly referenced: boolean;
  /** `null` where it is never captured. */
  readonly capture: { readonly at: number; readonly minor: bigint } | null;
  readonly releaseAt: number | null;
  readonly refunds: readonly { readonly at: number; readonly minor: bigint }[];
  readonly dispute: {
    readonly at: number;
    readonly type: "Chargeback" | "AtoZClaim";
    /** `null` where the merchant lets the deadline pass. */
    readonly contestAt: number | null;
    readonly outcome: "MerchantWon" | "BuyerWon";
  } | null;
}

/** Draws the orders of a trade, in order of time. */
function planOrders(random: Random, count: number, days: number, behaviour: BuyerBehaviour): PlannedOrder[] {
  const moments = Array.from({ length: count }, () => integer(random, 0, days - 1) * DAY + momentOfDay(random));
  moments.sort((left, right) => left - right);
  return moments.map((at, index) => planOrder(random, index + 1, at, behaviour));
}

function planOrder(random: Random, number: number, at: number, behaviour: BuyerBehaviour): PlannedOrder {
  const minor = amount(random);
  const note = pick(random, NOTES);
  const referenced = random.fraction() >= behaviour.withoutReference;
  const common = { number, at, minor, note, referenced };
  if (random.fraction() < behaviour.released) {
    return { ...common, capture: null, releaseAt: at + span(random, SPANS.toRelease), refunds: [], dispute: null };
  }
  const capturedAt = random.fraction() < behaviour.capturedAtOnce ? at : at + span(random, SPANS.toCapture);
  const captured = random.fraction() < behaviour.partlyCaptured ? part(random, minor) : minor;
  const refunds = planRefunds(random, captured, capturedAt, behaviour);
  const dispute = refunds.length > 0 ? null : planDispute(random, capturedAt, behaviour);
  return { ...common, capture: { at: capturedAt, minor: captured }, releaseAt: null, refunds, dispute };
}

function planDispute(random: Random, from: number, behaviour: BuyerBehaviour): PlannedOrder["dispute"] {
  const fate = random.fraction();
  if (fate >= behaviour.chargedBack + behaviour.claimed) return null;
  const at = from + span(random, SPANS.toDispute);
  const contested = random.fraction() < behaviour.contested;
  return {
    at,
    type: fate < behaviour.chargedBack ? "Chargeback" : "AtoZClaim",
    contestAt: contested ? at + span(random, SPANS.toContest) : null,
    outcome: random.fraction() < behaviour.won ? "MerchantWon" : "BuyerWon",
  };
}

function planRefunds(
  random: Random,
  captured: bigint,
  from: number,
  behaviour: BuyerBehaviour,
): PlannedOrder["refunds"] {
  const fate = random.fraction();
  const refund = (after: number, minor: bigint): PlannedOrder["refunds"][number] => ({
    at: after + span(random, SPANS.toRefund),
    minor,
  });
  if (fate < behaviour.refundedInFull) return [refund(from, captured)];
  if (fate >= behaviour.refundedInFull + behaviour.refundedInPart || captured < 4n) return [];
  const first = refund(from, part(random, captured));
  const left = captured - first.minor;
  if (left < 2n || random.fraction() >= behaviour.refundedAgain) return [first];
  return [first, refund(first.at, part(random, left))];
}

/** Between one minor unit and all but one. */
function part(random: Random, minor: bigint): bigint {
  return minor < 2n ? minor : 1n + (minor * BigInt(integer(random, 50, 900))) / 1000n;
}

function amount(random: Random): bigint {
  let left = random.fraction();
  for (const { share, from, to } of AMOUNTS) {
    if (left < share) return BigInt(integer(random, from, to));
    left -= share;
  }
  return BigInt(AMOUNTS[0]?.from ?? 100);
}

function momentOfDay(random: Random): number {
  const total = HOURS.reduce((sum, weight) => sum + weight, 0);
  let left = random.fraction() * total;
  const hour = HOURS.findIndex((weight) => (left -= weight) < 0);
  return Math.max(0, hour) * HOUR + integer(random, 0, HOUR - 1);
}

function span(random: Random, [from, to]: readonly [number, number]): number {
  return integer(random, from, to);
}

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
