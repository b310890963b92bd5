import { sql } from "kysely";
import { StoreError } from "./errors.ts";
import type { Store } from "./store.ts";

/**
 * Looks for damage in the file of a SQLite store: reads every page once, so it takes about as long as copying the file.
 * PostgreSQL watches over its own pages.
 *
 * @returns what is damaged, in SQLite's words; null when the file is sound
 *
 * @example
 * const damage = await storeDamage(ledger.store);
 * if (damage !== null) console.error(`put back a backup: ${damage}`);
 */
export async function storeDamage(store: Store): Promise<string | null> {
  if (store.dialect !== "sqlite") return null;
  try {
    const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(store.db);
    const found = rows[0]?.quick_check ?? "ok";
    return found === "ok" ? null : found;
  } catch (error) {
    // A page that cannot be read at all ends the check itself.
    const reason = error instanceof StoreError && error.cause instanceof Error ? error.cause : error;
    return reason instanceof Error ? reason.message : String(reason);
  }
}
