/** Where the rows are kept: SQLite or PostgreSQL behind one port. */
export { StoreError, type StoreErrorCode } from "./errors.ts";
export { schemaState } from "./migrations/index.ts";
export type { LedgerMigration, SchemaState } from "./migrations/versions.ts";
export { mayBeTried } from "./next-attempt.ts";
export { connect, CONNECTION } from "./postgres/database.ts";
export { openPostgresStore, type PostgresStoreOptions } from "./postgres/open.ts";
export {
  distribute,
  DISTRIBUTION,
  type Distributed,
  type Distribution,
  distributeScript,
  isDistributed,
  SHARDS,
} from "./postgres/distribute.ts";
export { PARTITIONS, partitionsScript } from "./postgres/partitions.ts";
export { JOB_SCHEMA, rolesScript } from "./postgres/roles.ts";
export type { Schema } from "./schema/index.ts";
export type { HookTable, OutboxTable } from "./schema/outbox.ts";
export type { ReportState, ReportTable } from "./schema/reports.ts";
export { openSqliteStore } from "./sqlite/open.ts";
export { storeDamage } from "./store-damage.ts";
export type { Store } from "./store.ts";
