import type { CellValue, ReportColumn, ReportKind } from "@amazon-pay-kit/reports";
import { type RowCell, type RowColumn, TRANSACTION_ROWS } from "../../../store/rows/row-tables.ts";
import { jsonOf, placesOf } from "./columns.ts";
import type { RowPlan } from "./row-plan.ts";
import { HASH_START, hashNumber, hashText, mix, SeenBefore } from "./seen-before.ts";

/** Columns of `transaction_row` that the loader makes: where the row stands, what it is, and what has no column of its own. */
type Made = "account_id" | "file_id" | "line" | "ordinal" | "kind" | "identity" | "fields" | "personal";
type Part = Exclude<RowColumn<"transaction_row">, Made>;

/** The columns that have a column of a report behind them: between those that are made. */
const PARTS = TRANSACTION_ROWS.columns.slice(
  TRANSACTION_ROWS.columns.indexOf("identity") + 1,
  TRANSACTION_ROWS.columns.indexOf("fields"),
) as readonly Part[];

const COMMON = {
  permission_id: ["amazonOrderReferenceId"],
  currency: ["currencyCode"],
  reason_code: ["reasonCode"],
  updated_at: ["lastUpdateTimestamp"],
  created_at: ["creationTimestamp"],
} as const;

/** Where each part comes from, by kind of report. Of several columns the first that has a value counts. */
const SOURCES: Readonly<Record<Exclude<ReportKind, "settlement">, Partial<Record<Part, readonly string[]>>>> = {
  "order-reference": {
    ...COMMON,
    object_id: ["amazonOrderReferenceId"],
    reference_id: ["sellerOrderId"],
    amount_minor: ["orderAmount", "orderTotal"],
    status: ["orderReferenceStatus"],
  },
  "billing-agreement": {
    ...COMMON,
    object_id: ["amazonBillingAgreementId"],
    reference_id: ["sellerBillingAgreementId"],
    permission_id: ["amazonBillingAgreementId"],
    status: ["billingAgreementStatus"],
  },
  authorization: {
    ...COMMON,
    object_id: ["amazonAuthorizationId"],
    reference_id: ["authorizationReferenceId"],
    amount_minor: ["authorizationAmount"],
    status: ["authorizationStatus"],
  },
  capture: {
    ...COMMON,
    object_id: ["amazonCaptureId"],
    reference_id: ["captureReferenceId"],
    parent_id: ["amazonAuthorizationId"],
    amount_minor: ["captureAmount"],
    status: ["captureStatus"],
  },
  refund: {
    ...COMMON,
    object_id: ["amazonRefundId"],
    reference_id: ["refundReferenceId"],
    parent_id: ["amazonCaptureId"],
    amount_minor: ["refundAmount"],
    status: ["refundStatus"],
    type: ["refundType"],
  },
  "multi-currency": {
    permission_id: ["amazonOrderReferenceId"],
    currency: ["currencyCode"],
    object_id: ["amazonTransactionId"],
    reference_id: ["sellerReferenceId"],
    amount_minor: ["transactionAmount"],
    type: ["transactionType"],
    updated_at: ["transactionPostedDate"],
  },
  unknown: {},
};

/** Places of the columns behind each part, in the order of {@link PARTS}. */
function placesOfParts(
  kind: Exclude<ReportKind, "settlement">,
  columns: readonly ReportColumn[],
): (readonly number[])[] {
  const at = placesOf(columns);
  return PARTS.map((part) => (SOURCES[kind][part] ?? []).map(at).filter((place) => place >= 0));
}

function firstOf(row: readonly CellValue[], places: readonly number[]): CellValue {
  for (const place of places) {
    const value = row[place] ?? null;
    if (value !== null) return value;
  }
  return null;
}

function hashCell(cell: RowCell, start: number): number {
  if (cell === null) return Math.imul(start ^ 0xff, 16_777_619);
  if (typeof cell === "number") return hashNumber(cell, start);
  return hashText(typeof cell === "bigint" ? cell.toString() : cell, start);
}

/** How the rows of a transaction report become rows of `transaction_row`. */
export function transactionPlan(
  kind: Exclude<ReportKind, "settlement">,
  columns: readonly ReportColumn[],
  start: readonly [accountId: string, fileId: number],
  expectedRows: number,
): RowPlan {
  const parts = placesOfParts(kind, columns);
  const used = new Set(parts.flat());
  const others = columns.map((column, place) => ({ column, place })).filter(({ place }) => !used.has(place));
  const fields = others.filter(({ column }) => !column.personal);
  const personal = others.filter(({ column }) => column.personal);
  const at = placesOf(columns);
  const currencyOf = (column: ReportColumn): number => at(column.currency ?? "");
  const seen = new SeenBefore(expectedRows);
  const suspects: number[] = [];
  return {
    fill(row, line, cells, from) {
      const identityAt = from + 5;
      cells[from] = start[0];
      cells[from + 1] = start[1];
      cells[from + 2] = line;
      cells[from + 3] = 0;
      cells[from + 4] = kind;
      let place = identityAt + 1;
      for (const part of parts) cells[place++] = firstOf(row, part);
      cells[place++] = fields.length === 0 ? null : jsonOf(fields, row, currencyOf);
      let low = hashText(kind, HASH_START);
      let high = hashText(kind, 0x1234_5678);
      for (let cell = identityAt + 1; cell < place; cell += 1) {
        low = hashCell(cells[cell] ?? null, low);
        high = hashCell(cells[cell] ?? null, high);
      }
      const [first, second] = [mix(low), mix(high)];
      cells[identityAt] = (second & 0xf_ffff) * 4_294_967_296 + first;
      if (seen.add(first, second)) suspects.push(line);
      cells[place] = personal.length === 0 ? null : jsonOf(personal, row, currencyOf);
    },
    suspects,
    settlementIds: () => null,
  };
}
