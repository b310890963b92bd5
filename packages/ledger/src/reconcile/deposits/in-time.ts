import { DAY } from "@amazon-pay-kit/money";
import { businessDaysAfter, dayOf } from "./business-days.ts";
import type { Deposit, Transfer } from "./deposit.ts";

/** Whether a deposit is booked within the bank days of a transfer: not before its day, and not after the last. */
export function inTime(transfer: Transfer, deposit: Deposit, bankDays: number): boolean {
  return deposit.bookedAt >= dayOf(transfer.at) && deposit.bookedAt < businessDaysAfter(transfer.at, bankDays) + DAY;
}

/**
 * Pairs in which each side is the only one that the other can be: what is not so is left, since either could be meant.
 */
export function onlyPairs<T extends Transfer>(
  transfers: readonly T[],
  deposits: readonly Deposit[],
  fits: (transfer: T, deposit: Deposit) => boolean,
): readonly (readonly [T, Deposit])[] {
  return transfers.flatMap((transfer): (readonly [T, Deposit])[] => {
    const [deposit, second] = deposits.filter((one) => fits(transfer, one));
    if (deposit === undefined || second !== undefined) return [];
    return transfers.filter((one) => fits(one, deposit)).length === 1 ? [[transfer, deposit]] : [];
  });
}
