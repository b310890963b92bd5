import type { TableShape } from "./shape.ts";

/** How fast the service is called. */
export const RATE_TABLES = {
  /** How far ahead of its rate a kind of call of an account is, for all processes that make such calls. */
  rate_bucket: {
    columns: {
      account_id: "text",
      /** Source and call: `v2 list`. */
      bucket: "text",
      /** When all calls made so far will have been worked off at the rate, by the database's clock. */
      empty_at: "instant",
    },
    key: ["account_id", "bucket"],
  },
} as const satisfies Readonly<Record<string, TableShape>>;
