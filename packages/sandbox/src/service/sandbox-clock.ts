import { addDuration, parseDuration } from "@amazon-pay-kit/money";
import type { RunningEngine } from "../engine/engine.ts";
import type { SandboxClock } from "./sandbox.ts";

/** Schedule items that are made durable together, so that a move over years of a big shop needs no text as long as itself. */
const PER_WRITE = 1000;

/**
 * The clock of a sandbox. Moves come one after the other; after each scheduled task, deliveries that it started are awaited,
 * so that what follows from them is on the schedule before the clock goes on.
 *
 * @param idle what the modules have under way, or undefined
 * @param commit makes what happened durable
 */
export function sandboxClock(
  engine: RunningEngine,
  idle: () => Promise<unknown> | undefined,
  commit: () => void,
): SandboxClock {
  let last: Promise<void> = Promise.resolve();

  const move = async (target: () => number): Promise<void> => {
    const instant = target();
    for (let count = 1; engine.runNext(instant); count += 1) {
      const pending = idle();
      if (pending !== undefined || count % PER_WRITE === 0) commit();
      if (pending !== undefined) await pending;
    }
    engine.setClock(instant);
    commit();
  };

  const inTurn = (target: () => number): Promise<void> => {
    const mine = last.then(() => move(target));
    last = mine.catch(() => undefined);
    return mine;
  };

  return {
    now: () => engine.now(),
    advance: (by) =>
      inTurn(() => (typeof by === "number" ? engine.now() + by : addDuration(engine.now(), parseDuration(by)))),
    moveTo: (instant) => inTurn(() => instant),
  };
}
