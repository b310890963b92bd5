import type { Table, TableShape } from "./shape.ts";

/** Accounts that are added, paused and removed while workers run. */
export const ACCOUNT_TABLES = {
  /** What an account is worked for with, beside those of the configuration file. */
  account_setting: {
    columns: {
      account_id: "text",
      /** Settings as in `apay.config.json`, JSON; null where the file has them. Holds paths and names, never a secret. */
      settings: "text?",
      /** Secrets by the name of their setting, JSON; each is encrypted with a key that the database does not have. */
      sealed: "text?",
      state: ["active", "paused"],
      /** Goes up with every change, so that a worker sees that there was one. */
      revision: "count",
      changed_at: "instant",
    },
    key: ["account_id"],
  },
  /** Who added, changed, paused or removed an account, when and why. Outlives the account. Only added to. */
  account_event: {
    columns: {
      account_id: "text",
      event_id: "id",
      what: ["added", "rotated", "paused", "resumed", "forgotten", "erased"],
      who: "text",
      note: "text?",
      at: "instant",
    },
    key: ["account_id", "event_id"],
    insertOnly: true,
  },
} as const satisfies Readonly<Record<string, TableShape>>;

/** A row of `account_setting`. */
export type AccountSettingTable = Table<typeof ACCOUNT_TABLES.account_setting>;
