import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Kysely } from "kysely";
import { chunks } from "../store/chunks.ts";
import type { Schema } from "../store/schema/index.ts";
import type { EventCode } from "./event-codes.ts";

/** Something that happened. */
export interface OutboxEvent {
  readonly accountId: string;
  readonly code: EventCode;
  readonly subject: string;
  /** Never a secret, never data of a buyer. */
  readonly facts: Readonly<Record<string, string | number | null>>;
}

const AT_ONCE = 200;

/**
 * Writes down what happened, in the transaction in which it happens: so nothing is told that was undone, and nothing is lost.
 * Events of one account that are written together are told in their order.
 */
export async function appendEvents(
  db: Kysely<Schema>,
  clock: Pick<Clock, "now">,
  events: readonly OutboxEvent[],
): Promise<void> {
  const at = clock.now();
  const rows = events.map(({ accountId, code, subject, facts }) => ({
    account_id: accountId,
    code,
    subject,
    body: JSON.stringify(facts),
    at,
    state: "new" as const,
    sequence: null,
  }));
  for (const some of chunks(rows, AT_ONCE))
    await db
      .insertInto("outbox")
      .values([...some])
      .execute();
}

/** One event; see {@link appendEvents}. */
export function appendEvent(db: Kysely<Schema>, clock: Pick<Clock, "now">, event: OutboxEvent): Promise<void> {
  return appendEvents(db, clock, [event]);
}
