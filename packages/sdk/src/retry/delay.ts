import type { Random } from "../random/random.ts";

/** Wait before the first retry at most this long; doubled for each further one. Milliseconds. */
const FIRST = 500;
/** Never wait longer than this by one's own choice. Milliseconds. */
const LONGEST = 20_000;

/**
 * How long to wait before a retry, in milliseconds: a random time up to 0.5, 1, 2, 4, … 20 seconds ("full jitter", which
 * spreads out clients that failed together), and never less than the service asked for.
 *
 * @param retry 1 for the first retry
 * @param retryAfter what the service asked for, in milliseconds
 */
export function retryDelay(retry: number, random: Random, retryAfter?: number): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** (retry - 1));
  return Math.max(retryAfter ?? 0, Math.floor(random.fraction() * (ceiling + 1)));
}
