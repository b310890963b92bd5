import { byAmount } from "./by-amount.ts";
import { byConversion } from "./by-conversion.ts";
import { byLateAmount } from "./by-late-amount.ts";
import { byNearAmount } from "./by-near-amount.ts";
import { byReference } from "./by-reference.ts";
import { bySum } from "./by-sum.ts";
import type { Deposit, DepositMatch, DepositMatcher, Transfer } from "./deposit.ts";

/** What came of matching transfers with deposits. */
export interface DepositMatches<T extends Transfer = Transfer> {
  readonly matches: readonly DepositMatch<T>[];
  readonly transfers: readonly T[];
  readonly deposits: readonly Deposit[];
}

/** Strongest evidence first: what a rule takes, those below it no longer see. */
const MATCH_RULES: readonly DepositMatcher[] = [byReference, byAmount, bySum, byLateAmount, byConversion, byNearAmount];

/**
 * Matches transfers with deposits: by the disbursement reference, which the bank prints, else by amount, currency and
 * date, exact amounts before any other; see {@link DepositRule}. What people have linked is out of the question.
 *
 * @param byHand what people have linked
 */
export function matchDeposits<T extends Transfer>(
  transfers: readonly T[],
  deposits: readonly Deposit[],
  bankDays: number,
  byHand: readonly DepositMatch<T>[] = [],
): DepositMatches<T> {
  const matches: DepositMatch<T>[] = [...byHand];
  const taken = new Set<T | Deposit>(byHand.flatMap((match) => [...match.transfers, ...match.deposits]));
  const booked = new Set(deposits.map((deposit) => deposit.currency));
  let left = {
    transfers: transfers.filter((transfer) => !taken.has(transfer)).toSorted((one, other) => one.at - other.at),
    deposits: deposits
      .filter((deposit) => !taken.has(deposit))
      .toSorted((one, other) => one.bookedAt - other.bookedAt || one.bankLineId - other.bankLineId),
  };
  for (const rule of MATCH_RULES) {
    const found = rule({ ...left, bankDays, booked });
    const gone = new Set<T | Deposit>(found.flatMap((match) => [...match.transfers, ...match.deposits]));
    matches.push(...found);
    left = {
      transfers: left.transfers.filter((transfer) => !gone.has(transfer)),
      deposits: left.deposits.filter((deposit) => !gone.has(deposit)),
    };
  }
  return { matches, ...left };
}
