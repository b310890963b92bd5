import { sql } from "kysely";
import { groupBy } from "@amazon-pay-kit/backports";
import { inChunks } from "../../store/chunks.ts";
import { placeAt, placeOf } from "../matching/component.ts";
import { MOVING } from "../ageing/open-items.ts";
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
  /** The merchant's own order number. */
  readonly orderId: string | null;
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
  r.order_id as "orderId", r.posted_at as "postedAt", r.currency, r.amount_minor as "amountMinor",
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

/**
 * An order with one capture that its refunds do not exceed is in order, however its refunds are shared out: no row of it has to
 * be taken out of the database.
 */
const IN_ORDER = sql`(select case when count(case when o.type_key = 'capture' then 1 end) = 1
    and min(o.currency) = max(o.currency) and sum(o.amount_minor) >= 0 then 1 else 0 end
  from settlement_row o where o.account_id = r.account_id and o.permission_id = r.permission_id
    and o.type_key in ('capture', 'refund')) = 1`;

/**
 * The refunds of some files that are not in order at first sight, and all of some orders.
 *
 * @param orders orders some rows of which do not count, so that a sum over all of them says nothing
 */
export async function doubtfulRefunds(
  step: Step,
  fileIds: readonly number[],
  orders: ReadonlySet<string>,
): Promise<readonly FamilyRow[]> {
  const refunds = sql`${FROM} where r.account_id = ${step.accountId} and r.type_key = 'refund'`;
  const doubtful = await inChunks(fileIds, async (some) => {
    const { rows } = await sql<FamilyRow>`select ${COLUMNS} ${refunds} and r.file_id in (${sql.join(some)})
      and (r.transaction_id is null or r.permission_id is null or not ${IN_ORDER})`.execute(step.db);
    return rows;
  });
  const files = new Set(fileIds);
  const unsure = await inChunks(orders, async (some) => {
    const { rows } = await sql<FamilyRow>`select ${COLUMNS} ${refunds}
      and r.permission_id in (${sql.join(some)})`.execute(step.db);
    return rows.filter((row) => files.has(row.fileId));
  });
  return [...new Map([...doubtful, ...unsure].map((row) => [placeOf(row), row])).values()];
}

/** The orders that some places belong to. */
export async function ordersAt(step: Step, places: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const lines = groupBy([...places].map(placeAt), ({ fileId }) => fileId);
  const orders = new Set<string>();
  for (const [fileId, some] of lines) {
    const found = await inChunks(
      some.map(({ line }) => line),
      (numbers) =>
        step.db
          .selectFrom("settlement_row")
          .select("permission_id as id")
          .where("account_id", "=", step.accountId)
          .where("file_id", "=", fileId)
          .where("line", "in", [...numbers])
          .where("permission_id", "is not", null)
          .execute(),
    );
    for (const { id } of found) if (id !== null) orders.add(id);
  }
  return orders;
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

/**
 * Own charges of some order numbers: exports of many shops name nothing else. A refund belongs to one only where it could be
 * of its amount.
 */
export async function chargesOfOrders(
  step: Step,
  orderIds: Iterable<string>,
): Promise<readonly { readonly orderId: string; readonly currency: string; readonly amountMinor: bigint }[]> {
  return inChunks(new Set(orderIds), async (some) => {
    const { rows } = await sql<{ orderId: string; currency: string; amountMinor: bigint }>`
      select order_id as "orderId", currency, amount_minor as "amountMinor" from record
      where account_id = ${step.accountId} and order_id in (${sql.join(some)}) and kind = 'charge'
        and (status is null or status in (${sql.join(MOVING)}))
    `.execute(step.db);
    return rows;
  });
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
