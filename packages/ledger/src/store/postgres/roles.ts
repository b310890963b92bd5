import { CREATE_SCHEMA_VERSION } from "../migrations/versions.ts";
import { INSERT_ONLY_TABLES } from "../schema/index.ts";

/** The schema of the job queue's tables, beside the ledger's own: roles are granted both. */
export const JOB_SCHEMA = "apay_jobs";

/** What a role may do with the ledger. */
interface RoleRow {
  readonly name: string;
  readonly help: string;
  /** On the ledger's tables. */
  readonly tables: string;
  /** On the numbers that its tables count by: to take the next one, or to see it as a backup does. */
  readonly sequences: string;
  /** On the queue's tables; none where left out. */
  readonly jobs?: string;
  /** Which rows it sees. */
  readonly rows: "all" | "own";
}

/** A table: from the most to the least. */
const ROLES: readonly RoleRow[] = [
  {
    name: "apay_worker",
    help: "apay worker, apay sync, apay reconcile: reads and writes, makes no tables",
    tables: "select, insert, update, delete",
    sequences: "usage",
    jobs: "select, insert, update, delete",
    rows: "all",
  },
  {
    name: "apay_reader",
    help: "apay dashboard, reporting, backups: reads every account",
    tables: "select",
    sequences: "select",
    jobs: "select",
    rows: "all",
  },
  {
    name: "apay_tenant",
    help: "a merchant's own login: reads the accounts that tenant_access gives it, and no others",
    tables: "select",
    sequences: "",
    rows: "own",
  },
];

/** Tables that tell nothing about an account. */
const NOT_FOR_TENANTS = [
  "lease",
  "rate_bucket",
  "hook",
  "outbox_sequence",
  "announcement",
  "account_setting",
  "account_event",
  "api_token",
  "audit_event",
];

const HIDDEN = `array[${NOT_FOR_TENANTS.map((name) => `'${name}'`).join(", ")}]`;

function createRole({ name, help }: RoleRow): string {
  return `-- ${name}: ${help}
do $$ begin
  if not exists (select from pg_roles where rolname = '${name}') then create role ${name} nologin; end if;
end $$;`;
}

function grants({ name, tables, sequences, jobs, rows }: RoleRow): string {
  const ledger =
    rows === "all"
      ? `grant ${tables} on all tables in schema public to ${name};
grant ${sequences} on all sequences in schema public to ${name};
alter default privileges in schema public grant ${tables} on tables to ${name};
alter default privileges in schema public grant ${sequences} on sequences to ${name};`
      : `-- No default privileges: a table that comes later stays closed until this script has run again.`;
  const queue =
    jobs === undefined
      ? ""
      : `
do $$ begin
  if exists (select from pg_namespace where nspname = '${JOB_SCHEMA}') then
    grant usage on schema ${JOB_SCHEMA} to ${name};
    grant ${jobs} on all tables in schema ${JOB_SCHEMA} to ${name};
    grant execute on all functions in schema ${JOB_SCHEMA} to ${name};
    alter default privileges in schema ${JOB_SCHEMA} grant ${jobs} on tables to ${name};
  end if;
end $$;`;
  return `grant usage on schema public to ${name};\n${ledger}${queue}`;
}

/** Gives the accounts of the tenant that asks, on Citus only. */
const OWN_ACCOUNTS = "apay_own_accounts";

/**
 * On Citus a policy looks into no table, and what runs on a node asks no other. So every node has a copy of who sees which account, and
 * a function that looks into that copy.
 */
const ON_CITUS = `do $$ declare copy text; begin
  if to_regclass('pg_catalog.pg_dist_partition') is null then return; end if;
  if not exists (select from pg_dist_partition where logicalrelid = 'account'::regclass) then return; end if;
  if not exists (select from pg_dist_partition where logicalrelid = 'tenant_access'::regclass) then
    perform create_reference_table('tenant_access');
  end if;
  select 'tenant_access_' || shardid into copy from pg_dist_shard where logicalrelid = 'tenant_access'::regclass;
  execute format('create or replace function ${OWN_ACCOUNTS}() returns text[] language plpgsql stable set search_path = pg_catalog as %L',
    format('begin return array(select t.account_id from public.%I t where t.role_name = current_user); end', copy));
  perform create_distributed_function('${OWN_ACCOUNTS}()');
end $$;`;

