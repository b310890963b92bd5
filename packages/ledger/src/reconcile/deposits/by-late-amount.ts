import type { DepositMatch, Transfer, Unmatched } from "./deposit.ts";
import { onlyGroups } from "./only-groups.ts";

/** This many business days a deposit is looked for whose days were over: a month of them. */
export const LONGEST = 22;

/**
 * Deposits that speak of Amazon Pay and are exactly as large as a transfer whose days were over, or as several, or parts of
 * one, where neither could be another: money that came late, and not a missing transfer beside an unknown deposit. What is
 * exact goes before what is only near, or a transfer that never arrived would take the deposit of another one.
 */
export function byLateAmount<T extends Transfer>(unmatched: Unmatched<T>): readonly DepositMatch<T>[] {
  const late = {
    transfers: unmatched.transfers,
    deposits: unmatched.deposits.filter((deposit) => deposit.fromAmazonPay),
    bankDays: Math.max(unmatched.bankDays, LONGEST),
  };
  return onlyGroups(late, ({ from, sent, to, arrived }) => from === to && sent === arrived).map((group) => ({
    ...group,
    rule: group.transfers.length > 1 ? "several-in-one" : group.deposits.length > 1 ? "one-in-parts" : "late-amount",
  }));
}
