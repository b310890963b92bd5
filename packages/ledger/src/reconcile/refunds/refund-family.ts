import { sql } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import type { Step } from "../step/step.ts";

/** A refund row, or the capture rows and records of the order that it belongs to. */
export interface FamilyRow {
  readonly fileId: number;
  readonly line: number;
  readonly contentHash: string;
  readonly settlementId: string;
  readonly transactionId: string | null;
  readonly typeKey: string;
  readonly permissionId: string | null;
  readonly postedAt: number;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** Charge of a refund, as the refund report or the merchant's own records have it. */
  readonly parentId: string | null;
}

const PARENT = sql`coalesce(
  (select min(t.parent_id) from transaction_row t
    where t.account_id = r.account_id and t.object_id = r.transaction_id and t.kind = 'refund'),
  (select min(c.parent_transaction_id) from record c
    where c.account_id = r.account_id and c.transaction_id = r.transaction_id and c.kind = 'refund'))`;

const COLUMNS = sql`r.file_id as "fileId", r.line, f.content_hash as "contentHash", s.settlement_id as "settlementId",
  r.transaction_id as "transactionId", r.type_key as "typeKey", r.permission_id as "permissionId",
  r.posted_at as "postedAt", r.currency, r.amount_minor as "amountMinor",
  case when r.type_key = 'refund' then ${PARENT} end as "parentId"`;

const FROM = sql`from settlement_row r
  join file f on f.account_id = r.account_id and f.file_id = r.file_id
  join settlement_file s on s.account_id = r.account_id and s.file_id = r.file_id`;

/** The captures and refunds of some orders. */
export async function rowsOfOrders(step: Step, permissionIds: Iterable<string>): Promise<readonly FamilyRow[]> {
  return inChunks(new Set(permissionIds), async (some) => {
    const { rows } = await sql<FamilyRow>`select ${COLUMNS} ${FROM} where r.account_id = ${step.accountId}
      and r.permission_id in (${sql.join(some)}) and r.type_key in ('capture', 'refund')`.execute(step.db);
    return rows;
  });
}

/** Captures and refunds by their own ids. */
export async function rowsByTransaction(step: Step, ids: Iterable<string>): Promise<readonly FamilyRow[]> {
  return inChunks(new Set(ids), async (some) => {
    const { rows } = await sql<FamilyRow>`select ${COLUMNS} ${FROM} where r.account_id = ${step.accountId}
      and r.transaction_id in (${sql.join(some)}) and r.type_key in ('capture', 'refund')`.execute(step.db);
    return rows;
  });
}

/** The refunds of some files. */
export async function refundsOfFiles(step: Step, fileIds: readonly number[]): Promise<readonly FamilyRow[]> {
  return inChunks(fileIds, async (some) => {
    const { rows } = await sql<FamilyRow>`select ${COLUMNS} ${FROM} where r.account_id = ${step.accountId}
      and r.file_id in (${sql.join(some)}) and r.type_key = 'refund'`.execute(step.db);
    return rows;
  });
}

/** Which of some charges the merchant's own records or a transaction report know. */
export async function knownCharges(step: Step, ids: Iterable<string>): Promise<ReadonlySet<string>> {
  const known = await inChunks(new Set(ids), async (some) => {
    const list = sql.join(some);
    const { rows } = await sql<{ id: string }>`
      select transaction_id as id from record where account_id = ${step.accountId} and transaction_id in (${list})
        and kind = 'charge'
      union select object_id as id from transaction_row where account_id = ${step.accountId} and object_id in (${list})
        and kind = 'capture'
    `.execute(step.db);
    return rows;
  });
  return new Set(known.map((row) => row.id));
}

/** Which of some orders the merchant's own records have a charge of. */
export async function knownOrders(step: Step, permissionIds: Iterable<string>): Promise<ReadonlySet<string>> {
  const known = await inChunks(new Set(permissionIds), async (some) => {
    const { rows } = await sql<{ id: string }>`
      select permission_id as id from record where account_id = ${step.accountId}
        and permission_id in (${sql.join(some)}) and kind = 'charge'
    `.execute(step.db);
    return rows;
  });
  return new Set(known.map((row) => row.id));
}
