import { describe, expect, it } from "vitest";
import { manualClock } from "../clock/manual.ts";
import { systemClock } from "../clock/system.ts";
import { DEADLINE, withDeadline } from "./exchange.ts";

const never = (): Promise<never> => new Promise(() => undefined);

describe("a deadline", () => {
  it("takes back its alarm when the work ends, well or badly", async () => {
    let waiting = 0;
    const clock = {
      ...systemClock,
      alarm: () => {
        waiting += 1;
        return () => {
          waiting -= 1;
        };
      },
    };
    expect(await withDeadline(clock, 1000, undefined, async () => waiting)).toBe(1);
    await expect(withDeadline(clock, 1000, undefined, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    const outer = new AbortController();
    const left = withDeadline(clock, 1000, outer.signal, never);
    outer.abort("enough");
    await expect(left).rejects.toBe("enough");
    expect(waiting).toBe(0);
  });

  it("ends work that does not end, and tells it so", async () => {
    let told: unknown;
    const work = (signal: AbortSignal): Promise<never> => {
      signal.addEventListener("abort", () => (told = signal.reason));
      return never();
    };
    await expect(withDeadline(systemClock, 5, undefined, work)).rejects.toBe(DEADLINE);
    expect(told).toBe(DEADLINE);
  });

  it("does with sleep alone where a clock has no alarm", async () => {
    const clock = manualClock(0);
    const late = withDeadline(clock, 50, undefined, never);
    const caught = expect(late).rejects.toBe(DEADLINE);
    await clock.advance(50);
    await caught;
    expect(await withDeadline(clock, 50, undefined, async () => "done")).toBe("done");
    expect(clock.sleepers).toBe(0);
  });

  it("sets no alarm for what may take for ever", async () => {
    const clock = { ...systemClock, alarm: () => expect.unreachable() };
    expect(await withDeadline(clock, Infinity, undefined, async () => "done")).toBe("done");
  });
});
