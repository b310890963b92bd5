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

/**
 * The conversions whose rate leaves the tolerance: each is compared with the middle of those next to it in time, so that the
 * slow movement of a rate says nothing, and one odd rate does not make its neighbours odd. One alone has nothing to be
 * compared with.
 *
 * @param tolerance in hundredths of a percent
 */
export function oddRates<T extends Transfer>(
  matches: readonly DepositMatch<T>[],
  tolerance: bigint,
): ReadonlyMap<DepositMatch<T>, OddRate> {
  const odd = new Map<DepositMatch<T>, OddRate>();
  const all = matches.flatMap(convertedIn).sort((left, right) => left.at - right.at);
  for (const pair of new Set(all.map((one) => one.pair))) {
    const series = all.filter((one) => one.pair === pair);
    for (const [index, { match, rate }] of series.entries()) {
      const near = [
        ...series.slice(Math.max(index - NEIGHBOURS, 0), index),
        ...series.slice(index + 1, index + 1 + NEIGHBOURS),
      ].map((one) => one.rate);
      const usual = near.length === 0 ? 0n : median(near);
      if (usual === 0n) continue;
      const away = ((rate - usual) * 10_000n) / usual;
      if (away > tolerance || away < -tolerance) odd.set(match, { away });
    }
  }
  return odd;
}
