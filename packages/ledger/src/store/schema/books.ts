import type { Generated } from "kysely";

/** A file, or a call of the library, that brought records or bank lines. Identity: account, what, content hash. */
export interface ImportTable {
  account_id: string;
  import_id: Generated<number>;
  /** `records` or `bank`. */
  what: string;
  file_name: string | null;
  content_hash: string;
  row_count: number;
  imported_at: number;
}

/** The merchant's own charge or refund. */
export interface RecordTable {
  account_id: string;
  record_id: Generated<number>;
  import_id: number;
  line: number | null;
  /** `file`, `library` or `api`. */
  source: string;
  /** `charge` or `refund`. */
  kind: string;
  /** Charge id or refund id of Amazon Pay, when the merchant knows it. */
  transaction_id: string | null;
  /** Charge that a refund belongs to. */
  parent_transaction_id: string | null;
  reference_id: string | null;
  permission_id: string | null;
  order_id: string | null;
  /** Positive for both kinds. */
  amount_minor: bigint;
  currency: string;
  occurred_at: number;
  status: string | null;
  /** The import that changed the record last; null when none has. */
  revised_in: number | null;
}

/** A line of a bank statement. */
export interface BankLineTable {
  account_id: string;
  bank_line_id: Generated<number>;
  import_id: number;
  line: number | null;
  /** IBAN or account number of the statement. */
  bank_account: string | null;
  booked_at: number;
  /** Positive for money that came in. */
  amount_minor: bigint;
  currency: string;
  reference: string | null;
  text: string | null;
}

/** A bank statement that was taken back. */
export interface StatementWithdrawalTable {
  account_id: string;
  import_id: number;
  who: string;
  note: string;
  /** Lines that went with it. */
  line_count: number;
  withdrawn_at: number;
}

/** A line of a bank statement that was taken back, as it was. */
export interface WithdrawnBankLineTable extends Omit<BankLineTable, "bank_line_id"> {
  bank_line_id: number;
}

/** A disbursement as the API lists it: the link between settlement and bank. */
export interface DisbursementTable {
  account_id: string;
  settlement_id: string;
  /** What the bank statement prints. */
  disbursement_reference_id: string;
  seller_id: string | null;
  amount_minor: bigint;
  currency: string;
  transferred_at: number;
}
