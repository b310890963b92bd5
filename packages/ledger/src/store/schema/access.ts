import type { TableShape } from "./shape.ts";

/** What may be done, each with all that the ones before it may. */
export const ROLES = ["view", "resolve", "approve", "admin"] as const;

/** Who may do what in the dashboard. */
export const ACCESS_TABLES = {
  /** A person who is named by the proxy or by the sign-in, a row for each account that they see. */
  user_access: {
    columns: {
      /** `*` for all accounts, also those that come later. */
      account_id: "text",
      name: "text",
      role: ROLES,
      created_at: "instant",
      created_who: "text",
    },
    key: ["account_id", "name"],
  },
} as const satisfies Readonly<Record<string, TableShape>>;
