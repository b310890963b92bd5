import { DAY, HOUR } from "@amazon-pay-kit/money";
import { integer, pick, type Random } from "@amazon-pay-kit/sdk/random";
import { AMOUNTS, HOURS, NOTES, SPANS, type BuyerBehaviour } from "./buyer-behaviour.ts";

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
export function planOrders(random: Random, count: number, days: number, behaviour: BuyerBehaviour): PlannedOrder[] {
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
