import { groupBy } from "@amazon-pay-kit/backports";
import type { DepositMatch, Transfer, Unmatched } from "./deposit.ts";
import { LONGEST } from "./by-late-amount.ts";
import { onlyPairs, pairsInOrder } from "./in-time.ts";
import { type Group, onlyGroups, type Sums, sumsOf, totalsOf, without } from "./only-groups.ts";

/**
 * How far a rate may be from that of the nearest days, in thousandths: a bank's rate of two weeks hardly moves, so that it
 * tells transfers of about the same size apart, also late ones. What is further away is looked for when nothing is so near.
 */
const NEAR = 10n;
const DRIFT = 50n;

/** A transfer and a deposit of its days that could be no others belong together even so; what is further is told by nothing. */
const ODD = 150n;

/** This many conversions before and after one are next to it. */
const NEIGHBOURS = 2;

/** Whether two conversions have about the same rate; compared without ever dividing. */
function alike(known: Sums, other: Sums, thousandths: bigint): boolean {
  const [here, there] = [other.arrived * known.sent, known.arrived * other.sent];
  const apart = here < there ? there - here : here - there;
  return apart * 1000n <= there * thousandths;
}

/**
 * Groups whose rate is about that of one next to them in time: before any rate is known, the only pair of some days may be a
 * wrong one. One alone has nothing to be compared with.
 */
function likeNeighbours<T extends Transfer>(groups: readonly Group<T>[], thousandths: bigint): readonly Group<T>[] {
  const all = groups
    .map((group) => ({ group, sums: totalsOf(group) }))
    .toSorted((one, other) => one.sums.at - other.sums.at);
  return [...groupBy(all, ({ sums }) => `${sums.from} ${sums.to}`).values()].flatMap((series) =>
    series
      .filter(
        ({ sums }, index) =>
          series.length === 1 ||
          series
            .slice(Math.max(index - NEIGHBOURS, 0), index + NEIGHBOURS + 1)
            .some((one) => one.sums !== sums && alike(one.sums, sums, thousandths)),
      )
      .map(({ group }) => group),
  );
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
  const pairsOf = (thousandths: bigint): readonly Group<T>[] =>
    onlyPairs(left, (transfer, deposit) => fits(sumsOf(transfer, deposit), thousandths, false)).map(
      ([transfer, deposit]) => ({ transfers: [transfer], deposits: [deposit] }),
    );
  const unrated = (group: Group<T>): boolean => nearest(totalsOf(group)) === undefined;
  const pairs = (thousandths: bigint): boolean => {
    const some = pairsOf(thousandths);
    return keep([...some.filter((one) => !unrated(one)), ...likeNeighbours(some.filter(unrated), thousandths)]);
  };
  const groups = (thousandths: bigint, days: number): boolean =>
    keep(onlyGroups({ ...left, bankDays: days }, (sums) => fits(sums, thousandths, true)));
  const longest = Math.max(bankDays, LONGEST);
  while (pairs(NEAR) || groups(NEAR, bankDays) || groups(NEAR, longest));
  keep(
    pairsInOrder({ ...left, bankDays: longest }, (transfer, deposit) =>
      fits(sumsOf(transfer, deposit), NEAR, true),
    ).map(([transfer, deposit]) => ({ transfers: [transfer], deposits: [deposit] })),
  );
  while (pairs(DRIFT) || groups(DRIFT, bankDays));
  pairs(ODD);
  // A few payouts of which no two have about the same rate: neither side could be another all the same.
  keep(pairsOf(ODD).filter(unrated));
  // What these have taken may have stood in the way of one that came late.
  while (pairs(NEAR) || groups(NEAR, longest));
  return found.map((group) => ({ ...group, rule: "converted" }));
}
