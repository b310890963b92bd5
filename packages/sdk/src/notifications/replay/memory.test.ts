import { expect, it } from "vitest";
import { replayStoreConformance } from "./conformance/replay-store.ts";
import { memoryReplayStore } from "./memory.ts";

replayStoreConformance("memory", () => memoryReplayStore());

it("never holds more than its capacity, and forgets the oldest first", async () => {
  const store = memoryReplayStore({ capacity: 3 });
  const times = { now: 0, leaseUntil: 10, keepUntil: 1000 };
  for (const id of ["a", "b", "c", "d"]) {
    await store.claim(id, times);
    await store.complete(id);
  }
  expect(await store.claim("d", times)).toBe("done");
  expect(await store.claim("b", times)).toBe("done");
  expect(await store.claim("a", times)).toBe("claimed");
});

it("drops what has run out", async () => {
  const store = memoryReplayStore({ capacity: 2 });
  await store.claim("a", { now: 0, leaseUntil: 1, keepUntil: 5 });
  await store.claim("b", { now: 0, leaseUntil: 1000, keepUntil: 1000 });
  await store.claim("c", { now: 6, leaseUntil: 1000, keepUntil: 1000 });
  expect(await store.claim("b", { now: 6, leaseUntil: 1000, keepUntil: 1000 })).toBe("in-progress");
});
