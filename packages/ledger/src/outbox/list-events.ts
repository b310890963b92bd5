import { formatInstant } from "@amazon-pay-kit/money";
import type { Kysely } from "kysely";
import { LedgerError } from "../errors.ts";
import type { OutboxTable } from "../store/schema/outbox.ts";
import type { Schema } from "../store/schema/index.ts";
import type { Selectable } from "kysely";
import { EVENTS_KEPT_DAYS } from "./prune-events.ts";
import type { EventCode } from "./event-codes.ts";
import type { SequenceSpan } from "./number-events.ts";

/** Codes of {@link EventsError}. */
export type EventsErrorCode =
  /** Events after the number that was named have been deleted because of their age. */
  | "events.gone"
  /** A number that no event has yet. */
  | "events.ahead";

/** A list of events cannot be given from there. */
export class EventsError extends LedgerError<EventsErrorCode> {}

/** An event as receivers get it. */
export interface EventMessage {
  /** The same in every delivery of the event: by it a receiver knows what it has already. */
  readonly id: number;
  /** 1, 2, 3 … within the account, without a gap. */
  readonly sequence: number;
  readonly code: string;
  readonly accountId: string;
  readonly subject: string;
  /** `YYYY-MM-DDTHH:MM:SS.mmmZ` */
  readonly at: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Which events of an account. */
export interface EventRange {
  readonly accountId: string;
  /** Those behind this number. Default: 0, from the first one that is kept. */
  readonly after?: number | undefined;
  /** … and up to this one. */
  readonly until?: number | undefined;
  /** That happened at this moment or later, milliseconds since the epoch. */
  readonly since?: number | undefined;
  /** That happened before this moment. */
  readonly before?: number | undefined;
  readonly codes?: readonly EventCode[] | undefined;
  readonly limit: number;
}

function messageOf(row: Selectable<OutboxTable>): EventMessage {
  return {
    id: Number(row.event_id),
    sequence: Number(row.sequence),
    code: row.code,
    accountId: row.account_id,
    subject: row.subject,
    at: new Date(row.at).toISOString(),
    facts: JSON.parse(row.body) as Record<string, unknown>,
  };
}

/** The numbered events of an account, in their order. */
export async function eventsOf(db: Kysely<Schema>, range: EventRange): Promise<readonly EventMessage[]> {
  const { accountId, after = 0, until, since, before, codes, limit } = range;
  const rows = await db
    .selectFrom("outbox")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("sequence", ">", after)
    .$if(until !== undefined, (query) => query.where("sequence", "<=", until ?? 0))
    .$if(since !== undefined, (query) => query.where("at", ">=", since ?? 0))
    .$if(before !== undefined, (query) => query.where("at", "<", before ?? 0))
    .$if(codes !== undefined, (query) => query.where("code", "in", [...(codes ?? [])]))
    .orderBy("sequence")
    .limit(limit)
    .execute();
  return rows.map(messageOf);
}

/**
 * Refuses to go on from a number behind which events are gone, or that is ahead of all there are: an empty list would say that
 * nothing happened.
 *
 * @throws EventsError `events.gone`, `events.ahead`
 */
export function checkAfter(after: number, span: SequenceSpan, now: number): void {
  if (after > span.last)
    throw new EventsError(
      "events.ahead",
      `the last event has the number ${span.last}, and ${after} was named: these are other books, or older ones; start from 0`,
    );
  if (after < span.pruned && after > 0)
    throw new EventsError(
      "events.gone",
      `events ${after + 1} to ${span.pruned} are deleted: they are kept for ${EVENTS_KEPT_DAYS} days (now is ${formatInstant(now)}); ` +
        `read what you need from the lists of settlements and exceptions, then go on from ${span.pruned}`,
    );
}
