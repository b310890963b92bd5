import { Kysely, PostgresDialect } from "kysely";
import type { PoolClient } from "pg";
import Cursor from "pg-cursor";
import { ExactIntegers } from "../exactness.ts";
import type { Schema } from "../schema/index.ts";

/** Typed queries on one connection that somebody else holds, so that they are part of the transaction open on it. */
export function pinnedTo(client: PoolClient): Kysely<Schema> {
  const borrowed = new Proxy(client, {
    get(target, property) {
      if (property === "release") return () => {};
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const pool = { connect: () => Promise.resolve(borrowed), end: () => Promise.resolve() };
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool, cursor: Cursor }), plugins: [new ExactIntegers()] });
}