/**
 * The SQL that sets up least-privilege roles and row-level security, for the owner of the tables to run with `psql`, once and
 * after every update of the kit. Running it again changes nothing.
 *
 * A tenant's rows are those of the accounts that `tenant_access` gives to its login. That is decided by who is logged in,
 * never by a setting that the session could change.
 *
 * @example
 * apay database roles | psql "$DATABASE_URL"
 */
export function rolesScript(): string {
  const everyone = ROLES.filter(({ rows }) => rows === "all").map(({ name }) => name);
  return `begin;
-- What was not there before it is replaced needs no event.
set local client_min_messages = warning;
-- Behind a long transaction this would make everybody else wait too.
set local lock_timeout = '10s';
-- Two scripts at once would wait for each other's tables.
do $$ begin perform pg_advisory_xact_lock(hashtext('apay roles')); end $$;

${ROLES.map(createRole).join("\n")}

-- Which login may see which account: insert into tenant_access values ('shop', 'shop_login'); grant apay_tenant to shop_login;
create table if not exists tenant_access (
  account_id text not null, role_name name not null, primary key (account_id, role_name));
create index if not exists tenant_access_by_role on tenant_access (role_name);
${CREATE_SCHEMA_VERSION};

${ON_CITUS}

${ROLES.map(grants).join("\n\n")}

-- Up to PostgreSQL 14 everybody may make tables in the schema; later versions begin like this.
revoke create on schema public from public;
-- Who did what is only added to: not by the credential that is on every host either.
revoke update, delete on ${INSERT_ONLY_TABLES.join(", ")} from ${everyone.join(", ")};
-- Who may see what, and how far the tables are, is for the owner to say.
revoke insert, update, delete on tenant_access, kysely_migration, kysely_migration_lock, schema_version from ${everyone.join(", ")};
-- Anyone who opens the books looks whether the tables are those of its version.
grant select on kysely_migration, kysely_migration_lock, schema_version to apay_tenant;

-- Every table that leads with the account: all rows for those who run the books, their own for tenants. One that has its policies
-- is left alone: to set them again it would have to be taken away from the workers that use it, and might end in a deadlock with them.
do $$ declare ledger_table record; begin
  for ledger_table in
    select c.oid, c.relname as name, c.relrowsecurity as secured from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'account_id' and a.attnum = 1)
  loop
    if ledger_table.secured and (
      select array_agg(polname::text order by polname) from pg_policy where polrelid = ledger_table.oid
    ) = (case when ledger_table.name = any (${HIDDEN}) then array['apay_all'] else array['apay_all', 'apay_own'] end)
    then
      if not ledger_table.name = any (${HIDDEN}) then
        execute format('grant select on %I to apay_tenant', ledger_table.name);
      end if;
      continue;
    end if;
    execute format('alter table %I enable row level security', ledger_table.name);
    execute format('drop policy if exists apay_all on %I', ledger_table.name);
    execute format('create policy apay_all on %I to ${everyone.join(", ")} using (true) with check (true)', ledger_table.name);
    execute format('drop policy if exists apay_own on %I', ledger_table.name);
    if ledger_table.name = any (${HIDDEN}) then continue; end if;
    execute format('grant select on %I to apay_tenant', ledger_table.name);
    if ledger_table.name = 'tenant_access' then
      execute 'create policy apay_own on tenant_access for select to apay_tenant using (role_name = current_user)';
    elsif to_regproc('${OWN_ACCOUNTS}') is not null then
      execute format('create policy apay_own on %I for select to apay_tenant using (account_id = any (${OWN_ACCOUNTS}()))',
        ledger_table.name);
    else
      -- As an array, so that it is looked up once a query and the indexes that lead with the account are used.
      execute format('create policy apay_own on %I for select to apay_tenant using (account_id = any (array(
        select t.account_id from tenant_access t where t.role_name = current_user)))', ledger_table.name);
    end if;
  end loop;
end $$;
commit;
`;
}
