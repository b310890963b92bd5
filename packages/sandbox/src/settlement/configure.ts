import type { Engine } from "../engine/engine.ts";
import { accountsOf } from "./account.ts";
import { keepBooksSettings, type BooksSettings } from "./settings.ts";
import { reschedule } from "./periods/running-period.ts";

/**
 * Changes how a merchant's books are kept from now on. What was posted stays; running settlements are put on the schedule
 * anew when their length changed.
 *
 * @example configureBooks(engine, merchantId, { settlementEvery: "P3D", reserve: { kind: "tier-2" } })
 */
export function configureBooks(engine: Engine, merchantId: string, changes: Partial<BooksSettings>): void {
  keepBooksSettings(engine, merchantId, changes);
  if (changes.firstSettlementAfter === undefined && changes.settlementEvery === undefined) return;
  for (const account of accountsOf(engine, merchantId)) reschedule(engine, account);
}
