import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema } from "@amazon-pay-kit/ledger/store";
import { JobDeferred } from "./errors.ts";
import type { Rate } from "./rates.ts";

/** Which calls are counted together. */
export interface Bucket {
  readonly accountId: string;
  /** `v2 list`, … */
  readonly name: string;
}

/** Lets calls through at their rate, over all workers on all hosts. */
export interface RateGate {
  /**
   * Waits for the turn of one call.
   *
   * @param maxWait longest wait in milliseconds; a turn that is further off is left to others
   * @throws JobDeferred when the turn is further off
   */
  pass(bucket: Bucket, rate: Rate, maxWait: number, signal: AbortSignal): Promise<void>;
  /** Takes the turn of a call that goes out all the same, such as a client's retry: those behind it wait the longer. */
  count(bucket: Bucket, rate: Rate): Promise<void>;
  /** The service said "too many": nobody calls for so long. */
  pause(bucket: Bucket, millis: number): Promise<void>;
}

/**
 * A gate whose buckets lie in PostgreSQL, one row each, and go by its clock: the hosts' clocks need not agree.
 *
 * The row says when the bucket will be empty (the "theoretical arrival time" of the generic cell rate algorithm). One
 * statement takes a turn; two workers cannot take the same.
 */
export function rateGate(db: Kysely<Schema>, clock: Clock): RateGate {
  // In a query of its own: Citus takes no clock into a statement that changes a row which may be there.
  const present = async (): Promise<RawBuilder<number>> => {
    const { rows } = await sql<{ now: number }>`
      select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db);
    return sql<number>`${rows[0]?.now}::bigint`;
  };
  return {
    async pass({ accountId, name }, { burst, everyMillis }, maxWait, signal) {
      const now = await present();
      const ahead = (burst - 1) * everyMillis;
      const { rows } = await sql<{ wait: number }>`
        insert into rate_bucket as bucket (account_id, bucket, empty_at)
        values (${accountId}, ${name}, ${now} + ${everyMillis}::bigint)
        on conflict (account_id, bucket) do update
          set empty_at = greatest(bucket.empty_at, ${now}) + ${everyMillis}::bigint
          where bucket.empty_at - ${ahead}::bigint <= ${now} + ${Math.round(maxWait)}::bigint
        returning greatest(0, empty_at - ${everyMillis}::bigint - ${ahead}::bigint - ${now}) as wait
      `.execute(db);
      const [turn] = rows;
      if (turn !== undefined) {
        if (turn.wait > 0) await clock.sleep(turn.wait, signal);
        return;
      }
      const { rows: later } = await sql<{ wait: number }>`
        select greatest(0, empty_at - ${ahead}::bigint - ${now}) as wait from rate_bucket
        where account_id = ${accountId} and bucket = ${name}
      `.execute(db);
      throw new JobDeferred((later[0]?.wait ?? 0) / 1000, `${name} of account ${accountId} has used up its rate`);
    },
    async count({ accountId, name }, { everyMillis }) {
      const now = await present();
      await sql`
        insert into rate_bucket as bucket (account_id, bucket, empty_at)
        values (${accountId}, ${name}, ${now} + ${everyMillis}::bigint)
        on conflict (account_id, bucket) do update
          set empty_at = greatest(bucket.empty_at, ${now}) + ${everyMillis}::bigint
      `.execute(db);
    },
    async pause({ accountId, name }, millis) {
      const now = await present();
      await sql`
        insert into rate_bucket as bucket (account_id, bucket, empty_at)
        values (${accountId}, ${name}, ${now} + ${Math.round(millis)}::bigint)
        on conflict (account_id, bucket) do update
          set empty_at = greatest(bucket.empty_at, ${now} + ${Math.round(millis)}::bigint)
      `.execute(db);
    },
  };
}
