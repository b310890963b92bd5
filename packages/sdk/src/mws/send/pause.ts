import { integer } from "../../random/draws.ts";
import type { Random } from "../../random/random.ts";
import type { MwsOperation } from "../operations.ts";

/** Milliseconds before the second, third, … attempt, as the documentation suggests them (MWS Reports API reference). */
const PAUSES = [1_000, 4_000, 10_000, 30_000] as const;

/**
 * How long to wait before an attempt, in milliseconds: the documented pause, or after throttling the time in which the
 * quota regains a call, or what the service asked for; whichever is longest. Up to a quarter more is added by chance, so
 * that clients which were throttled together do not come back together.
 *
 * @param retry 1 before the second attempt
 */
export function pauseBefore(
  retry: number,
  throttled: boolean,
  operation: MwsOperation | undefined,
  retryAfter: number | undefined,
  random: Random,
): number {
  const documented = PAUSES[Math.min(retry, PAUSES.length) - 1] ?? PAUSES[0];
  const restored = throttled ? (operation?.restoreMs ?? 0) : 0;
  const longest = Math.max(documented, restored, retryAfter ?? 0);
  return longest + integer(random, 0, Math.floor(longest / 4));
}
