import type { Generated } from "kysely";

/** Something that happened and that hooks are told of. Written in the transaction in which it happened; kept for a month. */
export interface NewsTable {
  account_id: string;
  news_id: Generated<number>;
  /** `report.loaded` or `alert.raised`. */
  code: string;
  /** What it is about. */
  subject: string;
  /** JSON object with the facts. */
  body: string;
  at: number;
}

/** A hook that is told of an account's news, and since when. */
export interface HookTable {
  account_id: string;
  name: string;
  since_at: number;
}

/** How far a hook has been told of a piece of news. */
export interface HookDeliveryTable {
  account_id: string;
  name: string;
  news_id: number;
  /** Null until the hook has taken it. */
  delivered_at: number | null;
  attempts: number;
  next_attempt_at: number | null;
  last_error: string | null;
}
