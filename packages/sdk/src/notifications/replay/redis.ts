import { wrongOption } from "../../errors/configuration-error.ts";
import type { ClaimResult, ReplayStore } from "./replay-store.ts";

/**
 * Runs one command of Redis: its words in order. Every client has such a function: `(words) => redis.sendCommand(words)` (node-redis),
 * `([name = "", ...rest]) => redis.call(name, ...rest)` (ioredis).
 */
export type RedisCommand = (words: string[]) => Promise<unknown>;

/** Settings of the store in Redis. */
export interface RedisReplayOptions {
  /** What its keys begin with. Default `amazon-pay:notification:`. */
  readonly prefix?: string;
}

// One script is one indivisible step. Times are the claimant's, so that a store under a moved clock is right as well; Redis's own
// expiry only throws away.
const CLAIM = `local v = redis.call('HMGET', KEYS[1], 'done', 'lease', 'keep')
local now = tonumber(ARGV[1])
if v[1] == '1' and tonumber(v[3]) > now then return 'done' end
if v[1] == '0' and tonumber(v[2]) > now then return 'in-progress' end
redis.call('HSET', KEYS[1], 'done', '0', 'lease', ARGV[2], 'keep', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 'claimed'`;
const COMPLETE = `if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'done', '1') end
return 'ok'`;
const RELEASE = `if redis.call('HGET', KEYS[1], 'done') == '0' then redis.call('DEL', KEYS[1]) end
return 'ok'`;

/** Redis may throw a message away only after the claimant's own clock would have forgotten it. */
const SPARE_MS = 60_000;

/**
 * A replay store in Redis or Valkey, for any number of processes.
 *
 * @example
 * const replayStore = redisReplayStore((words) => redis.sendCommand(words));
 */
export function redisReplayStore(command: RedisCommand, options: RedisReplayOptions = {}): ReplayStore {
  const prefix = options.prefix ?? "amazon-pay:notification:";
  const run = (script: string, messageId: string, ...values: number[]): Promise<unknown> =>
    command(["EVAL", script, "1", `${prefix}${messageId}`, ...values.map(String)]);
  return {
    claim: async (messageId, { now, leaseUntil, keepUntil }) => {
      const life = Math.max(leaseUntil, keepUntil) - now + SPARE_MS;
      const answer = String(await run(CLAIM, messageId, now, leaseUntil, keepUntil, life));
      if (answer === "claimed" || answer === "done" || answer === "in-progress") return answer satisfies ClaimResult;
      throw wrongOption(
        `the replay store's command gave ${answer.slice(0, 80)}: it must give what Redis answers to EVAL`,
      );
    },
    complete: async (messageId) => void (await run(COMPLETE, messageId)),
    release: async (messageId) => void (await run(RELEASE, messageId)),
  };
}
