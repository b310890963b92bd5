import type { Table, TableShape } from "./shape.ts";

/** What has happened, in the order in which receivers get it, and how far each receiver is. */
export const OUTBOX_TABLES = {
  /** Something that happened. Written in the transaction in which it happened; kept for a month. */
  outbox: {
    columns: {
      account_id: "text",
      event_id: "id",
      /** One of the codes of `outbox/event-codes.ts`. */
      code: "text",
      /** What it is about. */
      subject: "text",
      /** JSON object with the facts. */
      body: "text",
      at: "instant",
      /** `new` until it has its number. */
      state: ["new", "numbered"],
      /**
       * 1, 2, 3 … within the account, without a gap, given after the event was committed: whoever has read up to one of them misses
       * nothing that comes later. Ids have no such order, since a transaction takes its id before others end.
       */
      sequence: "int64?",
    },
    key: ["account_id", "event_id"],
    unique: [["account_id", "sequence"]],
    indexes: [{ columns: ["account_id", "at"] }, { columns: ["account_id", "event_id"], whereIn: ["state", ["new"]] }],
  },
  /** The numbers that an account's events have. Its row is what whoever gives numbers locks. */
  outbox_sequence: {
    columns: {
      account_id: "text",
      /** The last number that was given; 0 before the first. */
      last: "int64",
      /** The last number whose event was deleted because of its age; 0 while all are there. */
      pruned: "int64",
    },
    key: ["account_id"],
  },
  /** A hook that receives an account's events, and how far it has been told. */
  hook: {
    columns: {
      account_id: "text",
      name: "text",
      since_at: "instant",
      /** Every event up to this number was delivered, or is of a code that the hook does not want. */
      sequence: "int64",
      /** Number of the last event that was delivered; null before the first. */
      previous: "int64?",
      delivered_at: "instant?",
      /** Tries of the next event that failed. */
      attempts: "count",
      next_attempt_at: "instant?",
      /** When the first of these tries failed. */
      failing_since_at: "instant?",
      last_error: "text?",
      /** When it was disabled, having failed for too long; null while it is told. */
      disabled_at: "instant?",
    },
    key: ["account_id", "name"],
    indexes: [{ columns: ["account_id", "next_attempt_at"], where: "next_attempt_at" }],
  },
  /** What was last told of a settlement or a month, so that only what changes is told again. */
  announcement: {
    columns: {
      account_id: "text",
      /** `settlement` or `month`. */
      what: "text",
      subject: "text",
      /** What was told, in words that can be compared. */
      state: "text",
    },
    key: ["account_id", "what", "subject"],
  },
} as const satisfies Readonly<Record<string, TableShape>>;

/** A row of `outbox`. */
export type OutboxTable = Table<typeof OUTBOX_TABLES.outbox>;
/** A row of `hook`. */
export type HookTable = Table<typeof OUTBOX_TABLES.hook>;
