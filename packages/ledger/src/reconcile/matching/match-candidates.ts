/** What kind of movement is matched: a capture with a charge, a refund with a refund. */
export type MatchKind = "charge" | "refund";

/** What a row and a record are compared by. */
interface Candidate {
  readonly transactionId: string | null;
  readonly referenceId: string | null;
  readonly permissionId: string | null;
  readonly orderId: string | null;
  /** Charge that a refund belongs to; of a row, as the refund report has it. */
  readonly parentId: string | null;
  readonly currency: string;
  /** Positive for captures as for refunds. */
  readonly amount: bigint;
}

/** A capture or refund row of a settlement, as the list of rules sees it. */
export interface RowCandidate extends Candidate {
  readonly fileId: number;
  readonly line: number;
  readonly settlementId: string;
  readonly postedAt: number;
}

/** The merchant's own charge or refund, as the list of rules sees it. */
export interface RecordCandidate extends Candidate {
  readonly recordId: number;
  readonly occurredAt: number;
  /** Whether its state says that its money moved: a canceled order, or an attempt that failed, comes after those that are done. */
  readonly done: boolean;
}

/** Rows and records that belong together: one to one, one to many, or many to one. */
export interface MatchGroup {
  readonly rows: readonly RowCandidate[];
  readonly records: readonly RecordCandidate[];
  readonly rule: MatchRule;
}

/** Names of the rules, as they are stored with each pair. */
export type MatchRule =
  | "transaction-id"
  | "reference-id"
  | "parent-and-amount"
  | "permission-and-amount"
  | "order-id-and-amount"
  | "order-id"
  | "contains"
  | "manual";

/** The order in which rows are taken where nothing else tells them apart. */
export function byPosting(left: RowCandidate, right: RowCandidate): number {
  return left.postedAt - right.postedAt || left.fileId - right.fileId || left.line - right.line;
}

/** The order in which records are taken where nothing else tells them apart: what is done first. */
export function byOccurrence(left: RecordCandidate, right: RecordCandidate): number {
  return Number(right.done) - Number(left.done) || left.occurredAt - right.occurredAt || left.recordId - right.recordId;
}
