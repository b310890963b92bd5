import type { Engine } from "../../engine/engine.ts";
import type { Refund } from "../../engine/objects/index.ts";
import { wholeSecond } from "../../settlement/periods/running-period.ts";
import type { DraftRow } from "../../engine/objects/report-draft.ts";
import { refundState } from "./legacy-values.ts";
import { changesIn, newestFirst, type DatedRow, type Window } from "./window.ts";

/** Refunds that changed in the window. */
export function refundRows(engine: Engine, window: Window): DraftRow[] {
  const rows: DatedRow[] = [];
  for (const refund of engine.state.refunds.under("merchant", window.merchantId)) {
    if (refund.createdAt >= window.endAt) break;
    if (refund.environment !== window.environment || refund.status.lastUpdatedAt < window.startAt) continue;
    rows.push(...rowsOf(engine, refund, window));
  }
  return newestFirst(rows);
}

function rowsOf(engine: Engine, refund: Refund, window: Window): DatedRow[] {
  const charge = engine.state.charges.get(refund.chargeId);
  return changesIn(refund.history, window, ({ to, reasonCode }) => refundState(to, reasonCode)).map(
    ({ at, change }) => ({
      at,
      row: {
        values: {
          amazonRefundId: refund.refundId,
          refundReferenceId: charge?.merchantMetadata.merchantReferenceId ?? null,
          amazonCaptureId: refund.chargeId,
          amazonOrderReferenceId: refund.chargePermissionId,
          refundAmount: refund.amount.minor,
          currencyCode: refund.amount.currencyCode,
          sellerRefundNote: null,
          refundType: "SellerInitiated",
          refundStatus: change.state,
          lastUpdateTimestamp: at,
          reasonCode: change.reasonCode,
          creationTimestamp: wholeSecond(refund.createdAt),
        },
      },
    }),
  );
}
