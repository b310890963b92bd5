import { formatInstant, parseDuration, readInstant } from "@amazon-pay-kit/money";
import type { ControlRoute } from "../module.ts";
import type { Sandbox } from "./sandbox.ts";
import { ControlError } from "../control/control-error.ts";
import { onlyMembers, optionalText } from "../control/read-members.ts";

/** Earliest and latest moment that the clock may show: four-digit years only. */
const FIRST = Date.UTC(2000, 0, 1);
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** `GET /_sandbox/clock` · `POST /_sandbox/clock` `{"advance":"P1D"}` or `{"now":"2026-01-31T00:00:00Z"}`. */
export function clockCalls(sandbox: Sandbox): ControlRoute[] {
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
      handle: async ({ body }) => {
        onlyMembers(body, "advance", "now");
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
