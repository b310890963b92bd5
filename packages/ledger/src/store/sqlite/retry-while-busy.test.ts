import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { expect, it } from "vitest";
import { retryWhileBusy } from "./retry-while-busy.ts";

const busy = (): Error => Object.assign(new Error("database is locked"), { errcode: 517 });

it("gives up on a process that never ends, and says so", async () => {
  const clock = manualClock(0, { autoAdvance: true });
  const locked = retryWhileBusy(clock, () => {
    throw busy();
  });
  await expect(locked).rejects.toMatchObject({ code: "store.busy", message: expect.stringContaining("300 seconds") });
});

it("does not repeat what failed for another reason", async () => {
  let tries = 0;
  const attempt = (): never => {
    tries += 1;
    throw new Error("disk full");
  };
  await expect(retryWhileBusy(manualClock(0), attempt)).rejects.toThrow("disk full");
  expect(tries).toBe(1);
});
