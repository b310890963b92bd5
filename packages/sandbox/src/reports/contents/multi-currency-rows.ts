import type { Engine } from "../../engine/engine.ts";
import type { Amount } from "../../engine/objects/index.ts";
import { conversionRate } from "../../engine/exchange.ts";
import { netOf } from "../../settlement/movements.ts";
import { wholeSecond } from "../../settlement/periods/running-period.ts";
import { TRANSACTION_TYPE } from "../../settlement/transaction-types.ts";
import type { DraftRow } from "../../engine/objects/report-draft.ts";
import type { Window } from "./window.ts";

/** Captures and refunds of the window, in the currency of the books and in the one that the buyer saw. */
export function multiCurrencyRows(engine: Engine, window: Window): DraftRow[] {
  const rows: DraftRow[] = [];
  for (const movement of engine.state.movements.under("merchant", window.merchantId)) {
    if (movement.environment !== window.environment) continue;
    if (movement.postedAt < window.startAt || movement.postedAt >= window.endAt) continue;
    const presented = presentedAmount(engine, movement.type, movement.transactionId);
    if (presented === undefined) continue;
    rows.push({
      values: {
        transactionPostedDate: wholeSecond(movement.postedAt),
        settlementId: movement.settlementId,
        amazonTransactionId: movement.transactionId,
        sellerReferenceId: movement.referenceId,
        transactionType: movement.type,
        amazonOrderReferenceId: movement.permissionId,
        sellerOrderId: movement.orderId,
        storeName: movement.storeName,
        currencyCode: movement.currency,
        transactionAmount: movement.amount,
        presentmentCurrency: presented.currencyCode,
        presentmentAmount: presented.minor,
        foreignExchangeRate: conversionRate(presented.currencyCode, movement.currency),
        totalTransactionFee: movement.percentageFee + movement.fixedFee,
        netTransactionAmount: netOf(movement),
      },
    });
  }
  return rows;
}

function presentedAmount(engine: Engine, type: string, transactionId: string | null): Amount | undefined {
  if (transactionId === null) return undefined;
  if (type === TRANSACTION_TYPE.capture) return engine.state.charges.get(transactionId)?.captured ?? undefined;
  if (type !== TRANSACTION_TYPE.refund) return undefined;
  const refund = engine.state.refunds.get(transactionId);
  return refund === undefined ? undefined : { minor: -refund.amount.minor, currencyCode: refund.amount.currencyCode };
}
