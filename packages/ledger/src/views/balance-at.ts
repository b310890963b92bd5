import { type BalanceAt, balancesOf } from "../reconcile/periods/balances.ts";
import { accountIds, type AccountFilter, type ViewContext } from "./view.ts";

export type { BalanceAt, TransferOnItsWay, Unsettled } from "../reconcile/periods/balances.ts";

/**
 * The balances of accounts before a moment, by account and currency: with Amazon Pay, on the way to the bank, and captured
 * by the merchant's records but in no settlement row yet. The first two are those of the journal written row by row.
 *
 * @example
 * const [balance] = await balancesAt({ store }, { before: Date.UTC(2026, 0, 1) });
 * balance?.balanceMinor; // what Amazon Pay held at the end of 2025
 */
export async function balancesAt(
  context: ViewContext,
  request: AccountFilter & { readonly before: number; readonly currency?: string | undefined },
): Promise<readonly BalanceAt[]> {
  const balances: BalanceAt[] = [];
  for (const accountId of await accountIds(context, request)) {
    const { before, currency } = request;
    balances.push(...(await balancesOf(context.store.db, { accountId, before, currency })));
  }
  return balances;
}
