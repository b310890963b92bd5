import type { Deposit, DepositMatch, Transfer, Unmatched } from "./deposit.ts";
import { onlyPairs } from "./in-time.ts";

/** So much less may arrive, in hundredths of the transfer: banks on the way take their charges from the amount. */
const LESS = 5n;
/** So much more: nobody gives money away, so only slips are meant. */
const MORE = 1n;

function near({ amount }: Transfer, deposit: Deposit): boolean {
  const difference = deposit.amount - amount;
  return difference < 0n ? -difference * 100n <= amount * LESS : difference * 100n <= amount * MORE;
}

/**
 * A deposit whose text speaks of Amazon Pay and that is nearly as large as a transfer of those days, where neither could be
 * another: a bank's charge, a slip. What lies between is a difference to explain, and not a missing transfer beside an
 * unknown deposit.
 */
export function byApproximateAmount<T extends Transfer>(unmatched: Unmatched<T>): readonly DepositMatch<T>[] {
  const deposits = unmatched.deposits.filter((deposit) => deposit.fromAmazonPay);
  const pairs = onlyPairs(
    { ...unmatched, deposits },
    (transfer, deposit) => deposit.currency === transfer.currency && near(transfer, deposit),
  );
  return pairs.map(([transfer, deposit]) => ({ transfers: [transfer], deposits: [deposit], rule: "near-amount" }));
}
