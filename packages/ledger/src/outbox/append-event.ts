import { DAY } from "@amazon-pay-kit/money";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Kysely } from "kysely";
import type { Schema } from "../store/schema/index.ts";

/** What hooks can be told of. */
export type EventCode = "report.loaded" | "alert.raised";

/** Something that happened. */
export interface OutboxEvent {
  readonly accountId: string;
  readonly code: EventCode;
  readonly subject: string;
  /** Never a secret, never data of a buyer. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** Writes down what happened, in the transaction in which it happens: so nothing is told that was undone, and nothing is lost. */
export async function appendEvent(db: Kysely<Schema>, clock: Clock, event: OutboxEvent): Promise<void> {
  const { accountId, code, subject, facts } = event;
  const body = JSON.stringify(facts);
  await db.insertInto("outbox").values({ account_id: accountId, code, subject, body, at: clock.now() }).execute();
}

/** How long events are kept for hooks that cannot be reached. */
const KEPT = 30 * DAY;

/** Deletes old events of an account. */
export async function pruneEvents(db: Kysely<Schema>, clock: Clock, accountId: string): Promise<void> {
  const old = db
    .selectFrom("outbox")
    .select("event_id")
    .where("account_id", "=", accountId)
    .where("at", "<", clock.now() - KEPT);
  await db.deleteFrom("hook_delivery").where("account_id", "=", accountId).where("event_id", "in", old).execute();
  await db
    .deleteFrom("outbox")
    .where("account_id", "=", accountId)
    .where("at", "<", clock.now() - KEPT)
    .execute();
}
