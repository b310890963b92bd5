import type { LedgerContext } from "@amazon-pay-kit/ledger";
import { LeaseError, withLease } from "@amazon-pay-kit/ledger/leases";
import { type EventMessage, eventsOf, numberEvents, pruneEvents, raiseAlert } from "@amazon-pay-kit/ledger/outbox";
import { type HookTable, mayBeTried } from "@amazon-pay-kit/ledger/store";
import { DAY, HOUR, MINUTE } from "@amazon-pay-kit/money";
import type { Selectable, Updateable } from "kysely";
import { breakersOf, type EndpointBreakers } from "./endpoint-breaker.ts";
import type { Hook, HookMessage } from "./hook.ts";
import { sendTo } from "./send.ts";

/** A hook that fails is tried again after a minute, then after twice as long each time, up to an hour. */
const FIRST_WAIT = MINUTE;
const LONGEST_WAIT = HOUR;

/** Days of failures after which a hook is disabled, unless it says otherwise. */
export const DISABLED_AFTER_DAYS = 5;

/** Code of the alert of a hook that was disabled. */
export const DISABLED_ALERT = "webhook.disabled";

/** Name of the right to tell the hooks of an account: one process at a time. */
export const TELLING = "notify";

const AT_ONCE = 100;

/** Makes sure that a hook receives what happens from now on; not what happened before it was there. */
export async function registerHooks(
  context: LedgerContext,
  accountIds: readonly string[],
  hooks: readonly Hook[],
): Promise<void> {
  const { db } = context.store;
  for (const accountId of accountIds) {
    const rows = await db.selectFrom("hook").select("name").where("account_id", "=", accountId).execute();
    const known = new Set(rows.map(({ name }) => name));
    const fresh = hooks.filter(({ name }) => !known.has(name));
    if (fresh.length === 0) continue;
    const { last } = await numberEvents(context.store, accountId);
    for (const { name } of fresh)
      await db
        .insertInto("hook")
        .values({
          account_id: accountId,
          name,
          since_at: context.clock.now(),
          sequence: last,
          previous: null,
          delivered_at: null,
          attempts: 0,
          next_attempt_at: null,
          failing_since_at: null,
          last_error: null,
          disabled_at: null,
        })
        .onConflict((conflict) => conflict.columns(["account_id", "name"]).doNothing())
        .execute();
  }
}

type State = Selectable<HookTable>;

/** How far the hook has been told, when it may be told now. */
async function mayBeTold(context: LedgerContext, accountId: string, hook: Hook): Promise<State | undefined> {
  return context.store.db
    .selectFrom("hook")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("name", "=", hook.name)
    .where("disabled_at", "is", null)
    .where(({ eb, or }) => or([eb("next_attempt_at", "is", null), mayBeTried("next_attempt_at", context.clock.now())]))
    .executeTakeFirst();
}

