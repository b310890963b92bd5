import type { Kysely } from "kysely";
import { appendEvents } from "../../outbox/append-event.ts";
import type { Schema } from "../../store/schema/index.ts";
import { exceptionEvents } from "./exceptions.ts";
import { settlementEvents } from "./settlements.ts";

/** Whose verdicts are told, in which transaction, and when by the machine's clock. */
export interface Announcing {
  readonly db: Kysely<Schema>;
  readonly accountId: string;
  readonly at: number;
  readonly dialect: "sqlite" | "postgres";
  /** Only this exception, beside the settlements: what a person changes. Default: all. */
  readonly exceptionId?: string;
}

/**
 * Writes the events of what has changed in the verdicts of an account since receivers were last told. It compares with what was
 * told, not with what a run did: a difference that one step finds and a later one settles is no event, working everything out
 * anew tells nothing twice, and what a run that died has left is told by the next.
 */
export async function announceVerdicts(announcing: Announcing): Promise<void> {
  const { db, at } = announcing;
  await appendEvents(db, { now: () => at }, [
    ...(await settlementEvents(announcing)),
    ...(await exceptionEvents(announcing)),
  ]);
}
