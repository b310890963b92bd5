import { DAY } from "@amazon-pay-kit/money";
import { businessDaysAfter, dayOf } from "./business-days.ts";
import type { Deposit, Transfer } from "./deposit.ts";

const WORKING_DAYS = 5;

/** Place of the first value that is not below a bound, in a list that rises by it. */
function firstFrom<V>(all: readonly V[], valueOf: (one: V) => number, bound: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = all[middle];
    if (one !== undefined && valueOf(one) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The deposits that are booked within the bank days of a transfer: not before its day, and not after the last. */
export function depositsInTime(transfer: Transfer, deposits: readonly Deposit[], bankDays: number): readonly Deposit[] {
  const bookedAt = (deposit: Deposit): number => deposit.bookedAt;
  const end = businessDaysAfter(transfer.at, bankDays) + DAY;
  return deposits.slice(firstFrom(deposits, bookedAt, dayOf(transfer.at)), firstFrom(deposits, bookedAt, end));
}

/** The transfers within whose bank days a deposit is booked. */
export function transfersInTime<T extends Transfer>(
  deposit: Deposit,
  transfers: readonly T[],
  bankDays: number,
): readonly T[] {
  const at = (transfer: T): number => transfer.at;
  const longest = bankDays + 2 * Math.ceil(bankDays / WORKING_DAYS) + 2;
  const from = firstFrom(transfers, at, deposit.bookedAt - longest * DAY);
  return transfers
    .slice(from, firstFrom(transfers, at, dayOf(deposit.bookedAt) + DAY))
    .filter((one) => deposit.bookedAt < businessDaysAfter(one.at, bankDays) + DAY);
}

/**
 * Pairs within the bank days in which each side is the only one that the other can be: what is not so is left, since
 * either could be meant.
 *
 * @param unmatched both sides oldest first
 */
export function onlyPairs<T extends Transfer>(
  { transfers, deposits, bankDays }: { transfers: readonly T[]; deposits: readonly Deposit[]; bankDays: number },
  fits: (transfer: T, deposit: Deposit) => boolean,
): readonly (readonly [T, Deposit])[] {
  return transfers.flatMap((transfer): (readonly [T, Deposit])[] => {
    const [deposit, second] = depositsInTime(transfer, deposits, bankDays).filter((one) => fits(transfer, one));
    if (deposit === undefined || second !== undefined) return [];
    const others = transfersInTime(deposit, transfers, bankDays).filter((one) => fits(one, deposit));
    return others.length === 1 ? [[transfer, deposit]] : [];
  });
}
