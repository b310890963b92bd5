import type { ReplayStore } from "./replay-store.ts";

interface Entry {
  readonly leaseUntil: number;
  readonly keepUntil: number;
  done: boolean;
}

/**
 * A replay store for one process. It forgets everything when the process ends, and the oldest messages when it is full.
 *
 * @param options.capacity how many messages it holds; default 100,000 (about 20 MB)
 */
export function memoryReplayStore(options: { readonly capacity?: number } = {}): ReplayStore {
  const capacity = options.capacity ?? 100_000;
  const entries = new Map<string, Entry>();
  const evict = (now: number): void => {
    for (const [id, entry] of entries) {
      if (entries.size < capacity && entry.keepUntil > now) return;
      entries.delete(id);
    }
  };
  return {
    claim: async (messageId, { now, leaseUntil, keepUntil }) => {
      const known = entries.get(messageId);
      if (known?.done === true && known.keepUntil > now) return "done";
      if (known?.done === false && known.leaseUntil > now) return "in-progress";
      entries.delete(messageId);
      evict(now);
      entries.set(messageId, { leaseUntil, keepUntil, done: false });
      return "claimed";
    },
    complete: async (messageId) => {
      const entry = entries.get(messageId);
      if (entry !== undefined) entry.done = true;
    },
    release: async (messageId) => {
      if (entries.get(messageId)?.done === false) entries.delete(messageId);
    },
  };
}
