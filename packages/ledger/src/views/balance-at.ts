import { type Calendar, DAY, UTC } from "@amazon-pay-kit/money";
import { type BalanceAt, balancesOf } from "../reconcile/periods/balances.ts";
import { inChunks } from "../store/chunks.ts";
import { accountIds, type AccountFilter, type ViewContext } from "./view.ts";

export type { BalanceAt, TransferOnItsWay, Unsettled } from "../reconcile/periods/balances.ts";

/** Midnight UTC after the day that a moment ends or lies in: banks book on days, which are kept as midnight UTC. */
function bankDaysUntil(before: number, calendar: Calendar): number {
  return UTC.startOf(calendar.dayOf(before - 1)) + DAY;
}

/**
 * The balances of accounts before a moment, by account and currency: with Amazon Pay, on the way to the bank, and captured
 * by the merchant's records but in no settlement row yet. The first two are those of the journal written row by row.
 *
 * @param request `calendar` says on which day of the bank the moment is. Default: UTC
 *
 * @example
 * const [balance] = await balancesAt({ store }, { before: Date.UTC(2026, 0, 1) });
 * balance?.balanceMinor; // what Amazon Pay held at the end of 2025
 */
export async function balancesAt(
  context: ViewContext,
  request: AccountFilter & {
    readonly before: number;
    readonly currency?: string | undefined;
    readonly calendar?: Calendar;
  },
): Promise<readonly BalanceAt[]> {
  const { before, currency, calendar = UTC } = request;
  const bankBefore = bankDaysUntil(before, calendar);
  return inChunks(await accountIds(context, request), (some) =>
    balancesOf(context.store.db, { accountIds: some, before, bankBefore, currency }),
  );
}
