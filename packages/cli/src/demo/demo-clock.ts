import type { Clock } from "@amazon-pay-kit/sdk/clock";

/** The sandbox's time for everyone who talks to it: a shop that has traded for 60 days ends today. */
export function clockOf(sandbox: { readonly clock: { now(): number } }, base: Clock): Clock {
  return { now: () => sandbox.clock.now(), sleep: (millis, signal) => base.sleep(millis, signal) };
}
