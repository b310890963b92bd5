import { describe, expect, it } from "vitest";
import type { ReplayStore } from "../replay-store.ts";

const times = (now: number) => ({ now, leaseUntil: now + 60, keepUntil: now + 1000 });

/** What every replay store must do. */
export function replayStoreConformance(name: string, open: () => ReplayStore): void {
  describe(`replay store: ${name}`, () => {
    it("gives a message to one claimant only", async () => {
      const store = open();
      const results = await Promise.all([1, 2, 3].map(() => store.claim("a", times(0))));
      expect(results.toSorted()).toEqual(["claimed", "in-progress", "in-progress"]);
      expect(await store.claim("b", times(0))).toBe("claimed");
    });

    it("remembers a finished message, and only as long as asked", async () => {
      const store = open();
      await store.claim("a", times(0));
      await store.complete("a");
      expect(await store.claim("a", times(61))).toBe("done");
      expect(await store.claim("a", times(999))).toBe("done");
      expect(await store.claim("a", times(1000))).toBe("claimed");
    });

    it("hands over the message of a claimant that died", async () => {
      const store = open();
      await store.claim("a", times(0));
      expect(await store.claim("a", times(59))).toBe("in-progress");
      expect(await store.claim("a", times(60))).toBe("claimed");
      expect(await store.claim("a", times(61))).toBe("in-progress");
    });

    it("gives back what was released, but nothing that was finished", async () => {
      const store = open();
      await store.claim("a", times(0));
      await store.release("a");
      expect(await store.claim("a", times(1))).toBe("claimed");
      await store.complete("a");
      await store.release("a");
      expect(await store.claim("a", times(2))).toBe("done");
    });

    it("bears being told about messages it does not know", async () => {
      const store = open();
      await store.complete("x");
      await store.release("x");
      expect(await store.claim("x", times(0))).toBe("claimed");
    });
  });
}
