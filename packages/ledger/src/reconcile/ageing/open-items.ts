import { type RawBuilder, sql } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import type { Step } from "../step/step.ts";

/** States of a record in which its money moves: captured, paid, refunded. A record without a state counts as done. */
export const MOVING = ["captured", "completed", "paid", "refunded", "partially-refunded", "settled"];

/** States of a record in which no money has moved, or none any more. */
export const NOT_DONE = ["authorized", "pending", "canceled", "declined"] as const;

const COLUMNS = sql`account_id, counterpart, counterpart_id, kind, transaction_id, amount_minor, currency, occurred_at, subject`;

/**
 * What a record is about, in words that are the same in every store and whichever file brought it. A record and a report
 * row about the same object are about the same thing.
 */
const RECORD_SUBJECT = sql`c.kind || ':' || coalesce(c.transaction_id, 'reference ' || c.reference_id,
  'order ' || c.order_id, 'permission ' || c.permission_id, 'record')
  || case when c.transaction_id is not null then '' else ':' || c.amount_minor || c.currency || ':' || c.occurred_at end`;

/** Opens an item for each record of some imports that is done and has no pair. */
export async function openRecords(step: Step, importIds: readonly number[]): Promise<void> {
  await inChunks(importIds, async (some) => {
    await openWhere(step, sql`c.import_id in (${sql.join(some)})`);
    return [];
  });
}

/** The same for the records of a currency between two times, the second not included. */
export async function openRecordsBetween(step: Step, currency: string, from: number, to: number): Promise<void> {
  await openWhere(step, sql`c.currency = ${currency} and c.occurred_at >= ${from} and c.occurred_at < ${to}`);
}

/** The same for some records, where their pairs have just been made anew. */
export async function openRecordsById(step: Step, recordIds: readonly number[]): Promise<void> {
  await inChunks(recordIds, async (some) => {
    await openWhere(step, sql`c.record_id in (${sql.join(some)})`);
    return [];
  });
}

async function openWhere(step: Step, condition: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into open_item (${COLUMNS})
    select c.account_id, 'record', cast(c.record_id as text), c.kind, c.transaction_id, c.amount_minor, c.currency,
      c.occurred_at, ${RECORD_SUBJECT}
    from record c
    where c.account_id = ${step.accountId} and ${condition}
      and (c.status is null or c.status in (${sql.join(MOVING)}))
      and not exists (select 1 from row_match m where m.account_id = c.account_id and m.counterpart = 'record'
        and m.counterpart_id = cast(c.record_id as text))
    on conflict do nothing
  `.execute(step.db);
}

/**
 * Opens an item for each capture and refund that some transaction reports call completed and that no settlement has.
 * A report has a row for every state of an object; what a buyer or the bank took back is a chargeback, not a refund.
 * The ids stand in `coalesce`, or SQLite walks through the index of all ids there are to have them in order.
 */
export async function openReported(step: Step, fileIds: readonly number[]): Promise<void> {
  await inChunks(fileIds, async (some) => {
    await openReportedWhere(step, sql`t.file_id in (${sql.join(some)})`);
    return [];
  });
}

/** The same for what the reports tell of a currency between two times, the second not included. */
export async function openReportedBetween(step: Step, currency: string, from: number, to: number): Promise<void> {
  const at = sql`coalesce(t.updated_at, t.created_at, 0)`;
  await openReportedWhere(step, sql`t.currency = ${currency} and ${at} >= ${from} and ${at} < ${to}`);
}

async function openReportedWhere(step: Step, condition: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into open_item (${COLUMNS})
    select t.account_id, 'transaction-report', min(t.object_id),
      min(case when t.kind = 'capture' then 'charge' else t.kind end), min(t.object_id), max(t.amount_minor), min(t.currency), min(coalesce(t.updated_at, t.created_at, 0)),
      min(case when t.kind = 'capture' then 'charge' else t.kind end) || ':' || min(t.object_id)
    from transaction_row t
    where t.account_id = ${step.accountId} and ${condition} and t.kind in ('capture', 'refund')
      and t.status = 'Completed' and coalesce(t.object_id, '') <> '' and t.amount_minor is not null and t.currency is not null
      and (t.kind = 'capture' or t.type is null or t.type = 'SellerInitiated')
      and not exists (select 1 from settlement_row r where r.account_id = t.account_id
        and r.transaction_id = t.object_id and r.type_key = t.kind)
    group by t.account_id, coalesce(t.object_id, '')
    on conflict do nothing
  `.execute(step.db);
}

/** Closes the items of some records, which are looked at anew. */
export async function closeRecords(step: Step, recordIds: readonly number[]): Promise<void> {
  await inChunks(recordIds.map(String), (some) =>
    step.db
      .deleteFrom("open_item")
      .where("account_id", "=", step.accountId)
      .where("counterpart", "=", "record")
      .where("counterpart_id", "in", [...some])
      .execute(),
  );
}

/** Closes the items that a settlement has by now, and those of reports that a record is about too. */
export async function closeSettled(step: Step): Promise<void> {
  await sql`
    delete from open_item where account_id = ${step.accountId} and counterpart = 'record'
      and exists (select 1 from row_match m where m.account_id = open_item.account_id and m.counterpart = 'record'
        and m.counterpart_id = open_item.counterpart_id)
  `.execute(step.db);
  await sql`
    delete from open_item where account_id = ${step.accountId} and counterpart = 'transaction-report'
      and exists (select 1 from settlement_row r where r.account_id = open_item.account_id
        and r.transaction_id = open_item.counterpart_id and r.type_key in ('capture', 'refund'))
  `.execute(step.db);
  await sql`
    delete from open_item where account_id = ${step.accountId} and counterpart = 'transaction-report'
      and exists (select 1 from open_item o where o.account_id = open_item.account_id and o.counterpart = 'record'
        and o.subject = open_item.subject)
  `.execute(step.db);
}
