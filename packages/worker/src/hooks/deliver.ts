import { HOUR, MINUTE } from "@amazon-pay-kit/money";
import type { Selectable } from "kysely";
import type { LedgerContext } from "@amazon-pay-kit/ledger";
import { mayBeTried } from "@amazon-pay-kit/ledger/store";
import { pruneEvents } from "@amazon-pay-kit/ledger/outbox";
import type { HookDeliveryTable, OutboxTable } from "@amazon-pay-kit/ledger/store";
import type { Hook, HookMessage } from "./hook.ts";
import { sendTo } from "./send.ts";

/** A hook that fails is left in peace for longer and longer, up to an hour. */
const FIRST_WAIT = MINUTE;
const LONGEST_WAIT = HOUR;

/** Makes sure that a hook receives what happens from now on; not what happened before it was there. */
export async function registerHooks(
  context: LedgerContext,
  accountIds: readonly string[],
  hooks: readonly Hook[],
): Promise<void> {
  for (const accountId of accountIds) {
    for (const { name } of hooks) {
      await context.store.db
        .insertInto("hook")
        .values({ account_id: accountId, name, since_at: context.clock.now() })
        .onConflict((conflict) => conflict.columns(["account_id", "name"]).doNothing())
        .execute();
    }
  }
}

type Waiting = Selectable<OutboxTable> & Pick<Selectable<HookDeliveryTable>, "attempts">;

async function waitingFor(context: LedgerContext, accountId: string, hook: Hook): Promise<Waiting[]> {
  const codes = hook.on;
  const rows = await context.store.db
    .selectFrom("outbox")
    .innerJoin("hook", (join) =>
      join
        .onRef("hook.account_id", "=", "outbox.account_id")
        .on("hook.name", "=", hook.name)
        .onRef("hook.since_at", "<=", "outbox.at"),
    )
    .leftJoin("hook_delivery as told", (join) =>
      join
        .onRef("told.account_id", "=", "outbox.account_id")
        .onRef("told.event_id", "=", "outbox.event_id")
        .on("told.name", "=", hook.name),
    )
    .selectAll("outbox")
    .select("told.attempts")
    .where("outbox.account_id", "=", accountId)
    .where("told.delivered_at", "is", null)
    .where(({ eb, or }) =>
      or([eb("told.next_attempt_at", "is", null), mayBeTried("told.next_attempt_at", context.clock.now())]),
    )
    .$if(codes !== undefined, (query) => query.where("outbox.code", "in", codes ?? []))
    .orderBy("outbox.event_id")
    .limit(1000)
    .execute();
  return rows.map((row) => ({ ...row, attempts: row.attempts ?? 0 }));
}

async function note(
  context: LedgerContext,
  hook: Hook,
  event: Waiting,
  outcome: Pick<Selectable<HookDeliveryTable>, "delivered_at" | "next_attempt_at" | "last_error">,
): Promise<void> {
  const values = { ...outcome, attempts: event.attempts + 1 };
  await context.store.db
    .insertInto("hook_delivery")
    .values({ account_id: event.account_id, name: hook.name, event_id: event.event_id, ...values })
    .onConflict((conflict) => conflict.columns(["account_id", "name", "event_id"]).doUpdateSet(values))
    .execute();
}

function messageOf(event: Waiting): HookMessage {
  const facts = JSON.parse(event.body) as Record<string, unknown>;
  const { event_id: id, code, account_id: accountId, subject } = event;
  return { id, code, accountId, subject, at: new Date(event.at).toISOString(), facts };
}

async function tell(context: LedgerContext, accountId: string, hook: Hook, signal: AbortSignal): Promise<number> {
  let told = 0;
  for (const event of await waitingFor(context, accountId, hook)) {
    signal.throwIfAborted();
    try {
      await sendTo(context.clock, hook, messageOf(event), signal);
      await note(context, hook, event, { delivered_at: context.clock.now(), next_attempt_at: null, last_error: null });
      told += 1;
    } catch (error) {
      signal.throwIfAborted();
      const message = error instanceof Error ? error.message : String(error);
      const wait = Math.min(FIRST_WAIT * 2 ** event.attempts, LONGEST_WAIT);
      await note(context, hook, event, {
        delivered_at: null,
        next_attempt_at: context.clock.now() + wait,
        last_error: message,
      });
      context.logger.warn?.("a hook failed", {
        hook: hook.name,
        accountId,
        eventId: event.event_id,
        attempts: event.attempts + 1,
        message,
      });
      // What fails for one is likely to fail for the next: they wait for its next try.
      break;
    }
  }
  return told;
}

/**
 * Tells every hook of everything that it does not know yet: at least once each, also of what happened before the process was
 * killed. A hook that fails is tried again later and holds up nobody.
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
  for (const accountId of accountIds) {
    for (const hook of hooks) told += await tell(context, accountId, hook, signal);
    await pruneEvents(context.store.db, context.clock, accountId);
  }
  return told;
}
