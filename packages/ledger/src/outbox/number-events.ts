import { type Kysely, sql } from "kysely";
import type { Schema } from "../store/schema/index.ts";
import type { Store } from "../store/store.ts";

/** Which numbers an account's events have. */
export interface SequenceSpan {
  /** The last one that was given; 0 before the first. */
  readonly last: number;
  /** Events up to this one were deleted because of their age; 0 while all are there. */
  readonly pruned: number;
}

async function spanOf(db: Kysely<Schema>, accountId: string): Promise<SequenceSpan | undefined> {
  const row = await db
    .selectFrom("outbox_sequence")
    .select(["last", "pruned"])
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return row && { last: Number(row.last), pruned: Number(row.pruned) };
}

// In the words of the index, which SQLite takes for nothing else.
const isNew = sql<boolean>`state = 'new'`;

/**
 * Gives the events of an account that have none yet their numbers, in the order in which they were written, and says which
 * numbers there are. Committed events only: so nobody sees a number before all smaller ones, however long a transaction took.
 */
export async function numberEvents(store: Store, accountId: string): Promise<SequenceSpan> {
  const waiting = await store.db
    .selectFrom("outbox")
    .select("event_id")
    .where("account_id", "=", accountId)
    .where(isNew)
    .limit(1)
    .executeTakeFirst();
  if (waiting === undefined) return (await spanOf(store.db, accountId)) ?? NONE;
  try {
    return await giveNumbers(store, accountId);
  } catch (error) {
    // A login that only reads sees what has its number by now; workers give the others theirs.
    if ((error as { code?: unknown }).code !== NOT_ALLOWED) throw error;
    return (await spanOf(store.db, accountId)) ?? NONE;
  }
}

/** PostgreSQL's code for what the login may not do. */
const NOT_ALLOWED = "42501";

const NONE: SequenceSpan = { last: 0, pruned: 0 };

function giveNumbers(store: Store, accountId: string): Promise<SequenceSpan> {
  return store.transaction(async (db) => {
    await db
      .insertInto("outbox_sequence")
      .values({ account_id: accountId, last: 0, pruned: 0 })
      .onConflict((conflict) => conflict.column("account_id").doNothing())
      .execute();
    // Takes the row's lock: two that number at once do so one after the other.
    await sql`update outbox_sequence set last = last where account_id = ${accountId}`.execute(db);
    const { last, pruned } = (await spanOf(db, accountId)) ?? NONE;
    await sql`
      with fresh as (
        select event_id as id, row_number() over (order by event_id) as place from outbox
        where account_id = ${accountId} and state = 'new'
      )
      update outbox set state = 'numbered', sequence = ${last} + fresh.place from fresh
      where outbox.account_id = ${accountId} and outbox.event_id = fresh.id
    `.execute(db);
    const newest = await db
      .selectFrom("outbox")
      .select(({ fn }) => fn.max<number | null>("sequence").as("last"))
      .where("account_id", "=", accountId)
      .executeTakeFirst();
    const now = Math.max(last, Number(newest?.last ?? 0));
    await db.updateTable("outbox_sequence").set({ last: now }).where("account_id", "=", accountId).execute();
    return { last: now, pruned };
  });
}
