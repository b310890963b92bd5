import { type Kysely, sql } from "kysely";
import { StoreError } from "../errors.ts";
import { type Schema, TABLES } from "../schema/index.ts";
import type { TableShape } from "../schema/shape.ts";
import type { Store } from "../store.ts";

/** Where the rows of a table lie on Citus. */
export type Distribution =
  /** By account: all rows of an account on one node, those of every such table beside each other. */
  | "account"
  /** A copy on every node, so that it can be joined with anything. */
  | "reference"
  /** On the coordinator, as in any database. */
  | "coordinator";

/** Tables beside those of {@link TABLES}, all of them small: how far the tables are, and which login sees which account. */
const OTHERS = {
  kysely_migration: "coordinator",
  kysely_migration_lock: "coordinator",
  schema_version: "coordinator",
  tenant_access: "reference",
} as const satisfies Readonly<Record<string, Distribution>>;

function distributionOf({ key }: TableShape): Distribution {
  return key[0] === "account_id" ? "account" : "reference";
}

/** Where each table of the ledger lies on Citus, by name. The tables of the job queue all stay on the coordinator. */
export const DISTRIBUTION: Readonly<Record<string, Distribution>> = {
  __proto__: null as never,
  ...Object.fromEntries(Object.entries<TableShape>(TABLES).map(([name, shape]) => [name, distributionOf(shape)])),
  ...OTHERS,
};

/** The table beside whose rows those of all others lie. */
const ANCHOR = "account";

/** Fewest and most shards that make sense: each is a table of its own, times the tables of the ledger. */
export const SHARDS = { least: 1, most: 256, usual: 32 } as const;

/** Oldest version of Citus that numbers rows and follows roles on all nodes as the ledger needs it. */
const OLDEST = 12;

const namesOf = (wanted: Distribution): readonly string[] =>
  Object.keys(DISTRIBUTION).filter((name) => DISTRIBUTION[name] === wanted);

const listOf = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(", ");

/**
 * The SQL that makes a ledger on PostgreSQL one on Citus, for the owner of the tables to run on the coordinator: every table that
 * leads with the account is distributed by it, all of them in one colocation group, with the rows that it has. All of it or nothing;
 * running it again distributes only what an update has added.
 *
 * Rows are copied with the tables locked, so workers had better be stopped. The policies of tenants' logins are taken away, since
 * they are written otherwise on Citus: run the script of `rolesScript` afterwards; until then tenants see nothing.
 *
 * @param shards of each table, where none is distributed yet
 * @example
 * apay database distribute --shards 32 | psql -v ON_ERROR_STOP=1 "$DATABASE_URL"
 */
