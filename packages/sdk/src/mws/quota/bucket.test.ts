import { describe, expect, it } from "vitest";
import { manualClock } from "../../clock/manual.ts";
import { MWS_OPERATIONS, type MwsOperation } from "../operations.ts";
import { quotaBucket } from "./bucket.ts";

const HOUR = 3_600_000;
const { signal } = new AbortController();

/** The service's own count: a bucket that fills by time, and a window of an hour. */
function service({ burst, restoreMs, hourly }: MwsOperation, start: number) {
  let [left, at] = [burst, start];
  const times: number[] = [];
  return (now: number): boolean => {
    left = Math.min(burst, left + (now - at) / restoreMs);
    at = now;
    const recent = times.filter((time) => time > now - HOUR).length;
    if (left < 1 - 1e-9 || recent >= hourly) return false;
    left -= 1;
    times.push(now);
    return true;
  };
}

describe("quota buckets", () => {
  it.each(Object.entries(MWS_OPERATIONS))("%s: no call is made that the service would refuse", async (_, operation) => {
    const clock = manualClock(0, { autoAdvance: true });
    const bucket = quotaBucket(operation, clock);
    const accepts = service(operation, 0);
    const started: number[] = [];
    for (let call = 0; call < Math.min(operation.hourly + 30, 200); call += 1) {
      await bucket.take(signal);
      started.push(clock.now());
      expect(accepts(clock.now()), `call ${call} at ${clock.now()}`).toBe(true);
    }
    // And none waits longer than it must.
    expect(started[operation.burst - 1]).toBe(0);
    expect(started[operation.burst]).toBe(operation.restoreMs);
  });

  it("regains a call while nobody asks", async () => {
    const clock = manualClock(0, { autoAdvance: true });
    const bucket = quotaBucket(MWS_OPERATIONS.GetReport, clock);
    for (let call = 0; call < 15; call += 1) await bucket.take(signal);
    await clock.advance(120_000);
    await bucket.take(signal);
    await bucket.take(signal);
    expect(clock.now()).toBe(120_000);
    await bucket.take(signal);
    expect(clock.now()).toBe(180_000);
  });

  it("lets a waiter go when its signal aborts, and serves the next one", async () => {
    const clock = manualClock(0);
    const bucket = quotaBucket({ burst: 1, restoreMs: 1000, hourly: 100, repeatable: true }, clock);
    await bucket.take(signal);
    const controller = new AbortController();
    const given = bucket.take(controller.signal);
    const kept = bucket.take(signal);
    const outcome = expect(given).rejects.toThrowError("enough");
    await clock.advance(10);
    controller.abort(new Error("enough"));
    await outcome;
    await clock.advance(1000);
    await kept;
    expect(clock.sleepers).toBe(0);
  });
});
