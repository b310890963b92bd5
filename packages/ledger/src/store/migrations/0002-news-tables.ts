import type { TableShape } from "./tables.ts";

/** What has happened, for hooks, and which hook was told of what. */
export const NEWS_TABLES: readonly TableShape[] = [
  {
    name: "news",
    columns: { account_id: "text", news_id: "id", code: "text", subject: "text", body: "text", at: "instant" },
    key: ["account_id", "news_id"],
    indexes: [{ columns: ["account_id", "at"] }],
  },
  {
    name: "hook",
    columns: { account_id: "text", name: "text", since_at: "instant" },
    key: ["account_id", "name"],
  },
  {
    name: "hook_delivery",
    columns: {
      account_id: "text",
      name: "text",
      news_id: "ref",
      delivered_at: "instant?",
      attempts: "count",
      next_attempt_at: "instant?",
      last_error: "text?",
    },
    key: ["account_id", "name", "news_id"],
  },
];
