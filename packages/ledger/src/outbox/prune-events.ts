import { DAY } from "@amazon-pay-kit/money";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Store } from "../store/store.ts";
import { numberEvents } from "./number-events.ts";

/** How long events are kept for receivers that cannot be reached, in days. */
export const EVENTS_KEPT_DAYS = 30;

/** Deletes old events of an account, and keeps in mind up to which number they are gone. */
export async function pruneEvents(store: Store, clock: Clock, accountId: string): Promise<void> {
  const before = clock.now() - EVENTS_KEPT_DAYS * DAY;
  const old = await store.db
    .selectFrom("outbox")
    .select("event_id")
    .where("account_id", "=", accountId)
    .where("at", "<", before)
    .limit(1)
    .executeTakeFirst();
  if (old === undefined) return;
  await numberEvents(store, accountId);
  await store.transaction(async (db) => {
    const gone = await db
      .selectFrom("outbox")
      .select(({ fn }) => fn.max<number | null>("sequence").as("last"))
      .where("account_id", "=", accountId)
      .where("at", "<", before)
      .executeTakeFirst();
    const last = gone?.last ?? null;
    if (last === null) return;
    await db.deleteFrom("outbox").where("account_id", "=", accountId).where("sequence", "<=", Number(last)).execute();
    await db
      .updateTable("outbox_sequence")
      .set({ pruned: Number(last) })
      .where("account_id", "=", accountId)
      .where("pruned", "<", Number(last))
      .execute();
  });
}
