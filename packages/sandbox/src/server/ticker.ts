import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { SandboxLogger } from "../service/options.ts";
import type { Sandbox } from "../service/sandbox.ts";

/** How often what has become due is looked for while nobody calls, in milliseconds. */
const EVERY = 250;

/** Lets time pass by itself. @returns ends it */
export function runTicker(sandbox: Sandbox, clock: Clock, logger: SandboxLogger | undefined): () => void {
  const over = new AbortController();
  const run = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await clock.sleep(EVERY, over.signal);
      try {
        sandbox.tick();
      } catch (error) {
        logger?.error(`the clock's work failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  run().catch(() => {
    // Only the sleep rejects, when the ticker is told to end.
  });
  return () => {
    over.abort(new Error("the sandbox stops"));
  };
}
