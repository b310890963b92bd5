import type { MatchRule, RecordCandidate, RowCandidate } from "./match-candidates.ts";

/** One rule of the list of rules: what must be equal, and whether the amounts must be too. */
export interface Matching {
  readonly rule: MatchRule;
  readonly rowKey: (row: RowCandidate) => string | null;
  readonly recordKey: (record: RecordCandidate) => string | null;
  /** `any`: what is left over on both sides belongs together although the amounts differ, and the difference is raised. */
  readonly amounts: "equal" | "any";
}

/** References that Amazon made itself, when somebody captured in Seller Central. They say nothing about the shop. */
const AMAZON_MADE = /^AUTHORIZE_/;

/** The merchant's own reference of a row; `null` where it is one that Amazon made. */
export function ownReference(row: Pick<RowCandidate, "referenceId">): string | null {
  return row.referenceId === null || AMAZON_MADE.test(row.referenceId) ? null : row.referenceId;
}

/**
 * The list of rules, best rule first. Source: reconciliation practice, match list of rules: transaction id, seller reference, order
 * reference with amount and currency, seller order id with or without amount. `contains` and `manual` come after it.
 */
export const MATCH_RULES: readonly Matching[] = [
  {
    rule: "transaction-id",
    rowKey: (row) => row.transactionId,
    recordKey: (record) => record.transactionId,
    amounts: "any",
  },
  { rule: "reference-id", rowKey: ownReference, recordKey: (record) => record.referenceId, amounts: "any" },
  {
    rule: "parent-and-amount",
    rowKey: (row) => row.parentId,
    recordKey: (record) => record.parentId,
    amounts: "equal",
  },
  {
    rule: "permission-and-amount",
    rowKey: (row) => row.permissionId,
    recordKey: (record) => record.permissionId,
    amounts: "equal",
  },
  {
    rule: "order-id-and-amount",
    rowKey: (row) => row.orderId,
    recordKey: (record) => record.orderId,
    amounts: "equal",
  },
  { rule: "order-id", rowKey: (row) => row.orderId, recordKey: (record) => record.orderId, amounts: "any" },
];
