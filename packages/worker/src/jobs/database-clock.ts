import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { JobQueue } from "./queue.ts";

/** Clocks that agree up to this go by the host's; the way to the database and back is in it. In milliseconds. */
const AGREE = 5000;

/** The time that all workers share. */
export interface DatabaseClock extends Clock {
  /** Compares again. @returns how far the host's clock is ahead, in milliseconds; below 0 when it is behind */
  adjust(): Promise<number>;
}

/** How far a clock is ahead of the database's, in milliseconds. */
export async function aheadOfDatabase(query: JobQueue["query"], clock: Pick<Clock, "now">): Promise<number> {
  const [row] = await query<{ now: string }>(
    `select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as now`,
  );
  return clock.now() - Number(row?.now);
}

/**
 * A host's clock, put right by that of the database. Hosts write times that others judge by: when an account was last looked
 * at, when a report may be tried again. One whose clock is a day ahead would have every account looked at every minute, and
 * none for a day after it was put right.
 */
export function databaseClock(clock: Clock, query: JobQueue["query"]): DatabaseClock {
  let ahead = 0;
  return {
    now: () => clock.now() - ahead,
    sleep: (millis, signal) => clock.sleep(millis, signal),
    ...(clock.alarm === undefined ? {} : { alarm: clock.alarm.bind(clock) }),
    async adjust() {
      const off = await aheadOfDatabase(query, clock);
      if (Math.abs(off - ahead) > AGREE) ahead = Math.abs(off) <= AGREE ? 0 : off;
      return off;
    },
  };
}
