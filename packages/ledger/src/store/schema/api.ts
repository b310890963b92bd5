import { ROLES } from "./access.ts";
import type { TableShape } from "./shape.ts";

/** Who may ask the books over HTTP. */
export const API_TABLES = {
  /** A bearer token, a row for each account that it sees. Its text is nowhere: who reads this table cannot use one. */
  api_token: {
    columns: {
      /** `*` for all accounts, also those that come later. */
      account_id: "text",
      token_id: "text",
      /** SHA-256 of its secret part, lower-case hex. */
      hash: "text",
      /** Whose it is. */
      label: "text",
      role: ROLES,
      created_at: "instant",
      created_who: "text",
      expires_at: "instant?",
      revoked_at: "instant?",
    },
    key: ["account_id", "token_id"],
    indexes: [{ columns: ["token_id"] }],
  },
} as const satisfies Readonly<Record<string, TableShape>>;
