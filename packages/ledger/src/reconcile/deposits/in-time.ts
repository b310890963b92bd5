import { DAY } from "@amazon-pay-kit/money";
import { businessDaysAfter, dayOf } from "./business-days.ts";
import type { Deposit, Transfer } from "./deposit.ts";

const WORKING_DAYS = 5;

/** Place of the first value that is not below a bound, in a list that rises by it. */
function firstFrom<V>(all: readonly V[], valueOf: (one: V) => number, bound: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = all[middle];
    if (one !== undefined && valueOf(one) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The deposits that are booked within the bank days of a transfer: not before its day, and not after the last. */
export function depositsInTime(transfer: Transfer, deposits: readonly Deposit[], bankDays: number): readonly Deposit[] {
  const bookedAt = (deposit: Deposit): number => deposit.bookedAt;
  const end = businessDaysAfter(transfer.at, bankDays) + DAY;
  return deposits.slice(firstFrom(deposits, bookedAt, dayOf(transfer.at)), firstFrom(deposits, bookedAt, end));
}

/** The transfers within whose bank days a deposit is booked. */
export function transfersInTime<T extends Transfer>(
  deposit: Deposit,
  transfers: readonly T[],
  bankDays: number,
): readonly T[] {
  const at = (transfer: T): number => transfer.at;
  const longest = bankDays + 2 * Math.ceil(bankDays / WORKING_DAYS) + 2;
  const from = firstFrom(transfers, at, deposit.bookedAt - longest * DAY);
  return transfers
    .slice(from, firstFrom(transfers, at, dayOf(deposit.bookedAt) + DAY))
    .filter((one) => deposit.bookedAt < businessDaysAfter(one.at, bankDays) + DAY);
}

/** More than this many on one side are not looked through: a chain so long would be found by chance. */
const LONGEST_CHAIN = 12;

/** Transfers and deposits that could be each other's, with what hangs together with them. */
interface Chain<T extends Transfer> {
  readonly transfers: Map<T, Set<Deposit>>;
  readonly deposits: Map<Deposit, Set<T>>;
}

/** What hangs together: each transfer with the deposits that it could be in, and the other way round. */
function chainsOf<T extends Transfer>(could: ReadonlyMap<T, readonly Deposit[]>): readonly Chain<T>[] {
  const payers = new Map<Deposit, T[]>();
  for (const [transfer, deposits] of could) {
    for (const deposit of deposits) payers.set(deposit, [...(payers.get(deposit) ?? []), transfer]);
  }
  const seen = new Set<T>();
  const chains: Chain<T>[] = [];
  for (const start of could.keys()) {
    if (seen.has(start)) continue;
    const chain: Chain<T> = { transfers: new Map(), deposits: new Map() };
    const waiting = [start];
    for (let transfer = waiting.pop(); transfer !== undefined; transfer = waiting.pop()) {
      if (seen.has(transfer)) continue;
      seen.add(transfer);
      const deposits = could.get(transfer) ?? [];
      chain.transfers.set(transfer, new Set(deposits));
      for (const deposit of deposits) {
        const own = payers.get(deposit) ?? [];
        chain.deposits.set(deposit, new Set(own));
        waiting.push(...own);
      }
    }
    chains.push(chain);
  }
  return chains;
}

/**
 * The pairs of a chain where there is but one way for every transfer to have arrived and every deposit to belong: whoever has
 * one choice left takes it, until nothing is left. `[]` where a choice remains, or something would be left over.
 */
function onlyWay<T extends Transfer>({ transfers, deposits }: Chain<T>): readonly (readonly [T, Deposit])[] {
  const count = transfers.size;
  if (count !== deposits.size || count > LONGEST_CHAIN) return [];
  const pairs: (readonly [T, Deposit])[] = [];
  const forced = (): readonly [T, Deposit] | undefined => {
    for (const [transfer, [only, ...others]] of [...transfers].map(([one, some]) => [one, [...some]] as const))
      if (only !== undefined && others.length === 0) return [transfer, only];
    for (const [deposit, [only, ...others]] of [...deposits].map(([one, some]) => [one, [...some]] as const))
      if (only !== undefined && others.length === 0) return [only, deposit];
    return undefined;
  };
  for (let pair = forced(); pair !== undefined; pair = forced()) {
    const [transfer, deposit] = pair;
    pairs.push(pair);
    for (const other of transfers.get(transfer) ?? []) deposits.get(other)?.delete(transfer);
    for (const other of deposits.get(deposit) ?? []) transfers.get(other)?.delete(deposit);
    transfers.delete(transfer);
    deposits.delete(deposit);
  }
  return pairs.length === count ? pairs : [];
}

/** The pairs of a chain in the order of time, where each deposit fits its transfer; `[]` where not. */
function inOrder<T extends Transfer>({ transfers, deposits }: Chain<T>): readonly (readonly [T, Deposit])[] {
  if (transfers.size !== deposits.size || transfers.size > LONGEST_CHAIN) return [];
  const later = [...deposits.keys()].toSorted((one, other) => one.bookedAt - other.bookedAt);
  const pairs = [...transfers.keys()]
    .toSorted((one, other) => one.at - other.at)
    .flatMap((transfer, index): (readonly [T, Deposit])[] => {
      const deposit = later[index];
      return deposit !== undefined && transfers.get(transfer)?.has(deposit) === true ? [[transfer, deposit]] : [];
    });
  return pairs.length === transfers.size ? pairs : [];
}

/** What pairs are looked for in: both sides oldest first. */
interface Both<T extends Transfer> {
  readonly transfers: readonly T[];
  readonly deposits: readonly Deposit[];
  readonly bankDays: number;
}

function couldBe<T extends Transfer>(
  { transfers, deposits, bankDays }: Both<T>,
  fits: (transfer: T, deposit: Deposit) => boolean,
): ReadonlyMap<T, readonly Deposit[]> {
  const could = new Map<T, readonly Deposit[]>();
  for (const transfer of transfers) {
    const some = depositsInTime(transfer, deposits, bankDays).filter((one) => fits(transfer, one));
    if (some.length > 0) could.set(transfer, some);
  }
  return could;
}

/**
 * Pairs in the order of time, of transfers and deposits that could all be each other's: as many of the one as of the other, so
 * that all of them have arrived, whichever is whose.
 */
export function pairsInOrder<T extends Transfer>(
  both: Both<T>,
  fits: (transfer: T, deposit: Deposit) => boolean,
): readonly (readonly [T, Deposit])[] {
  return chainsOf(couldBe(both, fits)).flatMap(inOrder);
}

/**
 * Pairs within the bank days of which each side could be no other: none but the other fits it, or all that hang together
 * fit in one way only. What is not so is left, since either could be meant.
 *
 * @param unmatched both sides oldest first
 */
export function onlyPairs<T extends Transfer>(
  unmatched: Both<T>,
  fits: (transfer: T, deposit: Deposit) => boolean,
): readonly (readonly [T, Deposit])[] {
  return chainsOf(couldBe(unmatched, fits)).flatMap(onlyWay);
}
