import type { Generated } from "kysely";

/** A merchant account whose reports are kept. */
export interface AccountTable {
  account_id: string;
  /** Seller (merchant) id as the settlement header has it; null until it is known. */
  seller_id: string | null;
  region: string;
  environment: string;
  /** Ledger currency, e.g. `USD`. */
  currency: string | null;
  created_at: number;
  /** How far the service's clock was ahead of the machine's when it last said; 0 but for a sandbox whose clock was moved. */
  clock_ahead_millis: Generated<number>;
}

/** Where a report stands on its way from listing to rows. */
export type ReportState =
  | "listed"
  | "in-progress"
  | "archived"
  | "loaded"
  | "linked"
  | "no-data"
  | "failed"
  | "quarantined";

/** A report as a source lists it. Identity: account, source, report id. */
export interface ReportTable {
  account_id: string;
  /** `v2`, `mws`, `folder`, or `hand` for a single file that somebody loaded. */
  source: string;
  report_id: string;
  /** The service's enum value, kept as it came. */
  report_type: string;
  /** Data window: the index for coverage, never the creation time. */
  window_start_at: number | null;
  window_end_at: number | null;
  created_at: number | null;
  /** The service's status, kept as it came. */
  processing_status: string;
  document_id: string | null;
  state: ReportState;
  /** Why it is failed or quarantined: code and remedy. */
  state_reason: string | null;
  first_seen_at: number;
  last_seen_at: number;
  attempts: number;
  next_attempt_at: number | null;
  /** When the service was told that the bytes are safe (MWS); null before, and for sources that have no such call. */
  acknowledged_at: number | null;
}

/** The bytes of one report file, once per account whatever the number of reports that delivered them. */
export interface FileTable {
  account_id: string;
  file_id: Generated<number>;
  /** SHA-256 of the bytes as downloaded, lower-case hex. */
  content_hash: string;
  /** Kind that the content shows: `settlement`, `refund`, … or `unknown`. */
  kind: string;
  archive_path: string;
  byte_count: number;
  row_count: number;
  error_count: number;
  seller_id: string | null;
  window_start_at: number | null;
  window_end_at: number | null;
  archived_at: number;
  /** Null until every row of the file is stored or reported. */
  loaded_at: number | null;
  quarantine_code: string | null;
  quarantine_message: string | null;
}

/** Which report delivered which bytes: the key of exactly-once loading. */
export interface ReportFileTable {
  account_id: string;
  source: string;
  report_id: string;
  content_hash: string;
  file_id: number;
  fetched_at: number;
  /** 1 when the same bytes had already come under another report. */
  linked: number;
}

/** A row of a settlement report. Identity within a file: file and line. */
export interface SettlementRowTable {
  account_id: string;
  file_id: number;
  /** Physical line on which the row starts, from 1. */
  line: number;
  /** 0 for the first of identical rows of a file, 1 for the second, … */
  ordinal: number;
  settlement_id: string;
  posted_at: number;
  /** TransactionType as written in the file. */
  type: string;
  /** The type normalised (`capture`, `refund`, `atozguaranteeclaim`, …). */
  type_key: string;
  transaction_id: string | null;
  /** SellerReferenceId. */
  reference_id: string | null;
  /** AmazonOrderReferenceId, the charge permission. */
  permission_id: string | null;
  /** SellerOrderId. */
  order_id: string | null;
  store_name: string | null;
  currency: string;
  description: string | null;
  amount_minor: bigint;
  percentage_fee_minor: bigint;
  fixed_fee_minor: bigint;
  total_fee_minor: bigint;
  net_minor: bigint;
  /** JSON object of columns that the layout does not know, or null. */
  extra: string | null;
}

/** A row of a transaction report (order reference, billing agreement, authorization, capture, refund, multi-currency, unknown). */
export interface TransactionRowTable {
  account_id: string;
  file_id: number;
  line: number;
  ordinal: number;
  kind: string;
  /** Hash of all that makes the row what it is, by which the same row in another report is found; 52 bits. */
  identity: number;
  /** Id of the object in the row: refund id, capture id, … */
  object_id: string | null;
  reference_id: string | null;
  /** Capture of a refund, authorization of a capture. */
  parent_id: string | null;
  permission_id: string | null;
  amount_minor: bigint | null;
  currency: string | null;
  status: string | null;
  reason_code: string | null;
  /** RefundType (`SellerInitiated`, …), where there is one. */
  type: string | null;
  updated_at: number | null;
  created_at: number | null;
  /** JSON object of every other column that holds no data of the buyer. */
  fields: string | null;
  /** JSON object of the columns with data of the buyer, as far as they were kept; can be emptied at any time. */
  personal: string | null;
}

/** A row that could not be read: nothing of a file is dropped in silence. */
export interface RowErrorTable {
  account_id: string;
  file_id: number;
  line: number;
  /** 0 for the first error of a line, 1 for the second, … */
  error: number;
  byte_offset: number;
  code: string;
  message: string;
}

/** A row that another file had already delivered. */
export interface RowRepeatTable {
  account_id: string;
  file_id: number;
  line: number;
  first_file_id: number;
  first_line: number;
}

/** New columns, transaction types and reason codes: once per file. */
export interface SchemaDriftTable {
  account_id: string;
  file_id: number;
  /** `column`, `transaction-type`, `reason-code`, … */
  what: string;
  value: string;
  first_line: number | null;
}

/** Trouble that a person should see: other bytes under a known report, a report close to its 90 days, … */
export interface AlertTable {
  account_id: string;
  alert_id: Generated<number>;
  code: string;
  /** What it is about (report id, settlement id, …): the same trouble with the same thing is one alert. */
  subject: string;
  message: string;
  raised_at: number;
  cleared_at: number | null;
}