export function distributeScript(shards: number = SHARDS.usual): string {
  return `do $apay$
declare
  name text;
  found regclass;
  missing text[];
  wrong text[];
  policy text;
  fresh integer := 0;
begin
  if not exists (select from pg_extension where extname = 'citus') then
    raise exception 'Citus is not installed in this database: nothing was changed'
      using errcode = 'feature_not_supported', hint = 'run "create extension citus" here and on every worker, name the workers with '
        'citus_set_coordinator_host and citus_add_node, and run this script again; any other PostgreSQL needs none of it';
  end if;
  if (select split_part(extversion, '.', 1)::integer from pg_extension where extname = 'citus') < ${OLDEST} then
    raise exception 'Citus is older than version ${OLDEST}: nothing was changed' using errcode = 'feature_not_supported';
  end if;
  if not exists (select from pg_dist_node where isactive and shouldhaveshards and noderole = 'primary') then
    raise exception 'Citus knows no node that may hold rows: nothing was changed'
      using errcode = 'object_not_in_prerequisite_state', hint = 'add the workers with citus_add_node, and run this script again';
  end if;
  if (select groupid from pg_dist_local_group) <> 0 then
    raise exception 'this is not the coordinator: run this script there' using errcode = 'object_not_in_prerequisite_state';
  end if;
  select array_agg(t order by t) into missing from unnest(array[${listOf(namesOf("account"))}]) as t
    where to_regclass(quote_ident(t)) is null;
  if missing is not null then
    raise exception 'tables of the ledger are missing: %', array_to_string(missing, ', ')
      using errcode = 'undefined_table', hint = 'run apay worker --prepare first, with the same DATABASE_URL';
  end if;
  select array_agg(t order by t) into wrong from unnest(array[${listOf(namesOf("account"))}]) as t
    join pg_class c on c.oid = to_regclass(quote_ident(t)) where c.relkind = 'p';
  if wrong is not null then
    raise exception 'laid out in partitions by account, which Citus does in its own way: %', array_to_string(wrong, ', ')
      using errcode = 'wrong_object_type', hint = 'make the books anew in an empty database, with apay archive load';
  end if;

  -- Behind a long transaction this would make everybody else wait too.
  perform set_config('lock_timeout', '10s', true);
  perform set_config('citus.shard_count', '${shards}', true);
  -- One connection a node, so that what the transaction has made is seen by all of it.
  perform set_config('citus.multi_shard_modify_mode', 'sequential', true);
  -- The triggers of the records that are only added to: each refuses, and changes nothing anywhere else.
  perform set_config('citus.enable_unsafe_triggers', 'on', true);

  foreach name in array array[${listOf([ANCHOR, ...namesOf("account").filter((one) => one !== ANCHOR)])}] loop
    found := to_regclass(quote_ident(name));
    continue when exists (select from pg_dist_partition where logicalrelid = found);
    for policy in select polname from pg_policy where polrelid = found loop
      execute format('drop policy %I on %s', policy, found);
    end loop;
    if name = '${ANCHOR}' then
      perform create_distributed_table(found, 'account_id', colocate_with => 'none');
    else
      perform create_distributed_table(found, 'account_id', colocate_with => '${ANCHOR}');
    end if;
    fresh := fresh + 1;
  end loop;
  foreach name in array array[${listOf(namesOf("reference"))}]::text[] loop
    found := to_regclass(quote_ident(name));
    continue when found is null or exists (select from pg_dist_partition where logicalrelid = found);
    for policy in select polname from pg_policy where polrelid = found loop
      execute format('drop policy %I on %s', policy, found);
    end loop;
    perform create_reference_table(found);
    fresh := fresh + 1;
  end loop;

  select array_agg(t order by t) into wrong from unnest(array[${listOf(namesOf("account"))}]) as t
    join pg_dist_partition p on p.logicalrelid = to_regclass(quote_ident(t))
    where p.partmethod <> 'h' or p.colocationid <>
      (select colocationid from pg_dist_partition where logicalrelid = to_regclass('${ANCHOR}'));
  if wrong is not null then
    raise exception 'distributed in another way than the other tables, by somebody else: %', array_to_string(wrong, ', ')
      using errcode = 'object_not_in_prerequisite_state', hint = 'make the books anew in an empty database, with apay archive load';
  end if;
  raise notice '% tables distributed, % were before', fresh, ${namesOf("account").length} - fresh;
end $apay$;
`;
}

/** What {@link distribute} has done. */
export interface Distributed {
  /** Tables whose rows lie by account on the nodes. */
  readonly tables: number;
  /** Of them, those that did not before. */
  readonly added: number;
  /** Shards of each table. */
  readonly shards: number;
  /** Nodes that hold rows. */
  readonly nodes: number;
}

async function distributedTables(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_dist_partition where partmethod = 'h'
      and logicalrelid::text in (${sql.join(namesOf("account").map((name) => sql.lit(name)))})`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

/** Whether the ledger's tables are distributed over the nodes of Citus. */
export async function isDistributed(db: Kysely<Schema>): Promise<boolean> {
  const { rows } = await sql<{ citus: boolean }>`
    select to_regclass('pg_catalog.pg_dist_partition') is not null as citus`.execute(db);
  return rows[0]?.citus === true && (await distributedTables(db)) > 0;
}

/**
 * Runs {@link distributeScript} on the database of a store.
 *
 * @throws StoreError `store.not-distributed` with what to do, when Citus, its nodes or the tables are missing: nothing was changed
 *
 * @example
 * const { added, nodes } = await distribute(ledger.store);
 */
export async function distribute(store: Store, shards?: number): Promise<Distributed> {
  if (store.dialect !== "postgres") {
    throw new StoreError(
      "store.not-distributed",
      "the ledger is in SQLite, which has no nodes: set DATABASE_URL to the coordinator of a Citus",
    );
  }
  const { db } = store;
  const before = (await isDistributed(db)) ? await distributedTables(db) : 0;
  try {
    await sql.raw(distributeScript(shards)).execute(db);
  } catch (error) {
    const { message, hint } = error as Error & { readonly hint?: string };
    const remedy = hint === undefined ? "" : `: ${hint}`;
    throw new StoreError("store.not-distributed", `the tables were not distributed: ${message}${remedy}`, {
      cause: error,
    });
  }
  const tables = await distributedTables(db);
  const { rows } = await sql<{ shards: number; nodes: number }>`
    select (select count(*) from pg_dist_shard where logicalrelid = ${sql.lit(ANCHOR)}::regclass) as shards,
      (select count(distinct (nodename, nodeport)) from pg_dist_shard s join pg_dist_placement using (shardid)
        join pg_dist_node n using (groupid) where s.logicalrelid = ${sql.lit(ANCHOR)}::regclass and n.noderole = 'primary') as nodes
  `.execute(db);
  return { tables, added: tables - before, shards: Number(rows[0]?.shards ?? 0), nodes: Number(rows[0]?.nodes ?? 0) };
}
