import pg from "pg";
import { describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { storeConformance } from "../conformance/index.ts";
import { openTestAccount } from "../conformance/setup.ts";
import { openPostgresStore } from "./open.ts";
import { partitionsScript } from "./partitions.ts";
import { rolesScript } from "./roles.ts";

async function run(url: string, script: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(script);
  } finally {
    await client.end();
  }
}

async function partitioned(): Promise<string> {
  const url = await freshDatabase();
  await (await openPostgresStore(url)).close();
  await run(url, partitionsScript(8));
  return url;
}

/** Names, columns and uniqueness of the indexes of a table. */
async function indexesOf(url: string, table: string): Promise<string[]> {
  const { rows } = await run(
    url,
    `select pg_get_indexdef(indexrelid) as text from pg_index where indrelid = '${table}'::regclass`,
  );
  return (rows as { text: string }[]).map(({ text }) => text.replace(" ONLY", "")).sort();
}

describe("partitions by account", () => {
  it("are laid once, and everything stays as it is when they cannot be", async () => {
    const url = await partitioned();
    await expect(run(url, partitionsScript(8))).rejects.toThrow("has its partitions already");
    await (await openPostgresStore(url)).close();
    await run(url, rolesScript());
  });

  it("keep rows that are there, and every key and index under its name", async () => {
    const url = await freshDatabase();
    const store = await openPostgresStore(url);
    await openTestAccount(store, "A1");
    const match = { account_id: "A1", file_id: 1, line: 7, counterpart: "record", counterpart_id: "1" };
    await store.db
      .insertInto("row_match")
      .values({ ...match, rule: "id", match_group: "g", amount_minor: 5n })
      .execute();
    const before = await Promise.all(["settlement_row", "transaction_row", "row_match"].map((t) => indexesOf(url, t)));
    await run(url, partitionsScript(4));
    const after = await Promise.all(["settlement_row", "transaction_row", "row_match"].map((t) => indexesOf(url, t)));
    expect(after).toEqual(before);
    expect(await store.db.selectFrom("row_match").selectAll().execute()).toMatchObject([match]);
    await store.close();
  });
});

storeConformance("PostgreSQL in partitions", async () => openPostgresStore(await partitioned()));
