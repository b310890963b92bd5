import type { Table, TableShape } from "./shape.ts";

/** What has happened, for hooks, and which hook was told of what. */
export const OUTBOX_TABLES = {
  /** Something that happened, for hooks. Written in the transaction in which it happened; kept for a month. */
  outbox: {
    columns: {
      account_id: "text",
      event_id: "id",
      /** `report.loaded` or `alert.raised`. */
      code: "text",
      /** What it is about. */
      subject: "text",
      /** JSON object with the facts. */
      body: "text",
      at: "instant",
    },
    key: ["account_id", "event_id"],
    indexes: [{ columns: ["account_id", "at"] }],
  },
  /** A hook that receives an account's events, and since when. */
  hook: {
    columns: {
      account_id: "text",
      name: "text",
      since_at: "instant",
    },
    key: ["account_id", "name"],
  },
  /** How far a hook has been told of a event. */
  hook_delivery: {
    columns: {
      account_id: "text",
      name: "text",
      event_id: "ref",
      /** Null until the hook has taken it. */
      delivered_at: "instant?",
      attempts: "count",
      next_attempt_at: "instant?",
      last_error: "text?",
    },
    key: ["account_id", "name", "event_id"],
    indexes: [{ columns: ["account_id", "next_attempt_at"], where: "next_attempt_at" }],
  },
} as const satisfies Readonly<Record<string, TableShape>>;

/** A row of `outbox`. */
export type OutboxTable = Table<typeof OUTBOX_TABLES.outbox>;
/** A row of `hook_delivery`. */
export type HookDeliveryTable = Table<typeof OUTBOX_TABLES.hook_delivery>;
