import { describe, expect, test } from "vitest";
import { scripted, TEST_KEY } from "../conformance/client-fixture.ts";
import { AmazonPay } from "../amazon-pay.ts";
import { manualClock } from "./manual.ts";

const START = Date.UTC(2026, 0, 1);

describe("a clock that is moved", () => {
  test("wakes every sleeper and alarm that is due, in order, and no other", async () => {
    const clock = manualClock(START);
    const seen: string[] = [];
    const sleep = (name: string, millis: number) => clock.sleep(millis).then(() => seen.push(`${name} ${clock.now()}`));
    void sleep("late", 300);
    void sleep("early", 100);
    clock.alarm?.(200, () => seen.push(`alarm ${clock.now()}`));
    clock.alarm?.(150, () => seen.push("given up"))();
    await clock.advance(250);
    expect(seen).toEqual([`early ${START + 100}`, `alarm ${START + 200}`]);
    expect([clock.now(), clock.sleepers]).toEqual([START + 250, 1]);
    await clock.advance(50);
    expect([seen.at(-1), clock.sleepers]).toEqual([`late ${START + 300}`, 0]);
  });

  test("a sleep ends with its signal, before it or in it", async () => {
    const clock = manualClock(START);
    const reason = new Error("enough");
    await expect(clock.sleep(1, AbortSignal.abort(reason))).rejects.toBe(reason);
    const control = new AbortController();
    const asleep = clock.sleep(1000, control.signal);
    control.abort(reason);
    await expect(asleep).rejects.toBe(reason);
    expect(clock.sleepers).toBe(0);
  });
});

describe("a clock that moves by itself", () => {
  test("jumps over pauses, one after the other, and lets other work have its turn before", async () => {
    const clock = manualClock(START, { autoAdvance: true });
    const seen: string[] = [];
    setImmediate(() => seen.push("other work"));
    await clock.sleep(3_600_000);
    expect(seen).toEqual(["other work"]);
    await Promise.all([clock.sleep(50).then(() => seen.push("50")), clock.sleep(20).then(() => seen.push("20"))]);
    expect([seen.slice(1), clock.now()]).toEqual([["20", "50"], START + 3_600_050]);
  });

  test("does not jump to a client's time limits, but past them", async () => {
    const answers = [{ status: 503 }, { status: 503 }, { body: '{"chargeId":"C"}' }];
    const slow = () => async () => {
      await new Promise((resolve) => {
        setTimeout(resolve, 2);
      });
      return answers.shift() ?? {};
    };
    const clock = manualClock(START, { autoAdvance: true });
    const options = { region: "na", publicKeyId: "SANDBOX-TEST", privateKey: TEST_KEY, clock } as const;
    const client = new AmazonPay({ ...options, transport: scripted(slow(), slow(), slow()) });
    expect(await client.charges.retrieve("C").withResponse()).toMatchObject({ data: { chargeId: "C" }, retries: 2 });

    const never = new AmazonPay({ ...options, maxRetries: 0, transport: scripted(() => new Promise(() => {})) });
    const lost = never.charges.retrieve("C");
    await expect(Promise.all([lost, clock.sleep(30_001)])).rejects.toMatchObject({ code: "timeout.attempt" });
  });
});
