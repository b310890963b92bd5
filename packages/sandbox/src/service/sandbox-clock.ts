import { afterPendingEvents } from "@amazon-pay-kit/sdk/clock";
import { addDuration, formatInstant, parseDuration, readInstant } from "@amazon-pay-kit/money";
import { ControlError } from "../control/control-error.ts";
import { optionalText } from "../control/read-members.ts";
import type { RunningEngine } from "../engine/engine.ts";
import type { ControlRoute } from "../module.ts";
import type { Sandbox, SandboxClock } from "./sandbox.ts";

/** Schedule items that are made durable together, so that a move over years of a big shop needs no text as long as itself. */
const PER_WRITE = 1000;

/** Schedule items between which others have their turn: a move over a hundred years takes seconds, and calls are answered meanwhile. */
const PER_TURN = 200;

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
      else if (count % PER_TURN === 0) await new Promise<void>((resolve) => void afterPendingEvents(resolve));
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

/** Earliest and latest moment that the clock may show: four-digit years only. */
const FIRST = Date.UTC(2000, 0, 1);
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** `GET /_sandbox/clock` · `POST /_sandbox/clock` `{"advance":"P1D"}` or `{"now":"2026-01-31T00:00:00Z"}`. */
export function clockCalls(sandbox: Pick<Sandbox, "clock" | "engine">): ControlRoute[] {
  const show = (): unknown => ({
    now: formatInstant(sandbox.clock.now()),
    machineTime: formatInstant(sandbox.engine.realNow()),
    tasks: sandbox.engine.state.tasks.size,
  });
  return [
    { method: "GET", path: "/clock", handle: show },
    {
      method: "POST",
      path: "/clock",
      members: ["advance", "now"],
      handle: async ({ body }) => {
        const advance = optionalText(body, "advance");
        const moment = optionalText(body, "now");
        if ((advance === undefined) === (moment === undefined)) {
          throw new ControlError(
            "control.missing",
            'say either {"advance":"P1D"} or {"now":"2026-01-31T00:00:00Z"}, and not both',
          );
        }
        if (advance !== undefined) {
          requireDuration(advance);
          await sandbox.clock.advance(advance);
        } else {
          await sandbox.clock.moveTo(instantOf(moment ?? ""));
        }
        return show();
      },
    },
  ];
}

function requireDuration(text: string): void {
  try {
    const { months, millis } = parseDuration(text);
    if (months <= 1200 && millis <= LAST - FIRST) return;
  } catch {
    // Answered below, together with durations that are too long.
  }
  throw new ControlError(
    "control.invalid",
    "advance must be an ISO 8601 duration of at most 100 years, such as P1D, PT30S or P1M",
  );
}

function instantOf(text: string): number {
  const instant = readInstant(text);
  if (instant === null || instant < FIRST || instant > LAST) {
    throw new ControlError(
      "control.invalid",
      "now must be a moment such as 2026-01-31T00:00:00Z, from the year 2000 to 9999",
    );
  }
  return instant;
}
