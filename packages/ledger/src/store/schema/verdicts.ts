import type { Generated } from "kysely";

/** The verdict on one settlement in one currency. */
export interface SettlementTable {
  account_id: string;
  settlement_id: string;
  currency: string;
  file_id: number;
  start_at: number | null;
  end_at: number | null;
  /** `balanced` or `exceptions`. */
  status: string;
  opening_minor: bigint;
  activity_minor: bigint;
  fees_minor: bigint;
  reserve_minor: bigint;
  transfer_minor: bigint;
  closing_minor: bigint;
  row_count: number;
  /** 1 when the net amounts add up to zero. */
  zero_sum: number;
  /** 1 when opening, activity and transfer lead to closing, and closing to the next opening. */
  rolls_forward: number;
  /** `amount-plus-fee` (canonical) or `amount-minus-fee` (mirror). */
  sign_convention: string;
}

/** A settlement row paired with what it stands for. */
export interface RowMatchTable {
  account_id: string;
  file_id: number;
  line: number;
  /** `record`, `transaction-report` or `bank`. */
  counterpart: string;
  counterpart_id: string;
  /** Rule of the ladder that paired them: `transaction-id`, `reference-id`, … */
  rule: string;
  /** Rows and records that belong together one to many share a group. */
  match_group: string;
  amount_minor: bigint;
}

/** A difference that someone must explain. Identity: what it is about, not when it was found. */
export interface ExceptionTable {
  account_id: string;
  /** Hash of code and subject: the same difference has the same id in every run. */
  exception_id: string;
  code: string;
  /** `error` or `warning`. */
  severity: string;
  settlement_id: string | null;
  transaction_id: string | null;
  file_id: number | null;
  line: number | null;
  amount_minor: bigint | null;
  currency: string | null;
  message: string;
  /** `open`, `explained`, `resolved` or `reopened`. */
  status: string;
}

/** The life of an exception: who did what, when. Never changed, only added to. */
export interface ExceptionEventTable {
  account_id: string;
  event_id: Generated<number>;
  exception_id: string;
  /** `found`, `explained`, `resolved`, `reopened`. */
  what: string;
  who: string;
  note: string | null;
  at: number;
}

/** A stretch of time of one report type: present, missing, late, or without data. */
export interface CoverageTable {
  account_id: string;
  report_type: string;
  from_at: number;
  to_at: number;
  /** `complete`, `missing`, `late` or `no-data`. */
  status: string;
}

/** What a reconcile run has already taken into account, so that the next one does only what is new. */
export interface ReconcileMarkTable {
  account_id: string;
  subject: string;
  mark: string;
}
