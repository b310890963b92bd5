import { share } from "@amazon-pay-kit/money";

/**
 * What Amazon Pay takes for its service, from one moment on, in one currency.
 *
 * Fixed amounts are minor units of the currency; rates are basis points (`290n` is 2.9 %).
 */
export interface FeeSchedule {
  readonly currency: string;
  /** First moment at which an order falls under this row, milliseconds since the epoch. */
  readonly from: number;
  readonly rate: bigint;
  /** What a cross-border payment costs on top of `rate`. */
  readonly crossBorderRate: bigint;
  /** Per authorization: taken with its capture, or alone when it is never captured. */
  readonly fixed: bigint;
  /** Whether an authorization that succeeded and was never captured costs its fixed fee. */
  readonly uncapturedAuthorization: boolean;
  /** What a disputed chargeback costs; 0 where no such fee is taken. */
  readonly dispute: bigint;
}

/** The two parts of a fee, signed as in the settlement file: negative where it is taken, positive where it comes back. */
export interface Fee {
  readonly percentage: bigint;
  readonly fixed: bigint;
}

/** Rates are in basis points. */
const WHOLE = 10_000n;

/**
 * The row that holds for an order: the latest that had begun when the order was placed.
 *
 * Source: the schedule that is valid at the time of the order applies, also to what is captured or refunded later.
 *
 * @param rows may hold several currencies and need not be sorted
 * @returns undefined when no row of the currency had begun by then
 */
export function scheduleAt(rows: readonly FeeSchedule[], currency: string, orderedAt: number): FeeSchedule | undefined {
  let valid: FeeSchedule | undefined;
  for (const row of rows) {
    if (row.currency !== currency || row.from > orderedAt) continue;
    if (valid === undefined || row.from >= valid.from) valid = row;
  }
  return valid;
}

/**
 * The fee of a capture: a percentage of what was captured, half a minor unit rounded up, and the fixed part.
 *
 * @example captureFee(us, 1000n, false) // { percentage: -29n, fixed: -30n }
 */
export function captureFee(schedule: FeeSchedule, captured: bigint, crossBorder: boolean): Fee {
  const rate = crossBorder ? schedule.rate + schedule.crossBorderRate : schedule.rate;
  return { percentage: -share(captured, rate, WHOLE), fixed: -schedule.fixed };
}

/**
 * The fee that comes back when money is given back: the percentage part in proportion, the fixed part never.
 *
 * Because every part is rounded by itself, parts could come to more than the whole: never more comes back than
 * `remaining`.
 *
 * @param returned what the buyer gets, positive
 * @param captured what was captured, positive
 * @param taken percentage fee of the capture as posted, zero or negative
 * @param remaining part of `taken` that has not come back yet, positive
 */
export function returnedFee(returned: bigint, captured: bigint, taken: bigint, remaining: bigint): Fee {
  const proportional = captured === 0n ? 0n : share(returned, -taken, captured);
  return { percentage: proportional > remaining ? remaining : proportional, fixed: 0n };
}
