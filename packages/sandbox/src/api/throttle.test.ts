import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { OPERATIONS } from "@amazon-pay-kit/sdk/operations";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../index.ts";
import { signedCaller } from "../testing/index.ts";
import { Throttles } from "./throttle.ts";

const row = (name: string) => {
  const found = OPERATIONS.find((operation) => operation.name === name);
  if (found === undefined) throw new Error(`no operation ${name}`);
  return found;
};

describe("throttling", () => {
  it.each([
    ["createCheckoutSession", "live", 40, 16],
    ["createCheckoutSession", "sandbox", 5, 1],
    ["getCheckoutSession", "live", 40, 8],
    ["completeCheckoutSession", "live", 20, 4],
    ["createCharge", "live", 10, 4],
    ["createCharge", "sandbox", 2, 1],
    ["captureCharge", "live", 20, 4],
    ["cancelCharge", "live", 10, 2],
    ["createRefund", "live", 10, 4],
    ["getChargePermission", "sandbox", 10, 1],
    ["deliveryTrackers", "sandbox", 1, 1],
    ["getAuthorizationToken", "live", 5, 1],
  ] as const)("%s in %s: %d at once, %d a second", (name, environment, burst, perSecond) => {
    const throttles = new Throttles();
    let now = 1_000_000;
    const passes = (): boolean => {
      try {
        throttles.take(row(name), "A1", environment, now);
        return true;
      } catch {
        return false;
      }
    };
    const count = (): number => {
      let passed = 0;
      while (passes()) passed += 1;
      return passed;
    };
    expect(count()).toBe(burst);
    now += 1000;
    expect(count()).toBe(Math.min(perSecond, burst));
    now += 3_600_000;
    expect(count()).toBe(burst);
    throttles.take(row(name), "A2", environment, now);
  });

  it("keeps sandbox and live apart, and a clock that was set back takes nothing away", () => {
    const throttles = new Throttles();
    const take = (environment: "sandbox" | "live", now: number) => (): void =>
      throttles.take(row("createCharge"), "A1", environment, now);
    take("sandbox", 5000)();
    take("sandbox", 1000)();
    expect(take("sandbox", 1000)).toThrowError(/throttling/);
    expect(take("live", 1000)).not.toThrow();
  });

  it("is off unless asked for, and then answers 429 until time has passed", async () => {
    const clock = manualClock(Date.UTC(2026, 0, 1));
    for (const throttling of [false, true]) {
      const sandbox = await createSandbox({ seed: 1, clock, throttling, merchants: [{ region: "na" }] });
      const call = signedCaller(sandbox);
      const statuses = [];
      for (let turn = 0; turn < 7; turn += 1) statuses.push((await call("GET", "/v2/refunds/x")).status);
      expect(statuses).toEqual(throttling ? [404, 404, 404, 404, 404, 429, 429] : Array(7).fill(404));
      await sandbox.clock.advance("PT1S");
      expect(await call("GET", "/v2/refunds/x")).toMatchObject({ body: { reasonCode: "ResourceNotFound" } });
      const next = (await call("GET", "/v2/refunds/x")).body["reasonCode"];
      expect(next).toBe(throttling ? "TooManyRequests" : "ResourceNotFound");
    }
  });
});
