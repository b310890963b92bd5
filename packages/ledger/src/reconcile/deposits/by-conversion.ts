import type { Deposit, DepositMatch, Transfer, Unmatched } from "./deposit.ts";
import { onlyPairs } from "./in-time.ts";

/** Rates of one pair of currencies move by less than this many hundredths within the days of a few transfers. */
const DRIFT = 5n;

interface Pair<T extends Transfer> {
  readonly transfer: T;
  readonly deposit: Deposit;
}

/** Whether two conversions have about the same rate; compared without ever dividing. */
function alike(known: Pair<Transfer>, transfer: Transfer, deposit: Deposit): boolean {
  const [here, there] = [deposit.amount * known.transfer.amount, known.deposit.amount * transfer.amount];
  const apart = here < there ? there - here : here - there;
  return apart * 100n <= there * DRIFT;
}

/**
 * Transfers that the bank books in another currency, told by the day and by the rate of the others: for transfers in a
 * currency that the bank statements never book, and deposits whose text speaks of Amazon Pay. The first pairs are those
 * in which neither side could be another.
 */
export function byConversion<T extends Transfer>(unmatched: Unmatched<T>): readonly DepositMatch<T>[] {
  const { bankDays, booked } = unmatched;
  let transfers = unmatched.transfers.filter((transfer) => !booked.has(transfer.currency));
  let deposits = unmatched.deposits.filter((deposit) => deposit.fromAmazonPay);
  const found: Pair<T>[] = [];
  for (;;) {
    const pairs = onlyPairs({ transfers, deposits, bankDays }, (transfer, deposit) => {
      if (deposit.currency === transfer.currency) return false;
      const others = found.filter(
        (one) => one.transfer.currency === transfer.currency && one.deposit.currency === deposit.currency,
      );
      const nearest = others.at(-1);
      return nearest === undefined || alike(nearest, transfer, deposit);
    });
    if (pairs.length === 0) break;
    found.push(...pairs.map(([transfer, deposit]) => ({ transfer, deposit })));
    transfers = transfers.filter((one) => !pairs.some(([transfer]) => transfer === one));
    deposits = deposits.filter((one) => !pairs.some(([, deposit]) => deposit === one));
  }
  return found.map(({ transfer, deposit }) => ({ transfers: [transfer], deposits: [deposit], rule: "converted" }));
}
