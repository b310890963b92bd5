import { type DialectAdapter, PostgresAdapter, PostgresDialect } from "kysely";

/**
 * Takes no lock for migrations and opens no transaction for them: `migrateStore` does both. Kysely's own lock is one of the session. Behind
 * a pooler in transaction mode it is let go of on another connection than the one that holds it, which then keeps it for ever.
 */
class UnlockedAdapter extends PostgresAdapter {
  override get supportsTransactionalDdl(): boolean {
    return false;
  }
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

/** PostgreSQL, directly or behind a pooler in transaction mode: nothing is kept on a connection from one transaction to the next. */
export class PooledPostgresDialect extends PostgresDialect {
  override createAdapter(): DialectAdapter {
    return new UnlockedAdapter();
  }
}
