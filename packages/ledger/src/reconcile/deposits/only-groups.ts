import { groupBy } from "@amazon-pay-kit/backports";
import type { Deposit, Transfer } from "./deposit.ts";
import { depositsInTime, onlyPairs, transfersInTime } from "./in-time.ts";

/** More than this many together would be found by chance. It also bounds the work: runs are tried, not combinations. */
export const MOST_TOGETHER = 6;

/** Transfers and deposits that may belong together: one of the one side, and one or more of the other. */
export interface Group<T extends Transfer> {
  readonly transfers: readonly T[];
  readonly deposits: readonly Deposit[];
}

/** What is looked through, both sides oldest first. */
interface Sides<T extends Transfer> {
  readonly transfers: readonly T[];
  readonly deposits: readonly Deposit[];
  readonly bankDays: number;
}

/** What two sides add up to, each in its currency. */
export interface Sums {
  readonly from: string;
  readonly sent: bigint;
  readonly to: string;
  readonly arrived: bigint;
  /** When about: the rate of a conversion is that of its days. */
  readonly at: number;
}

/** Whether the money of both sides is the same, or nearly. */
export type Fits = (sums: Sums) => boolean;

/** Runs of two and more that follow each other and whose sum passes. */
function runsOf<V extends { readonly amount: bigint }>(all: readonly V[], passes: (sum: bigint) => boolean): V[][] {
  const runs: V[][] = [];
  for (const from of all.keys()) {
    let sum = 0n;
    for (let to = from; to < Math.min(from + MOST_TOGETHER, all.length); to += 1) {
      sum += all[to]?.amount ?? 0n;
      if (to > from && passes(sum)) runs.push(all.slice(from, to + 1));
    }
  }
  return runs;
}

/**
 * Several transfers in one deposit, and one transfer in several deposits, where no member could be in another such group:
 * what is not so is left, since either could be meant. Those together follow each other, in one currency.
 */
function severalTogether<T extends Transfer>({ transfers, deposits, bankDays }: Sides<T>, fits: Fits): Group<T>[] {
  const found: Group<T>[] = [];
  for (const deposit of deposits) {
    const { currency: to, amount: arrived, bookedAt: at } = deposit;
    for (const [from, some] of groupBy(transfersInTime(deposit, transfers, bankDays), (one) => one.currency)) {
      for (const run of runsOf(some, (sent) => fits({ from, sent, to, arrived, at })))
        found.push({ transfers: run, deposits: [deposit] });
    }
  }
  for (const transfer of transfers) {
    const { currency: from, amount: sent, at } = transfer;
    for (const [to, some] of groupBy(depositsInTime(transfer, deposits, bankDays), (one) => one.currency)) {
      for (const run of runsOf(some, (arrived) => fits({ from, sent, to, arrived, at })))
        found.push({ transfers: [transfer], deposits: run });
    }
  }
  const uses = new Map<Transfer | Deposit, number>();
  for (const one of found.flatMap((group) => [...group.transfers, ...group.deposits])) {
    uses.set(one, (uses.get(one) ?? 0) + 1);
  }
  return found.filter((group) => [...group.transfers, ...group.deposits].every((one) => uses.get(one) === 1));
}

/** What the sides of a group come to. */
export function totalsOf({ transfers, deposits }: Group<Transfer>): Sums {
  const [from = "", to = ""] = [transfers[0]?.currency, deposits[0]?.currency];
  return { from, sent: totalOf(transfers), to, arrived: totalOf(deposits), at: deposits[0]?.bookedAt ?? 0 };
}

/** What a transfer and a deposit come to. */
export function sumsOf(transfer: Transfer, deposit: Deposit): Sums {
  const { currency: from, amount: sent } = transfer;
  return { from, sent, to: deposit.currency, arrived: deposit.amount, at: deposit.bookedAt };
}

/** The groups within the bank days of which no member could be in another: pairs before sums. */
export function onlyGroups<T extends Transfer>(sides: Sides<T>, fits: Fits): readonly Group<T>[] {
  const pairs = onlyPairs(sides, (transfer, deposit) => fits(sumsOf(transfer, deposit))).map(
    ([transfer, deposit]): Group<T> => ({ transfers: [transfer], deposits: [deposit] }),
  );
  return [...pairs, ...severalTogether(without(sides, pairs), fits)];
}

/** What some groups leave. */
export function without<T extends Transfer, S extends Sides<T>>(sides: S, groups: readonly Group<T>[]): S {
  const gone = new Set<Transfer | Deposit>(groups.flatMap((group) => [...group.transfers, ...group.deposits]));
  return {
    ...sides,
    transfers: sides.transfers.filter((transfer) => !gone.has(transfer)),
    deposits: sides.deposits.filter((deposit) => !gone.has(deposit)),
  };
}

/** What transfers or deposits add up to. */
export function totalOf(all: readonly { readonly amount: bigint }[]): bigint {
  return all.reduce((sum, one) => sum + one.amount, 0n);
}
