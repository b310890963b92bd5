import { share } from "@amazon-pay-kit/money";

/** What a forecast of the next transfer is made from; money in minor units. */
export interface ForecastBasis {
  /** The settlements of the last time, the newest first. */
  readonly recent: readonly {
    readonly activityMinor: bigint;
    readonly feesMinor: bigint;
    readonly closingMinor: bigint;
    readonly reserveMinor: bigint;
  }[];
  /** Captured and in no settlement yet: positive. */
  readonly capturesMinor: bigint;
  /** Refunded and in no settlement yet: negative. */
  readonly refundsMinor: bigint;
}

/** The parts of a forecast. */
export interface Forecast {
  readonly openingMinor: bigint;
  readonly capturesMinor: bigint;
  readonly refundsMinor: bigint;
  readonly feesMinor: bigint;
  readonly reserveMinor: bigint;
  /** Positive for money to the bank; 0 where the balance would not be positive. */
  readonly expectedMinor: bigint;
}

/**
 * The next transfer as it looks now: what the last settlement left, and what is captured and refunded since, less fees at
 * the rate of the last settlements and less a reserve as it was held last.
 */
export function forecastOf({ recent, capturesMinor, refundsMinor }: ForecastBasis): Forecast {
  const [last] = recent;
  const openingMinor = last?.closingMinor ?? 0n;
  const reserveMinor = last?.reserveMinor ?? 0n;
  const activity = recent.reduce((sum, one) => sum + one.activityMinor, 0n);
  const fees = recent.reduce((sum, one) => sum + one.feesMinor, 0n);
  const open = capturesMinor + refundsMinor;
  const feesMinor = activity <= 0n ? 0n : share(open, fees, activity);
  const balance = openingMinor + open + feesMinor + reserveMinor;
  return {
    openingMinor,
    capturesMinor,
    refundsMinor,
    feesMinor,
    reserveMinor,
    expectedMinor: balance > 0n ? balance : 0n,
  };
}
