import { groupBy } from "@amazon-pay-kit/backports";
import type { Deposit, DepositMatch, Transfer, Unmatched } from "./deposit.ts";
import { depositsInTime } from "./in-time.ts";

/** Exactly the amount, within the bank days; deposits whose text speaks of Amazon Pay come first. */
export function byAmount<T extends Transfer>(unmatched: Unmatched<T>): readonly DepositMatch<T>[] {
  const { transfers, deposits, bankDays } = unmatched;
  const matches: DepositMatch<T>[] = [];
  const used = new Set<Deposit>();
  const matched = new Set<T>();
  for (const speaking of [true, false]) {
    const open = deposits.filter((deposit) => deposit.fromAmazonPay === speaking);
    const byAmount = groupBy(open, (deposit) => `${deposit.currency} ${deposit.amount}`);
    for (const transfer of transfers) {
      if (matched.has(transfer)) continue;
      const same = byAmount.get(`${transfer.currency} ${transfer.amount}`) ?? [];
      const deposit = depositsInTime(transfer, same, bankDays).find((one) => !used.has(one));
      if (deposit === undefined) continue;
      used.add(deposit);
      matched.add(transfer);
      matches.push({ transfers: [transfer], deposits: [deposit], rule: "amount-and-date" });
    }
  }
  return matches;
}
