import type { Table, TableShape } from "./shape.ts";

/** The columns of a row of a settlement report, one that counts or one that does not. */
const SETTLEMENT_COLUMNS = {
  account_id: "text",
  file_id: "ref",
  /** Physical line on which the row starts, from 1. */
  line: "count",
  /** 0 for the first of identical rows of a file, 1 for the second, … */
  ordinal: "count",
  settlement_id: "text",
  posted_at: "instant",
  /** TransactionType as written in the file. */
  type: "text",
  /** The type normalised (`capture`, `refund`, `atozguaranteeclaim`, …). */
  type_key: "text",
  transaction_id: "text?",
  /** SellerReferenceId. */
  reference_id: "text?",
  /** AmazonOrderReferenceId, the charge permission. */
  permission_id: "text?",
  /** SellerOrderId. */
  order_id: "text?",
  store_name: "text?",
  currency: "text",
  description: "text?",
  amount_minor: "money",
  percentage_fee_minor: "money",
  fixed_fee_minor: "money",
  total_fee_minor: "money",
  net_minor: "money",
  /** JSON object of columns that the layout does not know, or null. */
  extra: "text?",
} as const;

/** Accounts, their reports, and the rows of these. */
export const REPORT_TABLES = {
  /** A merchant account whose reports are kept. */
  account: {
    columns: {
      account_id: "text",
      /** Seller (merchant) id as the settlement header has it; null until it is known. */
      seller_id: "text?",
      region: "text",
      environment: "text",
      /** Ledger currency, e.g. `USD`. */
      currency: "text?",
      created_at: "instant",
      /** How far the service's clock was ahead of the machine's when it last said; 0 but for a sandbox whose clock was moved. */
      clock_ahead_millis: "int64=0",
    },
    key: ["account_id"],
  },
  /** A report as a source lists it. Identity: account, source, report id. */
  report: {
    columns: {
      account_id: "text",
      /** `v2`, `mws`, `folder`, or `hand` for a single file that somebody loaded. */
      source: "text",
      report_id: "text",
      /** The service's enum value, kept as it came. */
      report_type: "text",
      /** Data window: the index for coverage, never the creation time. */
      window_start_at: "instant?",
      window_end_at: "instant?",
      created_at: "instant?",
      /** The service's status, kept as it came. */
      processing_status: "text",
      document_id: "text?",
      state: ["listed", "in-progress", "archived", "loaded", "linked", "no-data", "failed", "quarantined", "withdrawn"],
      /** Why it is failed or quarantined: code and remedy. */
      state_reason: "text?",
      first_seen_at: "instant",
      last_seen_at: "instant",
      attempts: "count",
      next_attempt_at: "instant?",
      /** When the service was told that the bytes are safe (MWS); null before, and for sources that have no such call. */
      acknowledged_at: "instant?",
    },
    key: ["account_id", "source", "report_id"],
    indexes: [
      { columns: ["account_id", "state", "created_at", "report_id"] },
      { columns: ["account_id", "report_type", "window_start_at"] },
      // Of many millions that are loaded a few wait: what counts them may not read the others.
      { columns: ["account_id", "created_at"], whereIn: ["state", ["listed", "archived"]] },
      // The reports of all accounts together, in each order of their list.
      ...["coalesce(window_end_at, first_seen_at)", "report_type", "state"].map((value) => ({
        columns: [value, "account_id", "source", "report_id"],
      })),
      { columns: ["state", "coalesce(window_end_at, first_seen_at)"] },
    ],
  },
  /** The bytes of one report file, once per account whatever the number of reports that delivered them. */
  file: {
    columns: {
      account_id: "text",
      file_id: "id",
      /** SHA-256 of the bytes as downloaded, lower-case hex. */
      content_hash: "text",
      /** Kind that the content shows: `settlement`, `refund`, … or `unknown`. */
      kind: "text",
      archive_path: "text",
      byte_count: "int64",
      row_count: "count",
      error_count: "count",
      seller_id: "text?",
      window_start_at: "instant?",
      window_end_at: "instant?",
      archived_at: "instant",
      /** Null until every row of the file is stored or reported. */
      loaded_at: "instant?",
      quarantine_code: "text?",
      quarantine_message: "text?",
    },
    key: ["account_id", "file_id"],
    unique: [["account_id", "content_hash"]],
    indexes: [{ columns: ["account_id", "kind", "window_start_at"] }],
  },
  /** Which report delivered which bytes: the key of exactly-once loading. */
  report_file: {
    columns: {
      account_id: "text",
      source: "text",
      report_id: "text",
      content_hash: "text",
      file_id: "ref",
      fetched_at: "instant",
      /** 1 when the same bytes had already come under another report. */
      linked: "count",
    },
    key: ["account_id", "source", "report_id", "content_hash"],
    indexes: [{ columns: ["account_id", "file_id"] }],
  },
  /** A file that somebody took back, each time that it happened: its bytes stay in the archive, its rows are gone. */
  report_withdrawal: {
    columns: {
      account_id: "text",
      file_id: "ref",
      withdrawn_at: "instant",
      who: "text",
      note: "text",
      /** Rows of its own that went with it. */
      row_count: "count",
    },
    key: ["account_id", "file_id", "withdrawn_at"],
  },
  /** A row of a settlement report. Identity within a file: file and line. */
  settlement_row: {
    columns: SETTLEMENT_COLUMNS,
    key: ["account_id", "file_id", "line"],
    indexes: [
      { columns: ["account_id", "settlement_id", "posted_at"] },
      { columns: ["account_id", "transaction_id"], where: "transaction_id" },
      { columns: ["account_id", "reference_id"], where: "reference_id" },
      { columns: ["account_id", "permission_id"], where: "permission_id" },
      { columns: ["account_id", "order_id"], where: "order_id" },
      { columns: ["account_id", "posted_at"] },
      // The newest rows of all accounts together, however many there are.
      { columns: ["posted_at", "file_id"] },
      // A price may be that of every third row: those of an amount come newest first, so that a page of them is read and no more.
      // The account does not lead, so that those of all accounts are in order, too.
      { columns: ["amount_minor", "posted_at", "file_id"] },
      { columns: ["net_minor", "posted_at", "file_id"] },
      // One row in a thousand is a transfer: lists of them may not read the others.
      { columns: ["account_id", "type_key", "posted_at"], whereIn: ["type_key", ["transfer"]] },
      // Those of all accounts together, in each order of their list.
      { columns: ["posted_at", "account_id", "file_id", "line"], whereIn: ["type_key", ["transfer"]] },
      { columns: ["-net_minor", "account_id", "file_id", "line"], whereIn: ["type_key", ["transfer"]] },
    ],
  },
  /** A row of a version of a settlement that does not count: the same settlement was delivered again with other contents. */
  superseded_row: {
    columns: SETTLEMENT_COLUMNS,
    key: ["account_id", "file_id", "line"],
    indexes: [{ columns: ["account_id", "settlement_id", "posted_at"] }],
  },
  /** A file that delivered a settlement of which there are several versions. */
  settlement_version: {
    columns: {
      account_id: "text",
      settlement_id: "text",
      file_id: "ref",
      /** By the service's word where a service delivered it, else when the file came: later is newer. */
      received_at: "instant",
      archived_at: "instant",
      /** 1 for the one whose rows are in `settlement_row`; those of the others are in `superseded_row`. */
      counts: "count",
      /** When somebody decided for it; null for all others. */
      accepted_at: "instant?",
      accepted_by: "text?",
    },
    key: ["account_id", "settlement_id", "file_id"],
  },
  /**
   * Sums of the rows of `settlement_row`, by file, settlement, currency, type and day: what pages about fees read instead of all
   * rows there ever were. Written wherever rows of a file come, go or move: see `store/rows/fee-sums.ts`.
   */
  fee_sum: {
    columns: {
      account_id: "text",
      file_id: "ref",
      settlement_id: "text",
      currency: "text",
      type_key: "text",
      /** Days since the epoch, in UTC. */
      day: "count",
      /** The first of the types as they are written in the file. */
      type: "text",
      row_count: "int64",
      /** Rows that name no charge permission: in files that have some, a look at each row tells what those belong to. */
      unnamed_count: "int64",
      amount_minor: "money",
      percentage_fee_minor: "money",
      fixed_fee_minor: "money",
      total_fee_minor: "money",
      net_minor: "money",
    },
    key: ["account_id", "file_id", "settlement_id", "currency", "type_key", "day"],
    indexes: [
      { columns: ["account_id", "type_key"] },
      // On which days of all accounts rows of a rare type are.
      { columns: ["type_key", "currency", "day", "row_count"] },
    ],
  },
  /** A row of a transaction report (order reference, billing agreement, authorization, capture, refund, multi-currency, unknown). */
  transaction_row: {
    columns: {
      account_id: "text",
      file_id: "ref",
      line: "count",
      ordinal: "count",
      kind: "text",
      /** Hash of all that makes the row what it is, by which the same row in another report is found; 52 bits. */
      identity: "int64",
      /** Id of the object in the row: refund id, capture id, … */
      object_id: "text?",
      reference_id: "text?",
      /** Capture of a refund, authorization of a capture. */
      parent_id: "text?",
      permission_id: "text?",
      amount_minor: "money?",
      currency: "text?",
      status: "text?",
      reason_code: "text?",
      /** RefundType (`SellerInitiated`, …), where there is one. */
      type: "text?",
      updated_at: "instant?",
      created_at: "instant?",
      /** JSON object of every other column that holds no data of the buyer. */
      fields: "text?",
      /** JSON object of the columns with data of the buyer, as far as they were kept; can be emptied at any time. */
      personal: "text?",
    },
    key: ["account_id", "file_id", "line"],
    indexes: [
      { columns: ["account_id", "object_id"], where: "object_id" },
      { columns: ["account_id", "reference_id"], where: "reference_id" },
      { columns: ["account_id", "parent_id"], where: "parent_id" },
      { columns: ["account_id", "permission_id"], where: "permission_id" },
      { columns: ["account_id", "kind", "updated_at"] },
      { columns: ["account_id", "identity"] },
    ],
  },
  /** A row that could not be read: nothing of a file is dropped in silence. */
  row_error: {
    columns: {
      account_id: "text",
      file_id: "ref",
      line: "count",
      /** 0 for the first error of a line, 1 for the second, … */
      error: "count",
      byte_offset: "int64",
      code: "text",
      message: "text",
    },
    key: ["account_id", "file_id", "line", "error"],
  },
  /** A row that another file had already delivered. */
  row_repeat: {
    columns: {
      account_id: "text",
      file_id: "ref",
      line: "count",
      first_file_id: "ref",
      first_line: "count",
    },
    key: ["account_id", "file_id", "line"],
    indexes: [{ columns: ["account_id", "first_file_id", "first_line"] }],
  },
  /** New columns, transaction types and reason codes: once per file. */
  schema_drift: {
    columns: {
      account_id: "text",
      file_id: "ref",
      /** `column`, `transaction-type`, `reason-code`, … */
      what: "text",
      value: "text",
      first_line: "count?",
    },
    key: ["account_id", "file_id", "what", "value"],
  },
  /** Trouble that a person should see: other bytes under a known report, a report close to its 90 days, … */
  alert: {
    columns: {
      account_id: "text",
      alert_id: "id",
      code: "text",
      /** What it is about (report id, settlement id, …): the same trouble with the same thing is one alert. */
      subject: "text",
      message: "text",
      raised_at: "instant",
      cleared_at: "instant?",
    },
    key: ["account_id", "alert_id"],
    unique: [["account_id", "code", "subject"]],
  },
} as const satisfies Readonly<Record<string, TableShape>>;

/** A row of `account`. */
export type AccountTable = Table<typeof REPORT_TABLES.account>;
/** A row of `report`. */
export type ReportTable = Table<typeof REPORT_TABLES.report>;
/** Where a report stands on its way from listing to rows. */
export type ReportState = ReportTable["state"];
/** A row of `file`. */
export type FileTable = Table<typeof REPORT_TABLES.file>;
/** A row of `settlement_row`. */
export type SettlementRowTable = Table<typeof REPORT_TABLES.settlement_row>;
