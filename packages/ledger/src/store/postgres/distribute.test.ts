import pg from "pg";
import { describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { ON_CITUS } from "../../../../../tests/citus/databases.ts";
import { openTestAccount } from "../conformance/setup.ts";
import { TABLES } from "../schema/index.ts";
import { distribute, DISTRIBUTION, distributeScript, isDistributed } from "./distribute.ts";
import { openPostgresStore } from "./open.ts";
import { rolesScript } from "./roles.ts";

async function run(url: string, ...scripts: string[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let result: pg.QueryResult | undefined;
    for (const script of scripts) result = await client.query(script);
    return result as pg.QueryResult;
  } finally {
    await client.end();
  }
}

describe("where tables lie on Citus", () => {
  it("is said of every table there is, and of no other", async () => {
    const url = await freshDatabase();
    await (await openPostgresStore(url)).close();
    const { rows } = await run(
      url,
      rolesScript(),
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
    );
    expect((rows as { name: string }[]).map(({ name }) => name)).toEqual(Object.keys(DISTRIBUTION).toSorted());
  });

  it("is by account for every table of the ledger: keys and unique keys lead with it", () => {
    for (const [name, shape] of Object.entries(TABLES)) {
      expect(DISTRIBUTION[name], name).toBe("account");
      for (const key of [shape.key, ...("unique" in shape ? shape.unique : [])])
        expect(key[0], name).toBe("account_id");
    }
  });
});

/** A plain PostgreSQL shows the refusal, `npm run citus` the rest. */
const onCitus = process.env[ON_CITUS] !== undefined;

if (!onCitus)
  describe("distributing the tables where there is no Citus", () => {
    it("is refused with what to do, and changes nothing", async () => {
      const store = await openPostgresStore(await freshDatabase());
      expect(await isDistributed(store.db)).toBe(false);
      await expect(distribute(store)).rejects.toMatchObject({
        code: "store.not-distributed",
        message: expect.stringMatching(
          /Citus is not installed in this database: nothing was changed: .*create extension citus/,
        ),
      });
      await store.close();
    });
  });

if (onCitus)
  describe("distributing the tables of a ledger on Citus", () => {
    it("changes nothing the second time", async () => {
      const store = await openPostgresStore(await freshDatabase());
      expect(await isDistributed(store.db)).toBe(true);
      expect(await distribute(store)).toMatchObject({ tables: Object.keys(TABLES).length, added: 0, shards: 4 });
      await store.close();
    });

    it("moves the rows that are there, and refuses to change who did what", async () => {
      const url = await freshDatabase();
      // Tables of this database alone, as a ledger has them that grows out of it.
      await run(
        url,
        `do $$ declare name regclass; begin
        for name in select oid from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
          execute 'drop table ' || name;
        end loop;
      end $$`,
      );
      const store = await openPostgresStore(url);
      expect(await isDistributed(store.db)).toBe(false);
      await run(url, rolesScript());
      for (let shop = 1; shop <= 20; shop += 1) await openTestAccount(store, `A${shop}`);
      const event = { account_id: "A1", exception_id: "e1", what: "explained", who: "alice", at: 1 } as const;
      await store.db.insertInto("exception_event").values(event).execute();
      const accounts = () => store.db.selectFrom("account").selectAll().orderBy("account_id").execute();
      const before = await accounts();
      await run(url, distributeScript(4), rolesScript(), rolesScript());
      expect(await isDistributed(store.db)).toBe(true);
      expect(await accounts()).toEqual(before);
      const { rows: nodes } = await run(url, "select distinct nodeport from citus_shards");
      expect(nodes.length).toBeGreaterThan(1);
      for (const text of [
        "update exception_event set who = 'bob'",
        "delete from exception_event",
        "truncate exception_event",
      ])
        await expect(run(url, text), text).rejects.toThrow("is a record of who did what: rows are only added to it");
      expect(await store.db.selectFrom("exception_event").select("who").execute()).toEqual([{ who: "alice" }]);
      await store.close();
    });
  });
