import type { Deposit, DepositMatch, Transfer } from "./deposit.ts";

/** How much of a deposit belongs to a transfer, in the minor units of the deposit. */
export interface DepositShare<T extends Transfer> {
  readonly transfer: T;
  readonly deposit: Deposit;
  readonly amount: bigint;
}

/**
 * Deals the deposits of a match out to its transfers, in order. The shares of a deposit always add up to it: what
 * arrived beyond the transfers is with the last of them, and a transfer for which nothing is left has a share of nothing. Deposits in another currency are not dealt out, since no
 * transfer says how much of them is its own: each is with the first transfer.
 */
export function depositShares<T extends Transfer>({
  transfers,
  deposits,
}: DepositMatch<T>): readonly DepositShare<T>[] {
  const shares: DepositShare<T>[] = [];
  let at = 0;
  let open = transfers[0]?.amount ?? 0n;
  for (const deposit of deposits) {
    let rest = deposit.amount;
    while (rest > 0n) {
      const transfer = transfers[at];
      if (transfer === undefined) break;
      const last = at === transfers.length - 1 || deposit.currency !== transfer.currency;
      const amount = last || rest < open ? rest : open;
      if (amount > 0n) shares.push({ transfer, deposit, amount });
      rest -= amount;
      open -= amount;
      if (open > 0n || last) continue;
      at += 1;
      open = transfers[at]?.amount ?? 0n;
    }
  }
  const deposit = deposits.at(-1);
  if (deposit === undefined) return shares;
  for (const transfer of transfers) {
    if (!shares.some((share) => share.transfer === transfer)) shares.push({ transfer, deposit, amount: 0n });
  }
  return shares;
}
