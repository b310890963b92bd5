import { pick } from "@amazon-pay-kit/sdk/random";
import { DESCRIPTION, TRANSACTION_TYPE } from "../settlement/transaction-types.ts";
import type { Engine } from "../engine/engine.ts";
import type { DraftRow, ReportDraft } from "../engine/objects/report.ts";

/** Columns of money in a settlement row. */
export type MoneyColumn =
  | "transactionAmount"
  | "transactionPercentageFee"
  | "transactionFixedFee"
  | "totalTransactionFee"
  | "netTransactionAmount";

/** An amount of a settlement row, minor units. */
export function money(row: DraftRow, column: MoneyColumn): bigint {
  const value = row.values[column];
  return typeof value === "bigint" ? value : 0n;
}

/** Adds to an amount of a row. */
export function add(row: DraftRow, column: MoneyColumn, minor: bigint): void {
  row.values[column] = money(row, column) + minor;
}

/** A text of a row; empty where the cell is. */
export function text(row: DraftRow, column: string): string {
  const value = row.values[column];
  return typeof value === "string" ? value : "";
}

/** The rows of a type. */
export function rowsOf(draft: ReportDraft, type: string): DraftRow[] {
  return draft.rows.filter((row) => row.values["transactionType"] === type);
}

/** One of some rows, by chance; undefined for none. */
export function anyOf(engine: Engine, rows: readonly DraftRow[]): DraftRow | undefined {
  return rows.length === 0 ? undefined : pick(engine.random, rows);
}

/**
 * Captures whose order has no other row in any settlement, and an amount worth mentioning: what is done to one of them
 * has no consequences for refunds and disputes.
 */
export function plainCaptures(engine: Engine, draft: ReportDraft): DraftRow[] {
  const counts = new Map<string, number>();
  for (const movement of engine.state.movements.under("merchant", draft.merchantId)) {
    if (movement.permissionId === null) continue;
    counts.set(movement.permissionId, (counts.get(movement.permissionId) ?? 0) + 1);
  }
  return rowsOf(draft, TRANSACTION_TYPE.capture).filter(
    (row) => money(row, "transactionAmount") >= 300n && counts.get(text(row, "amazonOrderReferenceId")) === 1,
  );
}

/** Puts a row in by its time, after those of the same moment. */
export function insert(draft: ReportDraft, row: DraftRow): DraftRow {
  const at = Number(row.values["transactionPostedDate"]);
  const index = draft.rows.findIndex((other) => Number(other.values["transactionPostedDate"]) > at);
  draft.rows.splice(index < 0 ? draft.rows.length : index, 0, row);
  return row;
}

/** Takes a row out. */
export function remove(draft: ReportDraft, row: DraftRow): void {
  draft.rows.splice(draft.rows.indexOf(row), 1);
}

/**
 * A row that keeps the sum of the file as it was, as the service's own corrections do: what is wrong is then wrong in one
 * place only.
 */
export function compensate(draft: ReportDraft, net: bigint, currency: string): void {
  if (net !== 0n) insert(draft, bareRow(draft, TRANSACTION_TYPE.adjustments, net, currency, DESCRIPTION.adjustment));
}

/** A row without order and fees. */
export function bareRow(
  draft: ReportDraft,
  type: string,
  net: bigint,
  currency: string,
  description: string,
  at: number = draft.header.settlementEndDate ?? 0,
): DraftRow {
  return {
    values: {
      transactionPostedDate: at,
      settlementId: idOf(draft),
      amazonTransactionId: null,
      sellerReferenceId: null,
      transactionType: type,
      amazonOrderReferenceId: null,
      sellerOrderId: null,
      storeName: null,
      currencyCode: currency,
      transactionDescription: description,
      transactionAmount: net,
      transactionPercentageFee: 0n,
      transactionFixedFee: 0n,
      totalTransactionFee: 0n,
      netTransactionAmount: net,
    },
  };
}

/** The settlement id that the rows of a draft carry. */
export function idOf(draft: ReportDraft): string {
  return draft.settlementId ?? text(draft.rows[0] ?? { values: {} }, "settlementId");
}

/** The settlement before a draft's own, in its currency and environment; undefined for the first. */
export function settlementBefore(engine: Engine, draft: ReportDraft): { readonly settlementId: string } | undefined {
  const own = draft.settlementId === null ? undefined : engine.state.settlements.get(draft.settlementId);
  let before: { readonly settlementId: string } | undefined;
  for (const settlement of engine.state.settlements.under("merchant", draft.merchantId)) {
    if (settlement.settlementId === own?.settlementId) return before;
    if (settlement.currency === own?.currency && settlement.environment === own?.environment) before = settlement;
  }
  return undefined;
}

/** The currency of a draft's rows. */
export function currencyOf(draft: ReportDraft): string {
  return text(draft.rows[0] ?? { values: {} }, "currencyCode");
}
