import { accountIdOf } from "../../settlement/account.ts";
import { netOf } from "../../settlement/movements.ts";
import { closePeriod } from "../../settlement/periods/balance.ts";
import { frameRows } from "../../settlement/periods/settlement-boundary-rows.ts";
import { wholeSecond } from "../../settlement/periods/running-period.ts";
import { TRANSACTION_TYPE } from "../../settlement/transaction-types.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Movement } from "../../engine/objects/index.ts";
import type { DraftRow } from "../../engine/objects/report-draft.ts";
import { settlementRows } from "./settlement-rows.ts";
import type { Window } from "./window.ts";

const FRAME: ReadonlySet<string> = new Set([
  TRANSACTION_TYPE.reserve,
  TRANSACTION_TYPE.carryover,
  TRANSACTION_TYPE.debt,
  TRANSACTION_TYPE.transfer,
]);

/**
 * The settlement that a sandbox merchant orders: everything that moved in the stretch of time, as if it were one
 * settlement of its own that is paid out at its end. The books know nothing of it.
 */
export function sandboxSettlementRows(engine: Engine, window: Window, settlementId: string): DraftRow[] {
  const byCurrency = new Map<string, Movement[]>();
  for (const movement of engine.state.movements.under("merchant", window.merchantId)) {
    if (movement.environment !== window.environment || FRAME.has(movement.type)) continue;
    if (movement.postedAt < window.startAt || movement.postedAt >= window.endAt) continue;
    const known = byCurrency.get(movement.currency);
    if (known === undefined) byCurrency.set(movement.currency, [movement]);
    else known.push(movement);
  }
  const all: Movement[] = [];
  for (const [currency, movements] of byCurrency) {
    all.push(...movements, ...payout(window, currency, movements, settlementId));
  }
  return settlementRows(all, settlementId);
}

function payout(window: Window, currency: string, movements: readonly Movement[], settlementId: string): Movement[] {
  const outcome = closePeriod({
    openReserve: 0n,
    openCarryover: 0n,
    activity: movements.reduce((sum, movement) => sum + netOf(movement), 0n),
    reserveOf: () => 0n,
    transferTiming: "period-end",
    minimumTransfer: 1n,
    onHold: false,
    negativeBalance: "debt",
  });
  const account = {
    accountId: accountIdOf(window.merchantId, window.environment, currency),
    merchantId: window.merchantId,
    environment: window.environment,
    currency,
    startAt: wholeSecond(window.startAt),
    openReserve: 0n,
    openCarryover: 0n,
    firstMovementAt: window.startAt,
    nominalCloseAt: window.endAt,
    settlements: 0,
  };
  const options = { transferTiming: "period-end", owedAs: TRANSACTION_TYPE.carryover } as const;
  return frameRows(account, settlementId, wholeSecond(window.endAt), outcome, options);
}
