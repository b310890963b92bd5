import type { TableShape } from "./tables.ts";

/** Bank statements that were taken back: who, why, and every line as it was. */
export const WITHDRAWAL_TABLES: readonly TableShape[] = [
  {
    name: "statement_withdrawal",
    columns: {
      account_id: "text",
      import_id: "ref",
      who: "text",
      note: "text",
      line_count: "count",
      withdrawn_at: "instant",
    },
    key: ["account_id", "import_id"],
  },
  {
    name: "withdrawn_bank_line",
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
      text: "text?",
    },
    key: ["account_id", "bank_line_id"],
    indexes: [{ columns: ["account_id", "import_id"] }],
  },
];
