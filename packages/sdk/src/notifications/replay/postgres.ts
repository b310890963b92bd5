import { wrongOption } from "../../errors/configuration-error.ts";
import type { ReplayStore } from "./replay-store.ts";

/** As much of a `pg` pool or client as the store needs; `postgres.js` fits with `{ query: async (text, values) => ({ rows: await sql.unsafe(text, values) }) }`. */
export interface PostgresQuery {
  query(text: string, values: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** Settings of the store in PostgreSQL. */
export interface PostgresReplayOptions {
  /** Name of the table, with its schema where it is not on the search path. Default `amazon_pay_notifications`. */
  readonly table?: string;
}

/** The store, with what makes its table. */
export interface PostgresReplayStore extends ReplayStore {
  /** Creates the table where it is missing. Call it once, or take its statement into your own migrations. */
  createTable(): Promise<void>;
  /** Deletes what no delivery can repeat any more. Call it from time to time, with milliseconds since 1970. */
  deleteOld(now: number): Promise<void>;
}

/**
 * A replay store in PostgreSQL, for any number of processes.
 *
 * @example
 * const replayStore = postgresReplayStore(pool);
 * await replayStore.createTable();
 * @throws ConfigurationError `config.option` for a table name that would need quoting
 */
export function postgresReplayStore(pool: PostgresQuery, options: PostgresReplayOptions = {}): PostgresReplayStore {
  const table = options.table ?? "amazon_pay_notifications";
  if (!/^[a-z_][a-z0-9_]{0,62}(\.[a-z_][a-z0-9_]{0,62})?$/.test(table))
    throw wrongOption(`the replay store's table must be a plain name in small letters: ${table.slice(0, 80)}`);
  return {
    createTable: async () => {
      await pool.query(
        `create table if not exists ${table} (message_id text primary key, lease_until bigint not null, keep_until bigint not null, done boolean not null default false)`,
        [],
      );
    },
    deleteOld: async (now) => {
      await pool.query(`delete from ${table} where keep_until <= $1 and lease_until <= $1`, [now]);
    },
    claim: async (messageId, { now, leaseUntil, keepUntil }) => {
      // The row lock of ON CONFLICT makes this one indivisible step.
      const { rows } = await pool.query(
        `insert into ${table} as known (message_id, lease_until, keep_until) values ($1, $2, $3)
         on conflict (message_id) do update set lease_until = $2, keep_until = $3, done = false
         where case when known.done then known.keep_until else known.lease_until end <= $4 returning message_id`,
        [messageId, leaseUntil, keepUntil, now],
      );
      if (rows.length > 0) return "claimed";
      const found = await pool.query(`select done from ${table} where message_id = $1`, [messageId]);
      const [row] = found.rows as readonly { readonly done: boolean }[];
      return row?.done === true ? "done" : "in-progress";
    },
    complete: async (messageId) => {
      await pool.query(`update ${table} set done = true where message_id = $1`, [messageId]);
    },
    release: async (messageId) => {
      await pool.query(`delete from ${table} where message_id = $1 and not done`, [messageId]);
    },
  };
}
