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
  /** Previous reserve that was released, and the balance carried in. */
  opening_minor: bigint;
  /** Gross amounts of everything that is neither opening, reserve nor transfer. */
  activity_minor: bigint;
  /** What the fees did to the balance: negative where they were taken. */
  fees_minor: bigint;
  /** Held back at the end: negative or zero. It is part of the closing balance. */
  reserve_minor: bigint;
  /** Paid out (negative), and taken from the merchant's card for a debt (positive). */
  transfer_minor: bigint;
  /** `opening + activity + fees + transfer`: what is held back and what is carried on. */
  closing_minor: bigint;
  row_count: number;
  /** 1 when the net amounts add up to zero. */
  zero_sum: number;
  /** 1 when opening, activity and transfer lead to closing, and closing to the next opening. */
  rolls_forward: number;
  /** `amount-plus-fee` (canonical) or `amount-minus-fee` (mirror). */
  sign_convention: string;
  /** The part of the opening balance that is released reserve. */
  released_minor: bigint;
  /** The part of the opening balance that is a negative Debt row. */
  debt_minor: bigint;
  /** The part of the transfer that are Transfer rows. */
  payout_minor: bigint;
  /** When the last Transfer row was posted; null without one. */
  payout_at: number | null;
  /** Where the last Transfer row is. */
  payout_file_id: number | null;
  payout_line: number | null;
  /** The part of opening and closing that no row says, but the settlement before: see `reconcile/chain/implied-opening`. */
  implied_minor: Generated<bigint>;
}

/** Which settlement a file belongs to: the one that most of its rows name. Files whose rows all came before have none. */
export interface SettlementFileTable {
  account_id: string;
  file_id: number;
  settlement_id: string;
  /** As in {@link SettlementTable}: found file by file. */
  sign_convention: string;
}

/** The fee audit of one settlement in one currency. */
export interface SettlementFeeTable {
  account_id: string;
  settlement_id: string;
  currency: string;
  /** Fees of the rows that were checked, as they are in the file: negative where taken. */
  actual_minor: bigint;
  /** What the schedule makes of the same rows. */
  expected_minor: bigint;
  /** Fees of authorizations that were never captured. */
  leak_minor: bigint;
  checked_count: number;
  mismatch_count: number;
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
  /** In English. */
  message: string;
  /** The message as sentences with their values, JSON; null on what was found by an earlier version. */
  said: string | null;
  /** `open`, `explained`, `resolved` or `reopened`. */
  status: string;
  /** What it is about, in words that are the same in every store. */
  subject: string;
  found_at: number;
  /** When the status last changed. */
  changed_at: number;
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

/** A charge or refund that should be in a settlement and is in none yet. */
export interface OpenItemTable {
  account_id: string;
  /** `record` or `transaction-report`. */
  counterpart: string;
  /** Record id, or id of the object in the report. */
  counterpart_id: string;
  /** `charge` or `refund`. */
  kind: string;
  transaction_id: string | null;
  /** Positive for both kinds. */
  amount_minor: bigint;
  currency: string;
  occurred_at: number;
  /** As {@link ExceptionTable.subject}: the same for a record and a report row that are about one object. */
  subject: string;
}

/** What the next transfer was thought to be, and what it was. */
export interface TransferForecastTable {
  account_id: string;
  currency: string;
  /** Last settlement that was known; empty before the first. */
  after_settlement_id: string;
  made_at: number;
  opening_minor: bigint;
  captures_minor: bigint;
  refunds_minor: bigint;
  fees_minor: bigint;
  reserve_minor: bigint;
  /** Positive for money to the bank. */
  expected_minor: bigint;
  /** The settlement that came; null while it is awaited. */
  settlement_id: string | null;
  actual_minor: bigint | null;
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
