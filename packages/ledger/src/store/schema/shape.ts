import type { Generated } from "kysely";

/** The databases that the ledger knows. */
export type DialectName = "sqlite" | "postgres";

/**
 * Kind of a column: `id` is made by the database, `ref` points to one; `money` (minor units), `instant` (milliseconds) and
 * `int64` are 64 bits wide, `count` an ordinary integer.
 */
export type ColumnKind = "id" | "ref" | "text" | "money" | "instant" | "int64" | "count";

/**
 * A column: its kind, `text?` where it may be empty, `money=0` where what is not given is 0. A list of texts is a text that
 * is one of them.
 */
export type ColumnShape = ColumnKind | `${ColumnKind}?` | `${ColumnKind}=0` | readonly string[];

/**
 * An index for look-ups. To keep it small, `where` names a column that must not be empty, and `whereIn` a column and the only
 * values of it that are looked for. A column may be an expression, `coalesce(end_at, 0)`, for lists that are sorted by it.
 */
export interface IndexShape {
  readonly columns: readonly string[];
  readonly where?: string;
  readonly whereIn?: readonly [column: string, values: readonly string[]];
}

/** One table. The migration, the types of queries and the columns of the bulk loader follow from it. */
export interface TableShape {
  /** In the order in which rows are written. */
  readonly columns: Readonly<Record<string, ColumnShape>>;
  /** Columns of the primary key. */
  readonly key: readonly string[];
  /** Further unique keys. */
  readonly unique?: readonly (readonly string[])[];
  readonly indexes?: readonly IndexShape[];
  /** A record of who did what: the database refuses to change or to remove a row, whoever asks. Default `false`. */
  readonly insertOnly?: boolean;
}

type Kind<K> = K extends "id" ? Generated<number> : K extends "text" ? string : K extends "money" ? bigint : number;

type Column<K> = K extends readonly (infer Value)[]
  ? Value
  : K extends `${infer Base}?`
    ? Kind<Base> | null
    : K extends `${infer Base}=0`
      ? Generated<Kind<Base>>
      : Kind<K>;

/** The columns of a shape as Kysely has them in queries: money is a `bigint`, every other number a `number`. */
export type Table<Shape extends TableShape> = {
  -readonly [Name in keyof Shape["columns"]]: Column<Shape["columns"][Name]>;
};
