import { systemClock } from "@amazon-pay-kit/sdk/clock";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ON_CITUS } from "../../../../../tests/citus/databases.ts";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { openMemoryArchive } from "../../archive/memory/open.ts";
import { openJobQueue } from "../../../../worker/src/jobs/queue.ts";
import { NO_RATES, testAccount } from "../../../../worker/src/jobs/testing/merchants.ts";
import { runWorker } from "../../../../worker/src/jobs/worker.ts";
import { eventsOf, numberEvents } from "../../outbox/index.ts";
import { openLedger } from "../../ledger.ts";
import { INSERT_ONLY_TABLES } from "../schema/index.ts";
import { listAccounts, listSettlements } from "../../views/index.ts";
import { rolesScript } from "./roles.ts";
import { openPostgresStore } from "./open.ts";

let url: string;
let owner: pg.Client;
const clients: pg.Client[] = [];

async function clientAs(role?: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: asRole(role) });
  await client.connect();
  clients.push(client);
  return client;
}

function asRole(role?: string): string {
  const address = new URL(url);
  if (role !== undefined) address.username = role;
  return address.href;
}

beforeEach(async () => {
  url = await freshDatabase();
  await (await openPostgresStore(url)).close();
  await (await openJobQueue({ databaseUrl: url })).close();
  owner = await clientAs();
  await owner.query(rolesScript());
  // Roles belong to the server, not to the database: they outlive a test.
  for (const [login, group] of [
    ["apay_test_worker", "apay_worker"],
    ["apay_test_reader", "apay_reader"],
    ["apay_test_shop", "apay_tenant"],
    ["apay_test_other", "apay_tenant"],
  ]) {
    await owner.query(
      `do $$ begin if not exists (select from pg_roles where rolname = '${login}') then create role ${login} login in role ${group}; end if; end $$`,
    );
  }
  await owner.query(`insert into tenant_access values ('shop', 'apay_test_shop'), ('other', 'apay_test_other')`);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end();
});

