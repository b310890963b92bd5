import { spawn } from "node:child_process";
import type { LedgerContext } from "@amazon-pay-kit/ledger";
import { pruneEvents } from "@amazon-pay-kit/ledger/outbox";
import { type HookDeliveryTable, mayBeTried, type OutboxTable } from "@amazon-pay-kit/ledger/store";
import { HOUR, MINUTE } from "@amazon-pay-kit/money";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Selectable } from "kysely";
import { HookError } from "./errors.ts";
import type { CommandHook, Hook, HookMessage, WebhookHook } from "./hook.ts";
import { hookSignature, SIGNATURE_HEADER } from "./signature.ts";

const DEFAULT_TIMEOUT = 30_000;

/** Runs the work, and aborts it when its time is over. */
async function within<T>(
  clock: Clock,
  hook: Hook,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const done = new AbortController();
  const late = new AbortController();
  const timeoutMs = hook.timeoutMs ?? DEFAULT_TIMEOUT;
  const waiting = clock.sleep(timeoutMs, done.signal).then(
    () => late.abort(new HookError("hook.refused", `hook ${hook.name} took longer than ${timeoutMs} ms`)),
    () => {},
  );
  try {
    return await work(AbortSignal.any([outer, late.signal]));
  } finally {
    done.abort();
    await waiting;
  }
}

function runCommand(hook: CommandHook, body: string, message: HookMessage, signal: AbortSignal): Promise<void> {
  const [program, ...args] = hook.command;
  const env = { ...process.env, APAY_EVENT_CODE: message.code, APAY_ACCOUNT_ID: message.accountId };
  return new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown): void => {
      reject(new HookError("hook.command-failed", `hook ${hook.name} (${program}) ${why}`, { cause }));
    };
    const child = spawn(program, args, { stdio: ["pipe", "ignore", "pipe"], env, signal, killSignal: "SIGKILL" });
    let words = "";
    child.stderr.on("data", (text: Buffer) => {
      words = `${words}${text.toString()}`.slice(-500);
    });
    child.on("error", (error) =>
      fail(signal.aborted ? "was ended: it took too long" : `could not run: ${error.message}`, error),
    );
    child.on("close", (status) => (status === 0 ? resolve() : fail(`ended with status ${status}: ${words.trim()}`)));
    // A program that does not read its input is no reason to fail: its status decides.
    child.stdin.on("error", () => {});
    child.stdin.end(body);
  });
}

async function post(
  clock: Clock,
  hook: WebhookHook,
  body: string,
  message: HookMessage,
  signal: AbortSignal,
): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(hook.url, {
      method: "POST",
      body,
      redirect: "error",
      signal,
      headers: {
        "content-type": "application/json",
        "x-apay-delivery": String(message.id),
        [SIGNATURE_HEADER]: hookSignature(hook.secret, clock.now(), body),
      },
    });
  } catch (cause) {
    const why = signal.reason instanceof HookError ? signal.reason.message : `hook ${hook.name} cannot be reached`;
    throw new HookError("hook.refused", why, { cause });
  }
  await answer.body?.cancel();
  if (!answer.ok) throw new HookError("hook.refused", `hook ${hook.name} answered with ${answer.status}`);
}

/** Tells one hook of one event. @throws HookError `hook.command-failed`, `hook.refused` */
async function sendTo(clock: Clock, hook: Hook, message: HookMessage, signal: AbortSignal): Promise<void> {
  const body = JSON.stringify(message);
  await within(clock, hook, signal, (limited) =>
    "url" in hook ? post(clock, hook, body, message, limited) : runCommand(hook, body, message, limited),
  );
}

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