/** Changes the state of a hook that nobody else has moved on meanwhile, and says whether that was so. */
async function moved(context: LedgerContext, state: State, values: Updateable<HookTable>): Promise<boolean> {
  const { numUpdatedRows } = await context.store.db
    .updateTable("hook")
    .set(values)
    .where("account_id", "=", state.account_id)
    .where("name", "=", state.name)
    .where("sequence", "=", state.sequence)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

async function failed(context: LedgerContext, hook: Hook, state: State, error: unknown): Promise<void> {
  const { store, clock, logger } = context;
  const now = clock.now();
  const message = error instanceof Error ? error.message : String(error);
  const since = state.failing_since_at ?? now;
  const attempts = state.attempts + 1;
  const accountId = state.account_id;
  const wait = Math.min(FIRST_WAIT * 2 ** Math.min(state.attempts, 20), LONGEST_WAIT);
  const days = hook.disableAfterDays ?? DISABLED_AFTER_DAYS;
  const disabled = now - since >= days * DAY;
  await moved(context, state, {
    attempts,
    failing_since_at: since,
    last_error: message,
    next_attempt_at: disabled ? null : now + wait,
    disabled_at: disabled ? now : null,
  });
  logger.warn?.(disabled ? "a hook is disabled" : "a hook failed", { hook: hook.name, accountId, attempts, message });
  if (!disabled) return;
  await raiseAlert(store.db, clock, {
    accountId,
    code: DISABLED_ALERT,
    subject: hook.name,
    message: `hook ${hook.name} failed for ${days} days and is told nothing more (${message}): apay webhooks enable ${hook.name}`,
  });
}

/** A hook of an account, while it is told. */
interface Telling {
  readonly context: LedgerContext;
  readonly hook: Hook;
  readonly breakers: EndpointBreakers;
  readonly signal: AbortSignal;
}

/** Tells of one event. @returns how far the hook is then, or `undefined` where it is not to go on */
async function tellOne(telling: Telling, state: State, event: EventMessage): Promise<State | undefined> {
  const { context, hook, breakers, signal } = telling;
  const { clock } = context;
  const until = breakers.closedUntil(hook, clock.now());
  if (until > 0) {
    await moved(context, state, { next_attempt_at: until });
    return undefined;
  }
  const message: HookMessage = { ...event, previous: state.previous };
  try {
    await sendTo(clock, hook, message, { signal });
  } catch (error) {
    signal.throwIfAborted();
    breakers.failed(hook, error, clock.now());
    await failed(context, hook, state, error);
    return undefined;
  }
  breakers.works(hook);
  const next = {
    sequence: event.sequence,
    previous: event.sequence,
    delivered_at: clock.now(),
    attempts: 0,
    next_attempt_at: null,
    failing_since_at: null,
    last_error: null,
  };
  // Somebody else went on from the same place: what comes next is theirs to tell, so that nothing comes out of order.
  return (await moved(context, state, next)) ? { ...state, ...next } : undefined;
}

async function tell(telling: Telling, accountId: string): Promise<number> {
  const { context, hook, signal } = telling;
  let state = await mayBeTold(context, accountId, hook);
  if (state === undefined) return 0;
  const { last, pruned } = await numberEvents(context.store, accountId);
  if (state.sequence < pruned) {
    const fields = { hook: hook.name, accountId, from: state.sequence + 1, until: pruned };
    context.logger.warn?.("events are deleted that a hook was not told of", fields);
    // The receiver sees it too: `previous` is not what it got last.
    const jump: Updateable<HookTable> = { sequence: pruned, previous: pruned };
    if (!(await moved(context, state, jump))) return 0;
    state = { ...state, sequence: pruned, previous: pruned };
  }
  let told = 0;
  for (;;) {
    const range = { accountId, after: state.sequence, until: last, codes: hook.on, limit: AT_ONCE };
    const events = await eventsOf(context.store.db, range);
    for (const event of events) {
      signal.throwIfAborted();
      const next: State | undefined = await tellOne(telling, state, event);
      if (next === undefined) return told;
      state = next;
      told += 1;
    }
    if (events.length < AT_ONCE) break;
  }
  // What it does not want is behind it too.
  if (state.sequence < last) await moved(context, state, { sequence: last });
  return told;
}

/**
 * Tells the hooks of an account of everything that they do not know yet, in the order of its events: at least once each, also of
 * what happened before a process was killed. A hook that fails is tried again later from where it is, and holds up no other.
 *
 * Only for whoever holds the right {@link TELLING} of the account: two at once would tell the same.
 *
 * @returns how many deliveries there were
 */
export async function tellAccount(
  context: LedgerContext,
  accountId: string,
  hooks: readonly Hook[],
  signal: AbortSignal,
): Promise<number> {
  const breakers = breakersOf(hooks);
  let told = 0;
  for (const hook of hooks) told += await tell({ context, hook, breakers, signal }, accountId);
  await pruneEvents(context.store, context.clock, accountId);
  return told;
}

/**
 * {@link tellAccount} for accounts that no other process is telling of at this moment.
 *
 * @returns how many deliveries there were
 */
export async function deliverEvents(
  context: LedgerContext,
  accountIds: readonly string[],
  hooks: readonly Hook[],
  signal: AbortSignal,
): Promise<number> {
  let told = 0;
  if (hooks.length === 0) return told;
  for (const accountId of accountIds) {
    try {
      told += await withLease(context, { accountId, name: TELLING, signal }, (held) =>
        tellAccount(context, accountId, hooks, held.signal),
      );
    } catch (error) {
      if (!(error instanceof LeaseError && error.code === "lease.held")) throw error;
    }
  }
  return told;
}
