import type { DepositMatch, Transfer, Unmatched } from "./deposit.ts";
import { LONGEST } from "./by-late-amount.ts";
import { onlyPairs } from "./in-time.ts";
import { type Group, onlyGroups, type Sums, sumsOf, totalsOf, without } from "./only-groups.ts";

/** Rates of one pair of currencies move by less than this many hundredths within the days of a few transfers. */
const DRIFT = 5n;

/** Whether two conversions have about the same rate; compared without ever dividing. */
function alike(known: Sums, other: Sums): boolean {
  const [here, there] = [other.arrived * known.sent, known.arrived * other.sent];
  const apart = here < there ? there - here : here - there;
  return apart * 100n <= there * DRIFT;
}

/**
 * Transfers that the bank books in another currency, told by the day and by the rate of the others: for transfers in a
 * currency that the bank statements never book, and deposits whose text speaks of Amazon Pay. The first pairs are those
 * in which neither side could be another; several together, parts of one, and what came late are told by a known rate.
 */
export function byConversion<T extends Transfer>(unmatched: Unmatched<T>): readonly DepositMatch<T>[] {
  const { bankDays, booked } = unmatched;
  let left = {
    bankDays,
    transfers: unmatched.transfers.filter((transfer) => !booked.has(transfer.currency)),
    deposits: unmatched.deposits.filter((deposit) => deposit.fromAmazonPay),
  };
  const found: Group<T>[] = [];
  const rates: Sums[] = [];
  const fits = (rate: Sums, needsRate: boolean): boolean => {
    if (rate.from === rate.to) return false;
    const nearest = rates.findLast((one) => one.from === rate.from && one.to === rate.to);
    return nearest === undefined ? !needsRate : alike(nearest, rate);
  };
  const keep = (groups: readonly Group<T>[]): boolean => {
    found.push(...groups);
    rates.push(...groups.map(totalsOf));
    left = without(left, groups);
    return groups.length > 0;
  };
  const pairs = (): readonly Group<T>[] =>
    onlyPairs(left, (transfer, deposit) => fits(sumsOf(transfer, deposit), false)).map(([transfer, deposit]) => ({
      transfers: [transfer],
      deposits: [deposit],
    }));
  while (keep(pairs()) || keep(onlyGroups(left, (sums) => fits(sums, true))));
  keep(onlyGroups({ ...left, bankDays: Math.max(bankDays, LONGEST) }, (sums) => fits(sums, true)));
  return found.map((group) => ({ ...group, rule: "converted" }));
}
