import { clearAlert, raiseAlert } from "../../../../outbox/alerts.ts";
import { SyncError } from "../../errors.ts";
import type { SourceRun } from "./run.ts";
import { noteFailedRun } from "./sync-mark.ts";

const CODE = "source.failing";

/** After this many failed runs a person should know. */
const ALERT_AT = 3;

/** Tells and counts that a source could not be read; with an alert when that goes on. */
async function noteTrouble(run: SourceRun, error: unknown): Promise<void> {
  const { context, account, source, tell } = run;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "sync.failed";
  const message = error instanceof Error ? error.message : String(error);
  tell({ type: "failed", code, message });
  const failures = await noteFailedRun(context.store.db, account.accountId, source.name);
  if (failures < ALERT_AT) return;
  const words = `${source.name} of account ${account.accountId} could not be read ${failures} times in a row; the last time: ${message}`;
  await raiseAlert(context.store.db, context.clock, {
    accountId: account.accountId,
    code: CODE,
    subject: source.name,
    message: words,
  });
}

/** Clears the alert of a source that can be read again. */
async function noteRecovery({ context, account, source }: SourceRun): Promise<void> {
  await clearAlert(context.store.db, context.clock, { accountId: account.accountId, code: CODE, subject: source.name });
}

/**
 * Takes the steps of a run one after the other. A source that fails is noted, and the next run tries it again; an abort is passed on.
 * Where only a part of a source could not be read, the steps go on with the rest.
 *
 * @returns what went wrong, or undefined
 */
export async function runSteps(
  run: SourceRun,
  steps: readonly ((run: SourceRun) => Promise<unknown>)[],
): Promise<unknown> {
  run.tell({ type: "started" });
  let partial: SyncError | undefined;
  try {
    for (const step of steps) {
      run.signal.throwIfAborted();
      try {
        await step(run);
      } catch (error) {
        if (!(error instanceof SyncError) || error.code !== "sync.closed-folder") throw error;
        partial = error;
      }
    }
    await (partial === undefined ? noteRecovery(run) : noteTrouble(run, partial));
    return partial;
  } catch (error) {
    run.signal.throwIfAborted();
    await noteTrouble(run, error);
    return error;
  } finally {
    run.tell({ type: "ended" });
  }
}
