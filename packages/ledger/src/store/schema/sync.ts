import type { TableShape } from "./shape.ts";

/** Who works, and how far sources have been read. */
export const SYNC_TABLES = {
  /** The right to do a piece of work alone, for a while: a holder that dies loses it when the time is over. */
  lease: {
    columns: {
      account_id: "text",
      /** `sync`, … */
      name: "text",
      /** Random name of the runner. */
      holder: "text",
      expires_at: "instant",
    },
    key: ["account_id", "name"],
  },
  /** How far a source of an account has been read. */
  sync_mark: {
    columns: {
      account_id: "text",
      /** `v2`, `mws` or `folder`. */
      source: "text",
      /** `reports` or `disbursements`. */
      what: "text",
      /** Start of the last listing that was read to its end; null before the first. */
      last_success_at: "instant?",
      /** Failures in a row since then. */
      failures: "count",
      /** Not to be asked again before. */
      next_at: "instant?",
    },
    key: ["account_id", "source", "what"],
  },
} as const satisfies Readonly<Record<string, TableShape>>;
