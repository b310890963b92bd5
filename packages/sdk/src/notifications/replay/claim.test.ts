import { expect, test } from "vitest";
import { manualClock } from "../../clock/manual.ts";
import type { Delivery } from "../event.ts";
import { claimMessage, type ClaimOptions } from "./claim.ts";
import type { ReplayStore } from "./replay-store.ts";

const NOW = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

async function claimed(options: ClaimOptions): Promise<unknown> {
  const asked: unknown[] = [];
  const store: ReplayStore = {
    claim: async (id, times) => (asked.push({ id, ...times }), "claimed"),
    complete: async () => undefined,
    release: async () => undefined,
  };
  await claimMessage({ messageId: "m1" } as Delivery, store, { clock: manualClock(NOW), ...options });
  return asked;
}

test("a message is remembered for as long as it may come again: its greatest age, and what its clock may be ahead", async () => {
  const keepUntil = NOW + (14 * 1440 + 60 + 5) * MINUTE;
  expect(await claimed({})).toEqual([{ id: "m1", now: NOW, leaseUntil: NOW + 5 * MINUTE, keepUntil }]);
});

test("a shorter window and another lease count", async () => {
  expect(await claimed({ maxAgeMs: 1000, maxSkewMs: 100, leaseMs: 10 })).toEqual([
    { id: "m1", now: NOW, leaseUntil: NOW + 10, keepUntil: NOW + 1100 },
  ]);
});
