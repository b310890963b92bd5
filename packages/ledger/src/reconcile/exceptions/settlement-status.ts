import { type Kysely, sql } from "kysely";
import type { Schema } from "../../store/schema/index.ts";

/**
 * Brings the status of an account's settlements in line with its exceptions: a settlement is balanced when none of its
 * exceptions stands open.
 */
export async function settleStatus(db: Kysely<Schema>, accountId: string): Promise<void> {
  const standing = sql`select settlement_id from exception
    where account_id = ${accountId} and status in ('open', 'reopened') and settlement_id is not null`;
  await sql`
    update settlement set status = 'exceptions'
    where account_id = ${accountId} and status <> 'exceptions' and settlement_id in (${standing})
  `.execute(db);
  await sql`
    update settlement set status = 'balanced'
    where account_id = ${accountId} and status <> 'balanced' and settlement_id not in (${standing})
  `.execute(db);
}
