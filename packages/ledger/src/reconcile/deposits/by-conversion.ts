import { groupBy } from "@amazon-pay-kit/backports";
import type { DepositMatch, Transfer, Unmatched } from "./deposit.ts";
import { LONGEST } from "./by-late-amount.ts";
import { onlyPairs } from "./in-time.ts";
import { type Group, onlyGroups, type Sums, sumsOf, totalsOf, without } from "./only-groups.ts";

/**
 * How far a rate may be from that of the nearest days, in thousandths: a bank's rate of two weeks hardly moves, so that it
 * tells transfers of about the same size apart, also late ones. What is further away is looked for when nothing is so near.
 */
const NEAR = 10n;
const DRIFT = 50n;

/** A transfer and a deposit of its days that could be no others belong together even so; what is further is told by nothing. */
const ODD = 150n;

/** Whether two conversions have about the same rate; compared without ever dividing. */
function alike(known: Sums, other: Sums, thousandths: bigint): boolean {
  const [here, there] = [other.arrived * known.sent, known.arrived * other.sent];
  const apart = here < there ? there - here : here - there;
  return apart * 1000n <= there * thousandths;
}

/** Groups whose rate is about that of most of them: before any rate is known, the only pair of some days may be a wrong one. */
function likeMost<T extends Transfer>(groups: readonly Group<T>[]): readonly Group<T>[] {
  const all = groups.map((group) => ({ group, sums: totalsOf(group) }));
  return [...groupBy(all, ({ sums }) => `${sums.from} ${sums.to}`).values()].flatMap((some) => {
    const sorted = some.toSorted(({ sums: one }, { sums: other }) => {
      const [left, right] = [one.arrived * other.sent, other.arrived * one.sent];
      return left < right ? -1 : left > right ? 1 : 0;
    });
    const middle = sorted[Math.floor(sorted.length / 2)];
    return some.filter(({ sums }) => middle !== undefined && alike(middle.sums, sums, ODD)).map(({ group }) => group);
  });
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
  const nearest = ({ from, to, at }: Sums): Sums | undefined =>
    rates
      .filter((one) => one.from === from && one.to === to)
      .reduce<Sums | undefined>(
        (best, one) => (best !== undefined && Math.abs(best.at - at) <= Math.abs(one.at - at) ? best : one),
        undefined,
      );
  const fits = (rate: Sums, thousandths: bigint, needsRate: boolean): boolean => {
    if (rate.from === rate.to) return false;
    const known = nearest(rate);
    return known === undefined ? !needsRate : alike(known, rate, thousandths);
  };
  const keep = (groups: readonly Group<T>[]): boolean => {
    found.push(...groups);
    rates.push(...groups.map(totalsOf));
    left = without(left, groups);
    return groups.length > 0;
  };
  const pairs = (thousandths: bigint): boolean =>
    keep(
      likeMost(
        onlyPairs(left, (transfer, deposit) => fits(sumsOf(transfer, deposit), thousandths, false)).map(
          ([transfer, deposit]): Group<T> => ({ transfers: [transfer], deposits: [deposit] }),
        ),
      ),
    );
  const groups = (thousandths: bigint, days: number): boolean =>
    keep(onlyGroups({ ...left, bankDays: days }, (sums) => fits(sums, thousandths, true)));
  const longest = Math.max(bankDays, LONGEST);
  while (pairs(NEAR) || groups(NEAR, bankDays) || groups(NEAR, longest));
  while (pairs(DRIFT) || groups(DRIFT, bankDays));
  pairs(ODD);
  return found.map((group) => ({ ...group, rule: "converted" }));
}
