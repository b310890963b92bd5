import { MINUTE } from "@amazon-pay-kit/money";
import { HookError } from "./errors.ts";
import type { Hook } from "./hook.ts";

const FIRST_PAUSE = 10_000;
const LONGEST_PAUSE = 10 * MINUTE;

interface State {
  pause: number;
  until: number;
}

/**
 * Circuit breakers, one for each hook of a process. A receiver that is away is away for every account: without this ten thousand
 * accounts would each wait for its timeout, and their deliveries would take the places of all other work.
 */
export class EndpointBreakers {
  readonly #states = new Map<string, State>();

  /** Until when the hook is left alone; 0 when it may be tried. */
  closedUntil(hook: Hook, now: number): number {
    const until = this.#states.get(hook.name)?.until ?? 0;
    return until > now ? until : 0;
  }

  /** Notes that a delivery went well. */
  works(hook: Hook): void {
    this.#states.delete(hook.name);
  }

  /** Notes a failure. One that is about the message alone says nothing about the receiver. */
  failed(hook: Hook, error: unknown, now: number): void {
    if (!(error instanceof HookError) || error.code === "hook.refused" || error.code === "hook.command-failed") return;
    const before = this.#states.get(hook.name);
    // Deliveries that were under way together fail together: one outage is one step.
    if (before !== undefined && before.until > now) return;
    const pause = Math.min(LONGEST_PAUSE, before === undefined ? FIRST_PAUSE : before.pause * 2);
    this.#states.set(hook.name, { pause, until: now + pause });
  }
}

const KNOWN = new WeakMap<readonly Hook[], EndpointBreakers>();

/** The breakers of a process, which has one list of hooks for as long as it runs. */
export function breakersOf(hooks: readonly Hook[]): EndpointBreakers {
  const known = KNOWN.get(hooks) ?? new EndpointBreakers();
  KNOWN.set(hooks, known);
  return known;
}
