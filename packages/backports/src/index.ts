/** What newer versions of Node have and Node 20 lacks: goes when the floor rises (decisions/0052-what-waits-for-node-22.md). */
export { makeFolders, makeFoldersSync } from "./folders.ts";
export { groupBy } from "./group-by.ts";
export { loadSqlite, type SqliteDatabase, type SqliteModule, type SqliteStatement } from "./sqlite.ts";
