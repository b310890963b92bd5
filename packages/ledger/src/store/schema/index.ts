import { ACCESS_TABLES } from "./access.ts";
import { ACCOUNT_TABLES } from "./accounts.ts";
import { API_TABLES } from "./api.ts";
import { AUDIT_TABLES } from "./audit.ts";
import { BOOK_TABLES } from "./books.ts";
import { OUTBOX_TABLES } from "./outbox.ts";
import { PERIOD_TABLES } from "./periods.ts";
import { RATE_TABLES } from "./rates.ts";
import { REPORT_TABLES } from "./reports.ts";
import type { Table, TableShape } from "./shape.ts";
import { SYNC_TABLES } from "./sync.ts";
import { VERDICT_TABLES } from "./verdicts.ts";

/** Every table of the ledger, by name. */
export const TABLES = {
  ...REPORT_TABLES,
  ...BOOK_TABLES,
  ...VERDICT_TABLES,
  ...PERIOD_TABLES,
  ...SYNC_TABLES,
  ...OUTBOX_TABLES,
  ...RATE_TABLES,
  ...ACCOUNT_TABLES,
  ...API_TABLES,
  ...ACCESS_TABLES,
  ...AUDIT_TABLES,
} as const;

/** Names of the tables to which rows are only added. */
export const INSERT_ONLY_TABLES: readonly string[] = Object.entries<TableShape>(TABLES)
  .filter(([, { insertOnly = false }]) => insertOnly)
  .map(([name]) => name);

/** Every table of the ledger as Kysely has it in queries, by name. */
export type Schema = { -readonly [Name in keyof typeof TABLES]: Table<(typeof TABLES)[Name]> };
