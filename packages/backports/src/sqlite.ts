/** What the kit uses of a prepared statement of the `node:sqlite` API. */
export interface SqliteStatement {
  run(...parameters: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  all(...parameters: unknown[]): Record<string, unknown>[];
  get(...parameters: unknown[]): Record<string, unknown> | undefined;
  iterate(...parameters: unknown[]): IterableIterator<Record<string, unknown>>;
  setReadBigInts(enabled: boolean): void;
  setReturnArrays(enabled: boolean): void;
}

/** What the kit uses of a database of the `node:sqlite` API. */
export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

/** The module itself. */
export interface SqliteModule {
  readonly DatabaseSync: new (location: string, options?: { readonly readOnly?: boolean }) => SqliteDatabase;
}

let chosen: Promise<SqliteModule> | undefined;

/**
 * The `node:sqlite` API: Node's own where it is built in (from 22.13), else the same API from `@photostructure/sqlite`,
 * whose binaries come inside its npm package, so that nothing is compiled on any Node that the kit supports.
 *
 * @example const { DatabaseSync } = await loadSqlite();
 */
export function loadSqlite(): Promise<SqliteModule> {
  chosen ??= (async () => {
    const builtIn = process.getBuiltinModule("node:sqlite" as "sqlite") as SqliteModule | undefined;
    return builtIn ?? ((await import("@photostructure/sqlite")) as unknown as SqliteModule);
  })();
  return chosen;
}
