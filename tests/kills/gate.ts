import type { Sandbox } from "@amazon-pay-kit/sandbox";

/** A sandbox whose clock only moves as far as it has been let: so that a trade lasts as long as something else does. */
export interface GatedSandbox {
  readonly sandbox: Sandbox;
  /** Lets the clock move up to a moment. */
  letMoveTo(at: number): void;
}

/** The same sandbox, behind a gate. */
export function gated(sandbox: Sandbox): GatedSandbox {
  let open = sandbox.clock.now();
  let waiting: (() => void)[] = [];
  const moveTo: Sandbox["clock"]["moveTo"] = async (at) => {
    const isOpen = (): boolean => at <= open;
    while (!isOpen()) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
    return sandbox.clock.moveTo(at);
  };
  const now = (): number => sandbox.clock.now();
  const clock: Sandbox["clock"] = Object.create(sandbox.clock, { moveTo: { value: moveTo }, now: { value: now } });
  return {
    sandbox: Object.create(sandbox, { clock: { value: clock } }) as Sandbox,
    letMoveTo(at) {
      open = at;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
  };
}
