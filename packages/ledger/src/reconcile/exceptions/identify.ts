import { sql } from "kysely";
import { captureUnsettled } from "../../rules/capture-unsettled.ts";
import { refundUnsettled } from "../../rules/refund-unsettled.ts";
import { LIVE } from "./status.ts";
import type { Finder } from "./replace-findings.ts";

/**
 * Notes on every exception what a person finds the payment by: the own record that it is about, the order number and the
 * reference, from that record or else from the row of the report.
 */
export async function identifyExceptions({ db, accountId }: Finder): Promise<void> {
  const live = sql`account_id = ${accountId} and status in (${sql.join([...LIVE])})`;
  const ofRow = (column: "order_id" | "reference_id") => sql`(select r.${sql.ref(column)} from settlement_row r
    where r.account_id = exception.account_id and r.file_id = exception.file_id and r.line = exception.line)`;
  const record = sql`coalesce(
    (select min(cast(m.counterpart_id as bigint)) from row_match m
      where m.account_id = exception.account_id and m.file_id = exception.file_id and m.line = exception.line
        and m.counterpart = 'record'),
    (select min(c.record_id) from record c
      where c.account_id = exception.account_id and c.transaction_id = exception.transaction_id))`;
  await sql`update exception set record_id = ${record} where ${live} and (file_id is not null or transaction_id is not null)`.execute(
    db,
  );
  const { rows } = await sql<{ id: string; recordId: number }>`
    select e.exception_id as id, min(cast(o.counterpart_id as bigint)) as "recordId" from exception e
    join open_item o on o.account_id = e.account_id and o.subject = e.subject and o.counterpart = 'record'
    where e.account_id = ${accountId} and e.status in (${sql.join([...LIVE])})
      and e.code in (${captureUnsettled.code}, ${refundUnsettled.code})
    group by e.exception_id
  `.execute(db);
  for (const { id, recordId } of rows) {
    await sql`update exception set record_id = ${recordId} where account_id = ${accountId} and exception_id = ${id}
      and record_id is distinct from ${recordId}`.execute(db);
  }
  const own = (column: "order_id" | "reference_id") => sql`(select c.${sql.ref(column)} from record c
    where c.account_id = exception.account_id and c.record_id = exception.record_id)`;
  await sql`update exception set order_id = coalesce(${own("order_id")}, ${ofRow("order_id")}),
    reference_id = coalesce(${own("reference_id")}, ${ofRow("reference_id")}) where ${live}
    and (record_id is not null or file_id is not null)`.execute(db);
}
