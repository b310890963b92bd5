import { digits } from "@amazon-pay-kit/sdk/random";
import { TRANSACTION_TYPE } from "../../settlement/transaction-types.ts";
import type { Engine } from "../../engine/engine.ts";
import { settlementRow } from "../../reports/contents/settlement-rows.ts";
import type { DraftRow, ReportDraft } from "../../engine/objects/report.ts";
import type { DraftKind } from "../kind.ts";
import {
  anyOf,
  bareRow,
  compensate,
  currencyOf,
  idOf,
  insert,
  money,
  settlementBefore,
  text,
} from "../settlement-draft.ts";
import { aboutCapture, type CaptureChange } from "./capture-targets.ts";

/** Rows that have no place in the file; the file adds up all the same. */
export const UNKNOWN_ROW_KINDS: readonly DraftKind[] = [
  {
    kind: "unknown-type",
    does: "adds a row of a type that is in no document",
    stage: "contents",
    reports: ["settlement"],
    leadsTo: ["transaction.unknown-type"],
    mayFollow: [],
    inject: (_engine, draft) => {
      if (draft.rows.length === 0) return null;
      const currency = currencyOf(draft);
      const row = insert(draft, bareRow(draft, "Loyalty Bonus", 123n, currency, "Loyalty programme"));
      compensate(draft, -123n, currency);
      return { what: "there is a row of the type Loyalty Bonus", row, minor: 123n, currency };
    },
  },
  aboutCapture(
    { kind: "unknown-capture", does: "adds a capture that the shop never made", leadsTo: ["capture.unknown"] },
    (model, draft, engine) => {
      const order = otherOrder(engine, model);
      return unknownRow(draft, "another one beside it that is not the shop's", {
        values: {
          ...model.values,
          amazonTransactionId: `${order}-C${digits(engine.random, 6)}`,
          amazonOrderReferenceId: order,
          sellerReferenceId: `AUTHORIZE_${digits(engine.random, 8)}`,
          sellerOrderId: null,
        },
      });
    },
  ),
  aboutCapture(
    {
      kind: "orphan-refund",
      does: "adds a refund of an order that does not exist",
      leadsTo: ["refund.orphan"],
      mayFollow: ["refund.unknown"],
    },
    (model, draft, engine) =>
      unknownRow(draft, "a refund of the same amount without a capture", {
        values: {
          ...refundOf(engine, model, 1n, otherOrder(engine, model)),
          sellerReferenceId: null,
          sellerOrderId: null,
        },
      }),
  ),
  aboutCapture(
    {
      kind: "over-refund",
      does: "adds a refund of twice what was captured",
      leadsTo: ["refund.exceeds-capture"],
      mayFollow: ["refund.unknown"],
    },
    (capture, draft, engine) =>
      unknownRow(draft, "refunded twofold", {
        values: refundOf(engine, capture, 2n, text(capture, "amazonOrderReferenceId")),
      }),
  ),
  {
    kind: "repeat-row",
    does: "settles a capture of the settlement before once more",
    stage: "contents",
    reports: ["settlement"],
    leadsTo: ["transaction.duplicate"],
    mayFollow: [],
    inject: (engine, draft) => {
      const row = anyOf(engine, settledBefore(engine, draft));
      if (row === undefined) return null;
      row.values["transactionPostedDate"] = draft.header.settlementEndDate ?? 0;
      const transactionId = text(row, "amazonTransactionId");
      const { minor = 0n } = unknownRow(draft, "", row);
      return {
        what: `capture ${transactionId}: was settled before`,
        transactionId,
        row,
        minor,
        currency: currencyOf(draft),
      };
    },
  },
];

function otherOrder(engine: Engine, model: DraftRow): string {
  return engine.amazonId(text(model, "amazonOrderReferenceId").slice(0, 3));
}

/** Puts a row in, and its opposite beside it. */
function unknownRow(draft: ReportDraft, what: string, row: DraftRow): CaptureChange {
  const minor = money(insert(draft, row), "netTransactionAmount");
  compensate(draft, -minor, currencyOf(draft));
  return { what, row, minor };
}

/** A refund of this many times what a capture's row holds. */
function refundOf(engine: Engine, capture: DraftRow, times: bigint, order: string): DraftRow["values"] {
  const amount = -money(capture, "transactionAmount") * times;
  const fee = -money(capture, "transactionPercentageFee") * times;
  return {
    ...capture.values,
    amazonTransactionId: `${order}-R${digits(engine.random, 6)}`,
    transactionType: TRANSACTION_TYPE.refund,
    amazonOrderReferenceId: order,
    transactionDescription: null,
    transactionAmount: amount,
    transactionPercentageFee: fee,
    transactionFixedFee: 0n,
    totalTransactionFee: fee,
    netTransactionAmount: amount + fee,
  };
}

function settledBefore(engine: Engine, draft: ReportDraft): DraftRow[] {
  const before = settlementBefore(engine, draft);
  const rows: DraftRow[] = [];
  if (before === undefined) return rows;
  for (const movement of engine.state.movements.under("merchant", draft.merchantId)) {
    if (movement.type !== TRANSACTION_TYPE.capture || movement.settlementId !== before.settlementId) continue;
    rows.push(settlementRow(movement, idOf(draft)));
  }
  return rows;
}
