import { createHash } from "node:crypto";
import type { Selectable } from "kysely";
import type { AuditEventTable } from "../store/schema/audit.ts";

/** What stands in the first row in place of the hash before it. */
export const FIRST = "0".repeat(64);

/** Everything in a row that its hash is made of. */
export type Hashed = Omit<Selectable<AuditEventTable>, "hash">;

/**
 * The hash of a row: SHA-256 of a JSON array in UTF-8, with its values in the order of the columns, the hash of the row before among
 * them. Anyone can compute it with a few lines of any language.
 */
export function auditHash(row: Hashed): string {
  const { account_id, position, at, who, what, subject, note, was, became, previous_hash } = row;
  const text = JSON.stringify([account_id, position, at, who, what, subject, note, was, became, previous_hash]);
  return createHash("sha256").update(text, "utf8").digest("hex");
}
