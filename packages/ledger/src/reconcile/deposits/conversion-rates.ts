import { groupBy } from "@amazon-pay-kit/backports";
import type { DepositMatch, Transfer } from "./deposit.ts";

/** Rates are compared as whole numbers with this many digits after the point. */
const SCALE = 10n ** 12n;

/** This many conversions before and after one say what its rate should be. */
const NEIGHBOURS = 2;

/** A conversion whose rate is further from that of its neighbours than is allowed. */
export interface OddRate {
  /** How far it is away, in hundredths of a percent; negative where less money came. */
  readonly away: bigint;
}

const sum = (all: readonly { readonly amount: bigint }[]): bigint => all.reduce((total, one) => total + one.amount, 0n);

interface Converted<T extends Transfer> {
  readonly match: DepositMatch<T>;
  readonly pair: string;
  readonly rate: bigint;
  readonly at: number;
}

function convertedIn<T extends Transfer>(match: DepositMatch<T>): Converted<T>[] {
  const { transfers, deposits } = match;
  const [from, to] = [transfers[0]?.currency, deposits[0]?.currency];
  const sent = sum(transfers);
  if (from === undefined || to === undefined || from === to || sent === 0n) return [];
  if (deposits.some((deposit) => deposit.currency !== to)) return [];
  const at = Math.min(...deposits.map(({ bookedAt }) => bookedAt));
  return [{ match, pair: `${from} ${to}`, rate: (sum(deposits) * SCALE) / sent, at }];
}

function median(rates: readonly bigint[]): bigint {
  const sorted = rates.toSorted((left, right) => (left < right ? -1 : left > right ? 1 : 0));
  const middle = Math.floor(sorted.length / 2);
  const [low = 0n, high = 0n] = [sorted[Math.max(middle - 1, 0)], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2n;
}

/** The conversions next to one in time, at the ends of a series more of the one side. */
function neighboursOf<V>(series: readonly V[], index: number): readonly V[] {
  const first = Math.max(0, Math.min(index - NEIGHBOURS, series.length - 2 * NEIGHBOURS - 1));
  return series.slice(first, first + 2 * NEIGHBOURS + 1).filter((one) => one !== series[index]);
}

/** By how much a rate is away from another, in hundredths of a percent. */
const apart = (rate: bigint, usual: bigint): bigint => ((rate - usual) * 10_000n) / usual;

/**
 * The conversions whose rate leaves the tolerance: each is compared with those next to it in time, so that the slow movement
 * of a rate says nothing. It is odd when it is away from more than half of them, so that one odd rate does not make its
 * neighbours odd. One alone has nothing to be compared with.
 *
 * @param tolerance in hundredths of a percent
 */
export function oddRates<T extends Transfer>(
  matches: readonly DepositMatch<T>[],
  tolerance: bigint,
): ReadonlyMap<DepositMatch<T>, OddRate> {
  const odd = new Map<DepositMatch<T>, OddRate>();
  const all = matches.flatMap(convertedIn).sort((left, right) => left.at - right.at);
  const within = (away: bigint): boolean => away <= tolerance && away >= -tolerance;
  for (const series of groupBy(all, (one) => one.pair).values()) {
    for (const [index, { match, rate }] of series.entries()) {
      const near = neighboursOf(series, index)
        .map((one) => one.rate)
        .filter((one) => one !== 0n);
      const agreeing = near.filter((usual) => within(apart(rate, usual))).length;
      if (near.length > 0 && agreeing * 2 < near.length) odd.set(match, { away: apart(rate, median(near)) });
    }
  }
  return odd;
}
