import type { Table, TableShape } from "./shape.ts";

/** Who changed what, in one chain over all accounts. */
export const AUDIT_TABLES = {
  /** A change by a person or a token. Only added to; each row has the hash of the one before it, see `audit/chain.ts`. */
  audit_event: {
    columns: {
      /** `*` for what belongs to no account, or to all. */
      account_id: "text",
      /** From 1 on, without gaps. */
      position: "int64",
      at: "instant",
      who: "text",
      /** One of `audit/words.ts`. */
      what: "text",
      /** Id of what was changed. */
      subject: "text",
      note: "text?",
      /** What it was and what it became, JSON objects; null where there was nothing before, or is nothing after. */
      was: "text?",
      became: "text?",
      /** Hash of the row before; zeros in the first. */
      previous_hash: "text",
      /** SHA-256 of all of the above, lower-case hex. */
      hash: "text",
    },
    key: ["account_id", "position"],
    indexes: [{ columns: ["position"] }],
    insertOnly: true,
  },
} as const satisfies Readonly<Record<string, TableShape>>;

/** A row of `audit_event`. */
export type AuditEventTable = Table<typeof AUDIT_TABLES.audit_event>;