describe("roles", () => {
  it("can be set up again and again", async () => {
    await owner.query(rolesScript());
    await Promise.all([(await clientAs()).query(rolesScript()), (await clientAs()).query(rolesScript())]);
  });

  it("cover every table of the ledger, and every table leads with the account", async () => {
    const { rows } = await owner.query<{ name: string; first: string; secured: boolean; key: string | null }>(`
      select c.relname as name, c.relrowsecurity as secured,
        (select attname from pg_attribute where attrelid = c.oid and attnum = 1) as first,
        (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
         where i.indrelid = c.oid and i.indisprimary) as key
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname not like 'kysely_%'
        and c.relname <> 'schema_version' order by 1`);
    expect(rows.length).toBeGreaterThan(25);
    for (const { name, ...facts } of rows)
      expect(facts, name).toEqual({ first: "account_id", key: "account_id", secured: true });
    // A view goes by its owner's rights and shows every row, unless it says otherwise; a materialized one cannot.
    const { rows: views } = await owner.query(`
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('v', 'm', 'f') and c.relname not in ('citus_tables', 'citus_schemas')
        and not coalesce('security_invoker=true' = any (c.reloptions), false)`);
    expect(views).toEqual([]);
    // A token is looked for before it is known whose account it is for, and the audit is one chain over all accounts.
    const { rows: indexes } = await owner.query<{ name: string; first: string }>(`
      select i.indexrelid::regclass::text as name, a.attname as first
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where n.nspname = 'public' and c.relname not like 'kysely_%'
        and c.relname not in ('tenant_access', 'api_token', 'audit_event', 'schema_version')`);
    // Some are for lists of all accounts of an owner of very many, and named so; whoever may read a few is led by the account.
    expect(indexes.filter((one) => one.first !== "account_id" && !one.name.endsWith("_all"))).toEqual([]);
  });

  it("let a worker do all of its work and change no table", async () => {
    const ledger = await openLedger({ databaseUrl: asRole("apay_test_worker"), archive: openMemoryArchive() });
    const stop = new AbortController();
    let loaded = 0;
    await runWorker(ledger, {
      databaseUrl: asRole("apay_test_worker"),
      accounts: ["shop", "other"].map((accountId) => testAccount({ accountId, reports: 2 })),
      rates: NO_RATES,
      pollMillis: 20,
      signal: stop.signal,
      onEvent: ({ type }) => {
        loaded += type === "loaded" ? 1 : 0;
        if (loaded === 4) stop.abort();
      },
    });
    await ledger.close();
    expect((await owner.query(`select count(*)::int as n from settlement_row`)).rows).toEqual([{ n: 4 }]);
    const worker = await clientAs("apay_test_worker");
    for (const text of [
      "drop table settlement_row",
      "alter table report add column x text",
      "create table x (y text)",
      "insert into tenant_access values ('other', 'apay_test_shop')",
    ])
      await expect(worker.query(text), text).rejects.toThrow(/must be owner|permission denied/);
  });

  it("let a worker follow the calendar", async () => {
    const before = await owner.query(`select name from apay_jobs.queue order by name`);
    await owner.query(`insert into apay_jobs.schedule (name, cron, options) values ('due-plan', '* * * * *', '{}')`);
    const queue = await openJobQueue({ databaseUrl: asRole("apay_test_worker"), supervise: true });
    await queue.schedule("plan", "* * * * *");
    await expect.poll(() => queue.due("plan"), { interval: 200 }).toBe(true);
    await queue.close();
    await expect(
      openJobQueue({ databaseUrl: asRole("apay_test_worker"), calendar: ["export-new"] }),
    ).rejects.toMatchObject({
      code: "jobs.cannot-open",
      message: expect.stringContaining("worker --prepare") as string,
    });
    // Nothing that it would have liked to make was left out.
    const everything = await openJobQueue({ databaseUrl: asRole(), supervise: true });
    await everything.close();
    expect((await owner.query(`select name from apay_jobs.queue order by name`)).rows).toEqual(before.rows);
  });

  it("show a tenant its own rows, whatever it tries", async () => {
    await owner.query(`insert into reconcile_mark values ('shop', 's', '1'), ('other', 's', '2')`);
    const shop = await clientAs("apay_test_shop");
    const marks = () => shop.query(`select account_id from reconcile_mark`).then(({ rows }) => rows);
    expect(await marks()).toEqual([{ account_id: "shop" }]);
    expect((await shop.query(`select mark from reconcile_mark where account_id = 'other'`)).rows).toEqual([]);
    expect((await shop.query(`select * from tenant_access`)).rows).toHaveLength(1);
    for (const text of [
      "set role apay_test_other",
      "set role apay_reader",
      "set row_security = off; select * from reconcile_mark",
      "insert into tenant_access values ('other', 'apay_test_shop')",
      "update reconcile_mark set account_id = 'shop'",
      "select * from apay_jobs.job",
      "select * from lease",
    ])
      await expect(shop.query(text), text).rejects.toThrow(
        /permission denied|row-level security|modifying the partition value of rows is not allowed/,
      );
    expect(await marks()).toEqual([{ account_id: "shop" }]);
  });

  it("let nobody rewrite who decided what, the worker by its rights and the owner by the table itself", async () => {
    expect(INSERT_ONLY_TABLES).toEqual(["exception_event", "account_event", "audit_event"]);
    const worker = await clientAs("apay_test_worker");
    await worker.query(`insert into exception_event (account_id, exception_id, what, who, at)
      values ('shop', 'e1', 'explained', 'alice', 1)`);
    for (const text of [
      "update exception_event set who = 'bob'",
      "delete from exception_event",
      "truncate exception_event",
      "alter table exception_event disable trigger all",
      "drop trigger exception_event_only_added on exception_event",
    ])
      await expect(worker.query(text), text).rejects.toThrow(/permission denied|must be owner/);
    for (const text of [
      "update exception_event set who = 'bob'",
      "delete from exception_event",
      "truncate exception_event",
    ])
      await expect(owner.query(text), text).rejects.toThrow("is a record of who did what: rows are only added to it");
    expect((await owner.query("select who from exception_event")).rows).toEqual([{ who: "alice" }]);
    await worker.query(`insert into audit_event (account_id, position, at, who, what, subject, previous_hash, hash)
      values ('shop', 1, 1, 'alice', 'exception.explained', 'e1', 'p', 'h')`);
    for (const client of [worker, owner])
      for (const text of ["update audit_event set who = 'bob'", "delete from audit_event", "truncate audit_event"])
        await expect(client.query(text), text).rejects.toThrow(/permission denied|rows are only added to it/);
  });

  it("let a reader read everything and write nothing", async () => {
    await owner.query(`insert into reconcile_mark values ('shop', 's', '1'), ('other', 's', '2')`);
    const reader = await clientAs("apay_test_reader");
    expect((await reader.query(`select * from reconcile_mark`)).rows).toHaveLength(2);
    await expect(reader.query(`delete from reconcile_mark`)).rejects.toThrow(/permission denied/);
    await owner.query(`insert into outbox (account_id, code, subject, body, at, state, sequence) values
      ('shop', 'report.loaded', 'a', '{}', 1, 'numbered', 1), ('shop', 'report.loaded', 'b', '{}', 2, 'new', null);
      insert into outbox_sequence values ('shop', 1, 0)`);
    // It sees the events that workers have numbered, and none out of order.
    const { store, ...rest } = await openLedger({
      databaseUrl: asRole("apay_test_reader"),
      archive: openMemoryArchive(),
    });
    expect(await numberEvents(store, "shop")).toEqual({ last: 1, pruned: 0 });
    expect(await eventsOf(store.db, { accountId: "shop", limit: 9 })).toMatchObject([{ sequence: 1, subject: "a" }]);
    await rest.close();
  });

  it("may do with every table what it is there for, and nothing else", async () => {
    const { rows } = await owner.query<{ role: string; schema: string; name: string; may: string }>(`
      select r.rolname as role, n.nspname as schema, c.relname as name, coalesce((
        select string_agg(lower(p), ' ') from unnest(array['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER']) as p
        where has_table_privilege(r.oid, c.oid, p)), '') as may
      from pg_roles r cross join pg_class c join pg_namespace n on n.oid = c.relnamespace
      where r.rolname in ('apay_test_worker', 'apay_test_reader', 'apay_test_shop') and n.nspname in ('public', 'apay_jobs')
        and c.relkind in ('r', 'p', 'v', 'm')`);
    const forOwnerAlone = ["tenant_access", "kysely_migration", "kysely_migration_lock", "schema_version"];
    const hidden = [
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
    const expected = (role: string, schema: string, name: string): string => {
      if (role === "apay_test_shop") return schema === "apay_jobs" || hidden.includes(name) ? "" : "select";
      if (role !== "apay_test_worker" || forOwnerAlone.includes(name)) return "select";
      return INSERT_ONLY_TABLES.includes(name) ? "select insert" : "select insert update delete";
    };
    expect(rows.length).toBeGreaterThan(3 * 40);
    for (const { role, schema, name, may } of rows)
      expect(may, `${role} on ${schema}.${name}`).toBe(expected(role, schema, name));
    const { rows: numbers } = await owner.query<{ role: string; usage: boolean; read: boolean; change: boolean }>(`
      select distinct r.rolname as role, has_sequence_privilege(r.oid, c.oid, 'USAGE') as usage,
        has_sequence_privilege(r.oid, c.oid, 'SELECT') as read, has_sequence_privilege(r.oid, c.oid, 'UPDATE') as change
      from pg_roles r cross join pg_class c join pg_namespace n on n.oid = c.relnamespace
      where r.rolname in ('apay_test_worker', 'apay_test_reader', 'apay_test_shop') and n.nspname = 'public' and c.relkind = 'S'
      order by 1`);
    // A backup reads where a sequence is; taking a number of it is writing.
    expect(numbers).toEqual([
      { role: "apay_test_reader", usage: false, read: true, change: false },
      { role: "apay_test_shop", usage: false, read: false, change: false },
      { role: "apay_test_worker", usage: true, read: false, change: false },
    ]);
    const { rows: makers } = await owner.query(`
      select r.rolname, n.nspname from pg_roles r cross join pg_namespace n
      where (r.rolname like 'apay_test_%' or r.rolname in ('apay_worker', 'apay_reader', 'apay_tenant'))
        and n.nspname in ('public', 'apay_jobs') and (has_schema_privilege(r.oid, n.oid, 'CREATE')
          or r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls)`);
    expect(makers).toEqual([]);
  });

  it("open the books for a tenant, with its own accounts alone in every list", async () => {
    await owner.query(`insert into account (account_id, region, environment, currency, created_at)
      values ('shop', 'na', 'live', 'USD', 1), ('other', 'eu', 'live', 'EUR', 1)`);
    const store = await openPostgresStore(asRole("apay_test_shop"));
    const context = { store, clock: systemClock };
    expect((await listAccounts(context)).map(({ accountId }) => accountId)).toEqual(["shop"]);
    expect((await listSettlements(context, {})).items).toEqual([]);
    await expect(store.db.deleteFrom("account").execute()).rejects.toThrow(/permission denied/);
    await store.close();
  });

  // Citus lets nobody make a function for himself alone, and has no such way round the policy.
  if (process.env[ON_CITUS] === undefined)
    it("shows no row of others to a tenant that forges who it is, or looks over the policy's shoulder", async () => {
      await owner.query(`insert into reconcile_mark values ('shop', 's', 'mine'), ('other', 's', 'theirs')`);
      const shop = await clientAs("apay_test_shop");
      const told: string[] = [];
      shop.on("notice", ({ message }) => void told.push(message ?? ""));
      await shop.query(`create temporary table tenant_access (account_id text, role_name name)`);
      await shop.query(`insert into pg_temp.tenant_access values ('other', 'apay_test_shop')`);
      // A function that costs nothing is asked first, unless the policy stands before it.
      await shop.query(`create function pg_temp.tell(text) returns boolean language plpgsql cost 0.0000001
      as $$ begin raise notice '%', $1; return true; end $$`);
      for (const forged of [
        "set search_path = pg_temp, public",
        "set app.account_id = 'other'",
        "set apay.tenant = 'other'",
        "set session_replication_role = replica",
        "set session authorization apay_test_other",
        "set role apay_tenant",
        "reset role",
      ])
        await shop.query(forged).catch(() => {});
      const { rows } = await shop.query(`select mark from public.reconcile_mark where pg_temp.tell(mark)`);
      expect([rows, told]).toEqual([[{ mark: "mine" }], ["mine"]]);
      await shop.query("set role apay_tenant");
      expect((await shop.query(`select mark from public.reconcile_mark`)).rows).toEqual([]);
      await shop.query("reset role");
      for (const text of [
        `select most_common_vals from pg_stats where tablename = 'reconcile_mark'`,
        `select * from public.reconcile_mark where account_id = 'other' or 1 / (length(mark) - 6) > 0 and account_id <> 'shop'`,
        `select * from public.reconcile_mark tablesample system (100) where account_id <> 'shop'`,
      ])
        expect((await shop.query(text)).rows, text).toEqual([]);
      expect((await shop.query(`copy public.reconcile_mark to stdout`)).rowCount).toBe(1);
    });
});
