import { type ColumnDataType, type Kysely, sql } from "kysely";

/** The databases that the ledger knows. */
export type DialectName = "sqlite" | "postgres";

/**
 * Kind of a column: `id` is made by the database, `ref` points to one; `money` and `instant` are 64 bits wide, `count`
 * an ordinary integer. A `?` lets it be empty.
 */
export type ColumnKind = "id" | "ref" | "text" | "money" | "instant" | "count";

/** One table as a migration writes it down. Columns stand in the order of the file. */
export interface TableShape {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnKind | `${ColumnKind}?`>>;
  /** Columns of the primary key. */
  readonly key: readonly string[];
  /** Further unique keys. */
  readonly unique?: readonly (readonly string[])[];
  /** Indexes for look-ups; `where` names a column that must not be empty, to keep the index small. */
  readonly indexes?: readonly { readonly columns: readonly string[]; readonly where?: string }[];
}

const TYPES: Readonly<Record<DialectName, Readonly<Record<ColumnKind, ColumnDataType>>>> = {
  sqlite: { id: "integer", ref: "integer", text: "text", money: "integer", instant: "integer", count: "integer" },
  postgres: { id: "bigint", ref: "bigint", text: "text", money: "bigint", instant: "bigint", count: "integer" },
};

/**
 * Creates a table, the same on both databases.
 *
 * SQLite numbers rows by an `integer primary key` only, so a table with an `id` column has that as its key there;
 * PostgreSQL keeps the key that leads with the account, which partitions need.
 */
export async function createTable(db: Kysely<unknown>, dialect: DialectName, shape: TableShape): Promise<void> {
  const numbered = Object.values(shape.columns).includes("id");
  let table = db.schema.createTable(shape.name);
  for (const [column, kind] of Object.entries(shape.columns)) {
    const base = kind.replace("?", "") as ColumnKind;
    table = table.addColumn(column, TYPES[dialect][base], (build) => {
      if (base !== "id") return kind.endsWith("?") ? build : build.notNull();
      return dialect === "sqlite" ? build.primaryKey().autoIncrement() : build.generatedByDefaultAsIdentity().notNull();
    });
  }
  if (dialect === "postgres" || !numbered)
    table = table.addPrimaryKeyConstraint(`${shape.name}_key`, [...shape.key] as never[]);
  for (const columns of shape.unique ?? []) {
    table = table.addUniqueConstraint(`${shape.name}_${columns.at(-1)}_unique`, [...columns] as never[]);
  }
  if (dialect === "sqlite") table = table.modifyEnd(numbered ? sql`strict` : sql`strict, without rowid`);
  await table.execute();
  for (const { columns, where } of shape.indexes ?? []) {
    const name = `${shape.name}_by_${columns.filter((column) => column !== "account_id").join("_")}`;
    const index = db.schema
      .createIndex(name)
      .on(shape.name)
      .columns([...columns]);
    await (where === undefined ? index : index.where(sql.ref(where), "is not", null)).execute();
  }
}
