import { clearAlert, raiseAlert } from "../../../../outbox/alerts.ts";
import type { SourceRun } from "./run.ts";
import { noteFailedRun } from "./sync-mark.ts";

const CODE = "source.failing";

/** After this many failed runs a person should know. */
const ALERT_AT = 3;

/** Tells and counts that a source could not be read; with an alert when that goes on. */
export async function noteTrouble(run: SourceRun, error: unknown): Promise<void> {
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
export async function noteRecovery({ context, account, source }: SourceRun): Promise<void> {
  await clearAlert(context.store.db, context.clock, { accountId: account.accountId, code: CODE, subject: source.name });
}
