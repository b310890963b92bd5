import type { LedgerContext } from "@amazon-pay-kit/ledger";
import { clearAlert, eventsOf, numberEvents } from "@amazon-pay-kit/ledger/outbox";
import { withLease } from "@amazon-pay-kit/ledger/leases";
import { DISABLED_ALERT, TELLING } from "./deliver.ts";
import { HookError } from "./errors.ts";
import type { Hook, HookMessage } from "./hook.ts";
import { sendTo } from "./send.ts";

/** Which events are sent again, and to whom. */
export interface Replay {
  readonly accountId: string;
  readonly hook: Hook;
  /** First number. Default: the first that is kept. */
  readonly from?: number | undefined;
  /** Last number. Default: the newest. */
  readonly to?: number | undefined;
  /** Only what happened at this moment or later, and before that one; milliseconds since the epoch. */
  readonly since?: number | undefined;
  readonly before?: number | undefined;
  readonly signal: AbortSignal;
  readonly onSent?: (message: HookMessage) => void;
}

/** What came of it. */
export interface Replayed {
  readonly sent: number;
  /** Numbers of the first and last event that were sent again; null without any. */
  readonly first: number | null;
  readonly last: number | null;
}

const AT_ONCE = 100;

/**
 * Sends events again that the hook may have had already: the same ids and numbers, in their order, with the header
 * `x-apay-replay`. What the hook is told next by itself does not change. It holds the right to tell the account's hooks meanwhile,
 * so that nothing new comes in between.
 *
 * @throws HookError as the delivery does, with the number at which it stopped; `hook.replay` when the events are deleted;
 * LeaseError `lease.held` while a worker tells them
 */
export async function replayEvents(context: LedgerContext, replay: Replay): Promise<Replayed> {
  const { accountId, hook, from, to, since, before, signal, onSent } = replay;
  const { last, pruned } = await numberEvents(context.store, accountId);
  if (from !== undefined && from <= pruned)
    throw new HookError("hook.replay", `events of ${accountId} up to ${pruned} are deleted: start from ${pruned + 1}`);
  return withLease(context, { accountId, name: TELLING, signal }, async (held) => {
    let at = Math.max(0, (from ?? 1) - 1);
    let previous: number | null = null;
    const result = { sent: 0, first: null as number | null, last: null as number | null };
    for (;;) {
      const range = { accountId, after: at, until: to ?? last, since, before, codes: hook.on, limit: AT_ONCE };
      const events = await eventsOf(context.store.db, range);
      for (const event of events) {
        held.signal.throwIfAborted();
        const message: HookMessage = { ...event, previous };
        try {
          await sendTo(context.clock, hook, message, { signal: held.signal, replay: true });
        } catch (error) {
          if (!(error instanceof HookError)) throw error;
          throw new HookError(
            error.code,
            `${error.message}; ${result.sent} sent, stopped at ${event.sequence}: go on with --from ${event.sequence}`,
            { cause: error },
          );
        }
        onSent?.(message);
        previous = event.sequence;
        at = event.sequence;
        result.sent += 1;
        result.first ??= event.sequence;
        result.last = event.sequence;
      }
      if (events.length < AT_ONCE) return result;
    }
  });
}

/** Sends one event that stands for nothing, to see whether the receiver takes it. @throws HookError as the delivery does */
export async function testHook(
  context: Pick<LedgerContext, "clock">,
  hook: Hook,
  accountId: string,
  signal: AbortSignal,
): Promise<HookMessage> {
  const message: HookMessage = {
    id: 0,
    sequence: 0,
    previous: null,
    code: "webhook.test",
    accountId,
    subject: hook.name,
    at: new Date(context.clock.now()).toISOString(),
    facts: {},
  };
  await sendTo(context.clock, hook, message, { signal });
  return message;
}

/**
 * Lets hooks that were disabled, or wait for their next try, be told again at once, from where they are.
 *
 * @param accountId of one account. Default: of all
 * @returns of how many accounts
 */
export async function enableHook(context: LedgerContext, name: string, accountId?: string): Promise<number> {
  const rows = await context.store.db
    .updateTable("hook")
    .set({ disabled_at: null, next_attempt_at: null, failing_since_at: null, attempts: 0 })
    .where("name", "=", name)
    .where(({ eb, or }) => or([eb("disabled_at", "is not", null), eb("next_attempt_at", "is not", null)]))
    .$if(accountId !== undefined, (query) => query.where("account_id", "=", accountId ?? ""))
    .returning("account_id")
    .execute();
  for (const row of rows)
    await clearAlert(context.store.db, context.clock, {
      accountId: row.account_id,
      code: DISABLED_ALERT,
      subject: name,
    });
  return rows.length;
}
