import type { Engine } from "../../engine/engine.ts";
import type { DraftRow, ReportDraft } from "../../engine/objects/report.ts";
import type { DraftKind } from "../kind.ts";
import { add, anyOf, currencyOf, plainCaptures, text, type MoneyColumn } from "../settlement-draft.ts";

/** What is done to one capture of a settlement. */
export interface CaptureChange {
  /** What is then wrong, without the transaction's id. */
  readonly what: string;
  /** Row to look at afterwards. Default: the capture's; `null` where it is gone. */
  readonly row?: DraftRow | null;
  /** By how much the file is wrong, minor units. */
  readonly minor?: bigint;
}

/** A kind that changes one capture, chosen by chance among those that stand by themselves. */
export function aboutCapture(
  facts: Pick<DraftKind, "kind" | "does" | "leadsTo"> & Partial<Pick<DraftKind, "mayFollow">>,
  change: (row: DraftRow, draft: ReportDraft, engine: Engine) => CaptureChange | null,
): DraftKind {
  return {
    mayFollow: [],
    ...facts,
    stage: "contents",
    reports: ["settlement"],
    inject: (engine, draft) => {
      const row = anyOf(engine, plainCaptures(engine, draft));
      if (row === undefined) return null;
      const transactionId = text(row, "amazonTransactionId");
      const currency = currencyOf(draft);
      const made = change(row, draft, engine);
      if (made === null) return null;
      const after = made.row === undefined ? row : made.row;
      return {
        what: `capture ${transactionId}: ${made.what}`,
        transactionId,
        currency,
        ...(after === null ? {} : { row: after }),
        ...(made.minor === undefined ? {} : { minor: made.minor }),
      };
    },
  };
}

/** Adds the same to several amounts of a row. */
export function addTo(row: DraftRow, columns: readonly MoneyColumn[], minor: bigint): void {
  for (const column of columns) add(row, column, minor);
}
