import { type Kysely, sql } from "kysely";
import type { Schema } from "../../store/schema/index.ts";

/**
 * Brings the status of an account's settlements in line with its exceptions: a settlement has exceptions while any of its
 * own stands open; it is explained when people have explained all that there are, and balanced when there are none.
 */
export async function settleStatus(db: Kysely<Schema>, accountId: string): Promise<void> {
  const of = (...statuses: readonly string[]) => sql`select settlement_id from exception
    where account_id = ${accountId} and status in (${sql.join(statuses)}) and settlement_id is not null`;
  await sql`
    update settlement set status = case
      when settlement_id in (${of("open", "reopened")}) then 'exceptions'
      when settlement_id in (${of("explained")}) then 'explained'
      else 'balanced' end
    where account_id = ${accountId} and status <> case
      when settlement_id in (${of("open", "reopened")}) then 'exceptions'
      when settlement_id in (${of("explained")}) then 'explained'
      else 'balanced' end
  `.execute(db);
}
