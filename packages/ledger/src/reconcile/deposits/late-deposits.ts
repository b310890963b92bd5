import type { DepositMatch, Transfer, Unmatched } from "./deposit.ts";
import { onlyPairs } from "./in-time.ts";

/** So many business days a deposit is looked for that is exactly as large: a month of them. */
const LONGEST = 22;

/**
 * Deposits that speak of Amazon Pay and are exactly as large as a transfer whose days were over, where neither could be
 * another: money that came late, and not a missing transfer beside an unknown deposit. Sums are not looked for, since in so
 * many days some add up by chance.
 */
export function lateDeposits<T extends Transfer>(unmatched: Unmatched<T>): readonly DepositMatch<T>[] {
  const late = {
    ...unmatched,
    deposits: unmatched.deposits.filter((deposit) => deposit.fromAmazonPay),
    bankDays: Math.max(unmatched.bankDays, LONGEST),
  };
  const pairs = onlyPairs(
    late,
    (transfer, deposit) => deposit.currency === transfer.currency && deposit.amount === transfer.amount,
  );
  return pairs.map(([transfer, deposit]) => ({ transfers: [transfer], deposits: [deposit], rule: "late-amount" }));
}
