import { SyncError } from "../../errors.ts";
import type { SourceRun } from "./run.ts";
import { noteRecovery, noteTrouble } from "./source-trouble.ts";

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
