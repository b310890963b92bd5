import { afterPendingEvents, type Clock } from "@amazon-pay-kit/sdk/clock";
import { hex, type Random } from "@amazon-pay-kit/sdk/random";
import { formatInstant } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import type { Store } from "../store/store.ts";
import { LeaseError } from "./errors.ts";
import { hasEnded, holderText, holderWords, readHolder, thisHolder } from "./holder.ts";

/** What leases need. */
export interface LeaseContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
}

/** Which work only one process may do at a time. */
export interface LeaseOptions {
  readonly accountId: string;
  /** Name of the work: `sync`, `reconcile`. */
  readonly name: string;
  /** After how long without a heartbeat another process may take over, in milliseconds. Default 60 seconds. */
  readonly millis?: number;
  /** Ends the work from outside. */
  readonly signal?: AbortSignal;
}

const DEFAULT_MILLIS = 60_000;

/** Tries to give a right back: the first may meet a connection that has broken, and the next gets another. */
const TRIES_TO_GIVE_BACK = 3;
/** Renewals that may fail one after the other: two of them are two thirds of the time for which the right is held. */
const MISSED = 2;

/**
 * The time by which rights run out. Hosts share a database on PostgreSQL, and its clock is the one that all of them see alike:
 * one whose own clock is ahead would take every right from those that hold it. SQLite is of one machine.
 *
 * In a query of its own: Citus takes no clock into a statement that changes a row which may be there.
 */
async function presentOf({ store, clock }: LeaseContext): Promise<number> {
  if (store.dialect === "sqlite") return clock.now();
  const { rows } = await sql<{ now: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(store.db);
  return Number(rows[0]?.now);
}

async function take(context: LeaseContext, options: LeaseOptions, holder: string): Promise<boolean> {
  const now = await presentOf(context);
  const expires = now + Math.round(options.millis ?? DEFAULT_MILLIS);
  const { numInsertedOrUpdatedRows } = await context.store.db
    .insertInto("lease")
    .values({ account_id: options.accountId, name: options.name, holder, expires_at: expires })
    .onConflict((conflict) =>
      conflict
        .columns(["account_id", "name"])
        .doUpdateSet({ holder, expires_at: expires })
        .where(({ eb, or }) => or([eb("lease.expires_at", "<=", now), eb("lease.holder", "=", holder)])),
    )
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

async function giveBack({ store }: LeaseContext, { accountId, name }: LeaseOptions, holder: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await store.db
        .deleteFrom("lease")
        .where("account_id", "=", accountId)
        .where("name", "=", name)
        .where("holder", "=", holder)
        .execute();
      return;
    } catch (error) {
      if (attempt === TRIES_TO_GIVE_BACK) throw error;
    }
  }
}

/** A lease that is in another's hands, or `undefined` when it has been given back meanwhile. */
function leaseOf({ store }: LeaseContext, { accountId, name }: LeaseOptions) {
  return store.db
    .selectFrom("lease")
    .select(["holder", "expires_at"])
    .where("account_id", "=", accountId)
    .where("name", "=", name)
    .executeTakeFirst();
}

async function heldBy(context: LeaseContext, options: LeaseOptions): Promise<string> {
  const lease = await leaseOf(context, options);
  return lease === undefined
    ? "somebody else"
    : `${holderWords(readHolder(lease.holder))}, at least until ${formatInstant(lease.expires_at)}`;
}

/** Takes a lease from a holder that has ended, seen from its own machine: nobody waits for it to run out. */
async function takeFromDead(context: LeaseContext, options: LeaseOptions, holder: string): Promise<boolean> {
  const lease = await leaseOf(context, options);
  if (lease === undefined) return take(context, options, holder);
  const before = readHolder(lease.holder);
  if (hasEnded(before)) {
    await giveBack(context, options, lease.holder);
    return take(context, options, holder);
  }
  // No heartbeat reaches further than this: the clock was wrong when it was taken, and nobody shall wait for days.
  const furthest = (await presentOf(context)) + before.millis;
  await context.store.db
    .updateTable("lease")
    .set({ expires_at: furthest })
    .where("account_id", "=", options.accountId)
    .where("name", "=", options.name)
    .where("holder", "=", lease.holder)
    .where("expires_at", ">", furthest)
    .execute();
  return false;
}

function pauseForOthers(): Promise<void> {
  return new Promise(afterPendingEvents);
}

/** Shows signs of life until it is stopped; a lease that is gone ends the work. */
async function keepAlive(
  context: LeaseContext,
  options: LeaseOptions,
  holder: string,
  work: AbortController,
): Promise<void> {
  const pause = (options.millis ?? DEFAULT_MILLIS) / 3;
  let missed = 0;
  while (!work.signal.aborted) {
    try {
      await context.clock.sleep(pause, work.signal);
    } catch {
      return;
    }
    let held: boolean;
    try {
      held = await take(context, options, holder);
      missed = 0;
    } catch (error) {
      // One connection that breaks is no reason to stop the work, which has its own; the right has not run out yet.
      missed += 1;
      if (missed >= MISSED) throw error;
      await pauseForOthers();
      continue;
    }
    if (held) {
      // A clock may end every sleep at once, and SQLite answers within the turn: without this nobody else would have one.
      await pauseForOthers();
      continue;
    }
    const message = `the right to ${options.name} account ${options.accountId} was lost to another runner: this one stops`;
    work.abort(new LeaseError("lease.lost", message));
  }
}

/**
 * Runs work that only one process at a time may do, across all machines.
 *
 * The lease is a row in the store that expires; it is renewed while the work runs and released afterwards. A killed process
 * therefore blocks others for no longer than `millis`, and those on its own machine not at all. A lease that reaches further
 * than its holder's heartbeat, because a clock was wrong, is cut to that by the next process that finds it.
 *
 * @param work gets a signal that ends it when the right is lost or the caller's signal aborts
 * @throws LeaseError `lease.held`, `lease.lost`; what the work throws
 *
 * @example
 * await withLease({ store, clock, random: systemRandom }, { accountId, name: "month end" }, ({ signal }) =>
 *   reconcile({ store, clock, accountId }, { signal }),
 * );
 */
export async function withLease<T>(
  context: LeaseContext,
  options: LeaseOptions,
  work: (lease: { readonly signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  options.signal?.throwIfAborted();
  const millis = Math.round(options.millis ?? DEFAULT_MILLIS);
  const holder = holderText(thisHolder(hex(context.random, 8), millis));
  if (!(await take(context, options, holder)) && !(await takeFromDead(context, options, holder))) {
    const who = await heldBy(context, options);
    throw new LeaseError(
      "lease.held",
      `account ${options.accountId} is locked by ${who} (${options.name}): run this again when it has ended`,
    );
  }
  const alive = new AbortController();
  const signal = options.signal === undefined ? alive.signal : AbortSignal.any([alive.signal, options.signal]);
  const keeping = keepAlive(context, options, holder, alive);
  // Renewals that fail (database gone) show in the work itself too, which uses the same database.
  keeping.catch((error: unknown) => alive.abort(error));
  try {
    const result = await work({ signal });
    if (alive.signal.aborted) throw alive.signal.reason;
    return result;
  } finally {
    alive.abort(new LeaseError("lease.lost", "the work has ended"));
    await keeping.catch(() => {});
    await giveBack(context, options, holder);
  }
}
