import type { Table, TableShape } from "./shape.ts";

/** Months that somebody has closed. */
export const PERIOD_TABLES = {
  /** The close of a month of an account, and whether it was opened again. Rows are never taken away: both stay on record. */
  period: {
    columns: {
      account_id: "text",
      period_id: "id",
      /** `2026-06`. */
      month: "text",
      /** IANA name of the zone whose month it is. */
      time_zone: "text",
      /** First moment of the month, and the first one after it, as they were when it was closed. */
      from_at: "instant",
      until_at: "instant",
      /** SHA-256 of `document`, lower-case hex. */
      hash: "text",
      /** Hash of the month that was closed before; null for the first one. */
      previous_hash: "text?",
      /** What was frozen, canonical JSON: see `reconcile/periods/document.ts`. */
      document: "text",
      closed_at: "instant",
      who: "text",
      note: "text?",
      /** Null while it is closed. */
      reopened_at: "instant?",
      reopened_who: "text?",
      reopened_note: "text?",
    },
    key: ["account_id", "period_id"],
    indexes: [
      { columns: ["account_id", "month"] },
      // Which months are closed, over all accounts, without their documents.
      { columns: ["month", "account_id", "reopened_at", "closed_at", "who"] },
    ],
  },
} as const satisfies Readonly<Record<string, TableShape>>;

/** A row of `period`. */
export type PeriodTable = Table<typeof PERIOD_TABLES.period>;
