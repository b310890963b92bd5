import { type ColumnDataType, type Kysely, type RawBuilder, sql } from "kysely";
import type { ColumnKind, ColumnShape, DialectName, IndexShape, TableShape } from "../schema/shape.ts";

type Types = Readonly<Record<ColumnKind, ColumnDataType>>;

const TYPES: Readonly<Record<DialectName, Types>> = {
  sqlite: {
    id: "integer",
    ref: "integer",
    text: "text",
    money: "integer",
    instant: "integer",
    int64: "integer",
    count: "integer",
  },
  postgres: {
    id: "bigint",
    ref: "bigint",
    text: "text",
    money: "bigint",
    instant: "bigint",
    int64: "bigint",
    count: "integer",
  },
};

/** A column's kind, without what follows it. */
function kindOf(shape: ColumnShape): ColumnKind {
  return typeof shape === "string" ? (shape.replace(/(\?|=0)$/, "") as ColumnKind) : "text";
}

/**
 * The columns of an index in the order in which the database keeps them.
 *
 * SQLite sorts and compares by the first column fastest, and the account, which is the same in nearly all entries of a file of
 * books, tells nothing: of an index by an id it comes last there. Its entries are as large (a table without row ids has its key in
 * them anyway), what is looked up by account and id is found the same, and building it takes two thirds of the time.
 */
function inOrder(dialect: DialectName, { columns, where }: IndexShape, shape: TableShape): readonly string[] {
  const [account, id, ...more] = columns;
  const byId = id !== undefined && id === where && more.length === 0 && kindOf(shape.columns[id] ?? "int64") === "text";
  return dialect === "sqlite" && byId && account === "account_id" ? [id, account] : columns;
}

/** By its columns; one that does not lead with the account is for what goes over all accounts, and named so. */
function indexName(table: string, { columns }: IndexShape): string {
  const of = columns
    .filter((column) => column !== "account_id")
    .map((column) => column.replaceAll(/\W+/g, "_").replaceAll(/^_|_$/g, ""));
  return `${table}_by_${of.join("_")}${columns[0] === "account_id" ? "" : "_all"}`;
}

/** A column, or an expression as it is. */
function columnOf(column: string): RawBuilder<unknown> {
  return /^\w+$/.test(column) ? sql.ref(column) : sql`(${sql.raw(column)})`;
}

/** What the database says to whoever would change or remove a row of a record of who did what. */
const REFUSAL = "is a record of who did what: rows are only added to it";

/** Lets the database itself refuse to change or remove rows: a grant binds a role, this binds everybody until the trigger is gone. */
async function onlyAddedTo(db: Kysely<unknown>, dialect: DialectName, name: string): Promise<void> {
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(db);
  if (dialect === "sqlite") {
    for (const change of ["update", "delete"])
      await run(`create trigger ${name}_no_${change} before ${change} on ${name}
        begin select raise(abort, '${name} ${REFUSAL}'); end`);
    return;
  }
  await run(`create or replace function apay_only_added_to() returns trigger language plpgsql as $body$
    begin raise exception '% ${REFUSAL}', tg_table_name using errcode = 'restrict_violation'; end $body$`);
  await run(`create trigger ${name}_only_added before update or delete on ${name}
    for each row execute function apay_only_added_to()`);
  await run(`create trigger ${name}_not_emptied before truncate on ${name}
    for each statement execute function apay_only_added_to()`);
}

/**
 * Creates a table, the same on both databases.
 *
 * SQLite numbers rows by an `integer primary key` only, so a table with an `id` column has that as its key there;
 * PostgreSQL keeps the key that leads with the account, which partitions need.
 */
export async function createTable(
  db: Kysely<unknown>,
  dialect: DialectName,
  name: string,
  shape: TableShape,
): Promise<void> {
  const numbered = Object.values(shape.columns).includes("id");
  let table = db.schema.createTable(name);
  for (const [column, given] of Object.entries(shape.columns)) {
    const kind = kindOf(given);
    table = table.addColumn(column, TYPES[dialect][kind], (build) => {
      if (kind === "id") {
        return dialect === "sqlite"
          ? build.primaryKey().autoIncrement()
          : build.generatedByDefaultAsIdentity().notNull();
      }
      if (typeof given === "string" && given.endsWith("?")) return build;
      return typeof given === "string" && given.endsWith("=0") ? build.notNull().defaultTo(0) : build.notNull();
    });
  }
  if (dialect === "postgres" || !numbered)
    table = table.addPrimaryKeyConstraint(`${name}_key`, [...shape.key] as never[]);
  for (const columns of shape.unique ?? []) {
    table = table.addUniqueConstraint(`${name}_${columns.at(-1)}_unique`, [...columns] as never[]);
  }
  if (dialect === "sqlite") table = table.modifyEnd(numbered ? sql`strict` : sql`strict, without rowid`);
  await table.execute();
  for (const given of shape.indexes ?? []) {
    const { where, whereIn } = given;
    const index = db.schema
      .createIndex(indexName(name, given))
      .on(name)
      .expression(sql.join(inOrder(dialect, given, shape).map(columnOf)));
    if (whereIn === undefined) {
      await (where === undefined ? index : index.where(sql.ref(where), "is not", null)).execute();
    } else {
      const [column, values] = whereIn;
      const literals = values.map((value) => sql.lit(value));
      const [only, ...others] = literals;
      // SQLite takes such an index only for a query that says the same in the same words: of one value, that it is equal.
      const condition =
        others.length === 0
          ? sql<boolean>`${sql.ref(column)} = ${only}`
          : sql<boolean>`${sql.ref(column)} in (${sql.join(literals)})`;
      await index.where(condition).execute();
    }
  }
  if (shape.insertOnly === true) await onlyAddedTo(db, dialect, name);
}
