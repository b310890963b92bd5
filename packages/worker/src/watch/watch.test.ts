import { HOUR, MINUTE } from "@amazon-pay-kit/money";
import { seededRandom } from "@amazon-pay-kit/sdk/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextWait } from "./watch.ts";

const anyTime = fc.integer({ min: 0, max: 4_000_000_000_000 });

describe("the wait for the next look", () => {
  it("is about the usual time, and never within two minutes after the hour when there is room", () => {
    fc.assert(
      fc.property(anyTime, fc.integer({ min: 10, max: 600 }), fc.integer(), (now, minutes, seed) => {
        const everyMillis = minutes * MINUTE;
        const wait = nextWait({ everyMillis, failures: 0 }, now, seededRandom(seed));
        expect(wait).toBeGreaterThanOrEqual(everyMillis * 0.9);
        expect(wait).toBeLessThanOrEqual(everyMillis * 1.1 + 6 * MINUTE);
        expect((now + wait) % HOUR).toBeGreaterThanOrEqual(2 * MINUTE - 1);
      }),
    );
  });

  it("doubles after each failure up to an hour, or to the usual time when that is longer", () => {
    const random = seededRandom(1);
    for (let failures = 1; failures < 20; failures += 1) {
      const ceiling = Math.min(MINUTE * 2 ** (failures - 1), HOUR);
      const wait = nextWait({ everyMillis: 10 * MINUTE, failures }, 0, random);
      expect(wait).toBeGreaterThanOrEqual(ceiling / 2);
      expect(wait).toBeLessThanOrEqual(ceiling);
    }
    expect(nextWait({ everyMillis: 6 * HOUR, failures: 19 }, 0, random)).toBeGreaterThanOrEqual(3 * HOUR);
  });

  it("is not the same for two runners", () => {
    const pace = { everyMillis: HOUR, failures: 0 };
    expect(nextWait(pace, 0, seededRandom(1))).not.toBe(nextWait(pace, 0, seededRandom(2)));
  });
});
