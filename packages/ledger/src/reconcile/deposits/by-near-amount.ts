import type { DepositMatch, Transfer, Unmatched } from "./deposit.ts";
import { LONGEST } from "./by-late-amount.ts";
import { transfersInTime } from "./in-time.ts";
import { type Fits, type Group, onlyGroups, type Sums, sumsOf, totalsOf, without } from "./only-groups.ts";

/** How near is near, in thousandths of what was transferred: less that arrived, and more. */
interface Tolerance {
  readonly less: bigint;
  readonly more: bigint;
}

/**
 * Banks on the way take their charges from the amount; nobody gives money away, so of more only slips are meant, and only
 * after what is less.
 */
const LESS: Tolerance = { less: 50n, more: 0n };
const LESS_OR_MORE: Tolerance = { less: 50n, more: 10n };

/** In a month more amounts are near by chance. */
const LATE: Tolerance = { less: 10n, more: 0n };

/**
 * A charge of this many minor units is taken from small amounts too, where it is at most this many thousandths; a slip of as
 * much is made with them.
 */
const CHARGE = { usual: 500n, less: 100n, more: 30n };

/** Where a unit is small money: banks of Japan take some hundred yen. */
const CHARGES: Readonly<Record<string, bigint>> = { __proto__: null as never, JPY: 1000n, KRW: 10_000n };

function near({ from, sent, to, arrived }: Sums, { less, more }: Tolerance): boolean {
  if (from !== to) return false;
  const difference = arrived - sent;
  return difference < 0n ? -difference * 1000n <= sent * less : difference * 1000n <= sent * more;
}

function lacksCharge(sums: Sums): boolean {
  const most = CHARGES[sums.from] ?? CHARGE.usual;
  return sums.sent - sums.arrived <= most && near(sums, { less: CHARGE.less, more: 0n });
}

function hasSlip(sums: Sums): boolean {
  const most = CHARGES[sums.from] ?? CHARGE.usual;
  return sums.arrived - sums.sent <= most && near(sums, { less: 0n, more: CHARGE.more });
}

function within(tolerance: Tolerance): Fits {
  return (sums) => near(sums, tolerance) || lacksCharge(sums);
}

/** What may have come within the bank days: a charge, a share of the amount, a slip. */
const inTime: Fits = (sums) => within(LESS_OR_MORE)(sums) || hasSlip(sums);

function apart({ sent, arrived }: Sums): bigint {
  return sent < arrived ? arrived - sent : sent - arrived;
}

/** Whether the deposit is nearer to a transfer in whose bank days it was booked than to those that it came late for. */
function isNearerInTime<T extends Transfer>(group: Group<T>, { transfers, bankDays }: Unmatched<T>): boolean {
  const [deposit, ...others] = group.deposits;
  if (deposit === undefined || others.length > 0) return false;
  const late = apart(totalsOf(group));
  return transfersInTime(deposit, transfers, bankDays).some((other) => {
    const sums = sumsOf(other, deposit);
    return !group.transfers.includes(other) && inTime(sums) && apart(sums) < late;
  });
}

/**
 * Deposits whose text speaks of Amazon Pay and that are nearly as large as a transfer, as several, or as one in parts, where
 * neither could be another: a bank's charge, a slip. What lies between is a difference to explain, and not a missing
 * transfer beside an unknown deposit. A bank's charge tells more than a share of the amount does, so that it is looked for
 * first, within the bank days and then beyond them.
 *
 * What one step takes may leave a single choice to a step before it: they are gone through again until none takes anything.
 */
export function byNearAmount<T extends Transfer>(unmatched: Unmatched<T>): readonly DepositMatch<T>[] {
  let left = { ...unmatched, deposits: unmatched.deposits.filter((deposit) => deposit.fromAmazonPay) };
  const matches: DepositMatch<T>[] = [];
  const take = (bankDays: number, fits: Fits, meant: (group: Group<T>) => boolean = () => true): void => {
    const found = onlyGroups({ ...left, bankDays }, fits).filter(meant);
    matches.push(...found.map((group): DepositMatch<T> => ({ ...group, rule: "near-amount" })));
    left = without(left, found);
  };
  const longest = Math.max(unmatched.bankDays, LONGEST);
  const isLate = (group: Group<T>): boolean => !isNearerInTime(group, left);
  for (let before = -1; before < matches.length && left.deposits.length > 0;) {
    before = matches.length;
    take(unmatched.bankDays, lacksCharge);
    take(longest, lacksCharge, isLate);
    take(unmatched.bankDays, within(LESS));
    take(unmatched.bankDays, inTime);
    take(longest, within(LESS), (group) => within(LATE)(totalsOf(group)) && isLate(group));
  }
  return matches;
}
