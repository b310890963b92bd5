import type { Deposit, DepositMatch, Transfer, Unmatched } from "./deposit.ts";
import { MOST_TOGETHER } from "./only-groups.ts";
import { depositsInTime, transfersInTime } from "./in-time.ts";

/** The first run of two or more that follow each other and add up to exactly so much. */
function runOf<V>(all: readonly V[], amountOf: (one: V) => bigint, wanted: bigint): readonly V[] | null {
  for (const from of all.keys()) {
    let sum = 0n;
    for (const [count, one] of all.slice(from, from + MOST_TOGETHER).entries()) {
      sum += amountOf(one);
      if (sum > wanted) break;
      if (sum === wanted && count > 0) return all.slice(from, from + count + 1);
    }
  }
  return null;
}

const amountOf = (one: { readonly amount: bigint }): bigint => one.amount;

/**
 * Transfers that follow each other and that the bank booked as one sum, and transfers that it booked in parts: exactly
 * the amount, within the bank days, and only in deposits whose text speaks of Amazon Pay.
 */
export function bySum<T extends Transfer>(unmatched: Unmatched<T>): readonly DepositMatch<T>[] {
  const { bankDays } = unmatched;
  const deposits = unmatched.deposits.filter((deposit) => deposit.fromAmazonPay);
  const matches: DepositMatch<T>[] = [];
  const used = new Set<T | Deposit>();
  for (const deposit of deposits) {
    const before = transfersInTime(deposit, unmatched.transfers, bankDays).filter(
      (one) => !used.has(one) && one.currency === deposit.currency,
    );
    const together = runOf(before, amountOf, deposit.amount);
    if (together === null) continue;
    for (const one of [deposit, ...together]) used.add(one);
    matches.push({ transfers: together, deposits: [deposit], rule: "several-in-one" });
  }
  for (const transfer of unmatched.transfers) {
    if (used.has(transfer)) continue;
    const after = depositsInTime(transfer, deposits, bankDays).filter(
      (one) => !used.has(one) && one.currency === transfer.currency,
    );
    const parts = runOf(after, amountOf, transfer.amount);
    if (parts === null) continue;
    for (const one of [transfer, ...parts]) used.add(one);
    matches.push({ transfers: [transfer], deposits: parts, rule: "one-in-parts" });
  }
  return matches;
}
