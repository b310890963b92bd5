import type { SourceRun } from "./run.ts";
import { noteRecovery, noteTrouble } from "./source-trouble.ts";

/**
 * Takes the steps of a run one after the other. A source that fails is noted, and the next run tries it again; an abort is passed on.
 *
 * @returns what went wrong, or undefined
 */
export async function runSteps(
  run: SourceRun,
  steps: readonly ((run: SourceRun) => Promise<unknown>)[],
): Promise<unknown> {
  run.tell({ type: "started" });
  try {
    for (const step of steps) {
      run.signal.throwIfAborted();
      await step(run);
    }
    await noteRecovery(run);
    return undefined;
  } catch (error) {
    run.signal.throwIfAborted();
    await noteTrouble(run, error);
    return error;
  } finally {
    run.tell({ type: "ended" });
  }
}
