import type { Table, TableShape } from "./shape.ts";

/** What a record says, whether it counts or not. */
const RECORD_COLUMNS = {
  line: "count?",
  /** `file`, `library` or `api`. */
  source: "text",
  /** `charge` or `refund`. */
  kind: "text",
  /** Charge id or refund id of Amazon Pay, when the merchant knows it. */
  transaction_id: "text?",
  /** Charge that a refund belongs to. */
  parent_transaction_id: "text?",
  reference_id: "text?",
  permission_id: "text?",
  order_id: "text?",
  /** Positive for both kinds. */
  amount_minor: "money",
  currency: "text",
  occurred_at: "instant",
  status: "text?",
  /** The import that changed the record last; null when none has. */
  revised_in: "ref?",
} as const;

/** What the merchant brings: own records, bank statements, and what the API says of payouts. */
export const BOOK_TABLES = {
  /** A file, or a call of the library, that brought records or bank lines. Identity: account, what, content hash. */
  import: {
    columns: {
      account_id: "text",
      import_id: "id",
      /** `records` or `bank`. */
      what: "text",
      file_name: "text?",
      content_hash: "text",
      row_count: "count",
      imported_at: "instant",
      /** Why a statement was taken in although its own balances do not agree, and by how much they differ. */
      note: "text?",
    },
    key: ["account_id", "import_id"],
    unique: [["account_id", "what", "content_hash"]],
    indexes: [{ columns: ["account_id", "what", "imported_at"] }, { columns: ["what", "imported_at", "account_id"] }],
  },
  /** The merchant's own charge or refund. */
  record: {
    columns: {
      account_id: "text",
      record_id: "id",
      import_id: "ref",
      ...RECORD_COLUMNS,
    },
    key: ["account_id", "record_id"],
    indexes: [
      { columns: ["account_id", "revised_in"], where: "revised_in" },
      { columns: ["account_id", "transaction_id"], where: "transaction_id" },
      { columns: ["account_id", "reference_id"], where: "reference_id" },
      { columns: ["account_id", "permission_id"], where: "permission_id" },
      { columns: ["account_id", "order_id"], where: "order_id" },
      { columns: ["account_id", "kind", "occurred_at"] },
      // The account does not lead, so that those of all accounts are in order, too.
      { columns: ["amount_minor", "occurred_at"] },
      { columns: ["account_id", "import_id"] },
    ],
  },
  /** What a record said before an import changed it, so that the import can be withdrawn. */
  record_revision: {
    columns: {
      account_id: "text",
      revision_id: "id",
      record_id: "ref",
      /** The import that changed it. */
      import_id: "ref",
      ...RECORD_COLUMNS,
    },
    key: ["account_id", "revision_id"],
    indexes: [{ columns: ["account_id", "record_id"] }, { columns: ["account_id", "import_id"] }],
  },
  /** A file of records that was taken back. */
  record_withdrawal: {
    columns: {
      account_id: "text",
      import_id: "ref",
      who: "text",
      note: "text",
      /** Records that went with it. */
      record_count: "count",
      withdrawn_at: "instant",
    },
    key: ["account_id", "import_id"],
  },
  /** A record that was taken back, or what a file that was taken back had made of one, as it was. */
  withdrawn_record: {
    columns: {
      account_id: "text",
      record_id: "ref",
      import_id: "ref",
      ...RECORD_COLUMNS,
    },
    key: ["account_id", "record_id", "import_id"],
    indexes: [{ columns: ["account_id", "import_id"] }],
  },
  /** A line of a bank statement. */
  bank_line: {
    columns: {
      account_id: "text",
      bank_line_id: "id",
      import_id: "ref",
      line: "count?",
      /** IBAN or account number of the statement. */
      bank_account: "text?",
      booked_at: "instant",
      /** Positive for money that came in. */
      amount_minor: "money",
      currency: "text",
      /** Every reference of the entry, with blanks between them. */
      reference: "text?",
      /** Name of the other side. */
      counterparty: "text?",
      /** Everything that the bank wrote of the entry. */
      text: "text?",
    },
    key: ["account_id", "bank_line_id"],
    indexes: [
      { columns: ["account_id", "booked_at"] },
      { columns: ["account_id", "amount_minor"] },
      // The lines of all accounts together, in each order of their list.
      { columns: ["booked_at", "account_id"] },
      { columns: ["amount_minor", "account_id", "bank_line_id"] },
      { columns: ["account_id", "reference"], where: "reference" },
      { columns: ["account_id", "import_id"] },
    ],
  },
  /** A bank statement that was taken back. */
  statement_withdrawal: {
    columns: {
      account_id: "text",
      import_id: "ref",
      who: "text",
      note: "text",
      /** Lines that went with it. */
      line_count: "count",
      withdrawn_at: "instant",
    },
    key: ["account_id", "import_id"],
  },
  /** A line of a bank statement that was taken back, as it was. */
  withdrawn_bank_line: {
    columns: {
      account_id: "text",
      bank_line_id: "ref",
      import_id: "ref",
      line: "count?",
      bank_account: "text?",
      booked_at: "instant",
      amount_minor: "money",
      currency: "text",
      reference: "text?",
      counterparty: "text?",
      text: "text?",
    },
    key: ["account_id", "bank_line_id"],
    indexes: [{ columns: ["account_id", "import_id"] }],
  },
  /** What an invoice of Amazon Pay says of the fees of a month. Never taken away: what was withdrawn says by whom and why. */
  fee_invoice: {
    columns: {
      account_id: "text",
      fee_invoice_id: "id",
      /** Number that the invoice has. */
      number: "text",
      currency: "text",
      /** Month that it is of, `2026-06`, with its first moment and the first one after it. */
      month: "text",
      from_at: "instant",
      until_at: "instant",
      net_minor: "money",
      tax_minor: "money",
      who: "text",
      at: "instant",
      withdrawn_at: "instant?",
      withdrawn_who: "text?",
      withdrawn_note: "text?",
    },
    key: ["account_id", "fee_invoice_id"],
    indexes: [{ columns: ["account_id", "number"] }],
  },
  /** A disbursement as the API lists it: the link between settlement and bank. */
  disbursement: {
    columns: {
      account_id: "text",
      settlement_id: "text",
      /** What the bank statement prints. */
      disbursement_reference_id: "text",
      seller_id: "text?",
      amount_minor: "money",
      currency: "text",
      transferred_at: "instant",
    },
    key: ["account_id", "settlement_id", "disbursement_reference_id"],
    indexes: [{ columns: ["account_id", "disbursement_reference_id"] }, { columns: ["account_id", "transferred_at"] }],
  },
} as const satisfies Readonly<Record<string, TableShape>>;

/** A row of `record`. */
export type RecordTable = Table<typeof BOOK_TABLES.record>;
