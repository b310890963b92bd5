import type { ClaimResult, ClaimTimes, ReplayStore } from "./replay-store.ts";

/** As much of a Workers KV namespace as the store needs. */
export interface KvNamespace {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, options: { expirationTtl: number }): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Settings of the store in Workers KV. */
export interface KvReplayOptions {
  /** What its keys begin with. Default `amazon-pay:notification:`. */
  readonly prefix?: string;
}

interface Entry {
  readonly claimedAt: number;
  readonly leaseUntil: number;
  readonly keepUntil: number;
}

/** The shortest life that KV takes, in seconds. */
const SHORTEST_LIFE = 60;

/**
 * A replay store in Workers KV. KV has no indivisible step and is read late at other places of the network: a message that is delivered
 * twice at the same moment may be handed on twice there. Within one isolate it is not. Where `onChange` must never run twice, make it
 * idempotent or use a Durable Object or a database.
 *
 * @example
 * const replayStore = workersKvReplayStore(env.NOTIFICATIONS);
 */
export function workersKvReplayStore(namespace: KvNamespace, options: KvReplayOptions = {}): ReplayStore {
  const prefix = options.prefix ?? "amazon-pay:notification:";
  /** Claims that this isolate is making: the next one for the same message waits for it. */
  const turns = new Map<string, Promise<unknown>>();
  const read = async (key: string): Promise<Entry | undefined> => {
    const text = await namespace.get(prefix + key);
    return text === null ? undefined : (JSON.parse(text) as Entry);
  };
  const write = (key: string, entry: Entry): Promise<void> => {
    const life = Math.ceil((Math.max(entry.leaseUntil, entry.keepUntil) - entry.claimedAt) / 1000) + SHORTEST_LIFE;
    return namespace.put(prefix + key, JSON.stringify(entry), { expirationTtl: Math.max(SHORTEST_LIFE, life) });
  };
  // A key of its own, because KV takes one write a second for a key, and most work is done sooner.
  const doneKey = (messageId: string): string => `${messageId}:done`;
  const claim = async (messageId: string, { now, leaseUntil, keepUntil }: ClaimTimes): Promise<ClaimResult> => {
    const [finished, known] = await Promise.all([read(doneKey(messageId)), read(messageId)]);
    if (finished !== undefined && finished.keepUntil > now) return "done";
    // A claim that was finished is over, also where its lease is the longer one.
    if (known !== undefined && known.leaseUntil > now && finished?.claimedAt !== known.claimedAt) return "in-progress";
    await write(messageId, { claimedAt: now, leaseUntil, keepUntil });
    return "claimed";
  };
  const inTurn = async <Result>(messageId: string, work: () => Promise<Result>): Promise<Result> => {
    const before = turns.get(messageId) ?? Promise.resolve();
    const mine = before.then(work, work);
    turns.set(messageId, mine);
    try {
      return await mine;
    } finally {
      if (turns.get(messageId) === mine) turns.delete(messageId);
    }
  };
  return {
    claim: (messageId, times) => inTurn(messageId, () => claim(messageId, times)),
    complete: (messageId) =>
      inTurn(messageId, async () => {
        const known = await read(messageId);
        if (known !== undefined) await write(doneKey(messageId), known);
      }),
    release: (messageId) =>
      inTurn(messageId, async () => {
        if ((await read(doneKey(messageId))) === undefined) await namespace.delete(prefix + messageId);
      }),
  };
}
