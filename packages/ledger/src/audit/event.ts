import type { Selectable } from "kysely";
import type { AuditEventTable } from "../store/schema/audit.ts";
import type { AuditWord } from "./words.ts";

/** A change that somebody made. */
export interface AuditEvent {
  /** From 1 on. */
  readonly position: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly who: string;
  readonly what: AuditWord;
  /** Null for what belongs to no account, or to all. */
  readonly accountId: string | null;
  readonly subject: string;
  readonly note: string | null;
  /** What it was; null where there was nothing before. */
  readonly was: Readonly<Record<string, unknown>> | null;
  /** What it became; null where there is nothing after. */
  readonly became: Readonly<Record<string, unknown>> | null;
  readonly hash: string;
}

/** A state as it was written down; as text under `unreadable` where somebody has written something else since. */
function stateOf(text: string | null): AuditEvent["was"] {
  if (text === null) return null;
  try {
    const state: unknown = JSON.parse(text);
    if (typeof state === "object" && state !== null && !Array.isArray(state)) return state as Record<string, unknown>;
  } catch {
    // It is shown as it is: the check of the chain says that the row was changed.
  }
  return { unreadable: text };
}

/** A row as it is shown. */
export function auditEventOf(row: Selectable<AuditEventTable>): AuditEvent {
  return {
    position: row.position,
    at: row.at,
    who: row.who,
    what: row.what as AuditWord,
    accountId: row.account_id === "*" ? null : row.account_id,
    subject: row.subject,
    note: row.note,
    was: stateOf(row.was),
    became: stateOf(row.became),
    hash: row.hash,
  };
}
