import type { TableShape } from "./tables.ts";

/** How far ahead of its rate each kind of call is; small and written often, so it is kept apart. */
export const RATE_TABLES: readonly TableShape[] = [
  {
    name: "rate_bucket",
    columns: { account_id: "text", bucket: "text", empty_at: "instant" },
    key: ["account_id", "bucket"],
  },
];
