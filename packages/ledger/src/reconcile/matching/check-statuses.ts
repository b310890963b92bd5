import { formatAmount } from "@amazon-pay-kit/money";
import { type RawBuilder, sql } from "kysely";
import { chunks } from "../../store/chunks.ts";
import { message } from "../../rules/index.ts";
import { matchStatus } from "../../rules/match-status.ts";
import { MOVING, NOT_DONE } from "../ageing/open-items.ts";
import { LIVE } from "../exceptions/status.ts";
import type { Finding } from "../finding.ts";
import { subject } from "../subject.ts";
import type { Step } from "../step/step.ts";
import { inChunks } from "../../store/chunks.ts";
import type { Place } from "./settle-component.ts";

interface DoubtfulRow extends Place {
  readonly contentHash: string;
  readonly settlementId: string;
  readonly transactionId: string | null;
  readonly permissionId: string | null;
  readonly typeKey: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly orderId: string | null;
  readonly referenceId: string | null;
  readonly status: string;
  readonly rule: string;
  readonly recordLine: number | null;
  readonly fileName: string | null;
}

/** Types that give money back to the buyer, and their reversals, which take it again. */
const GIVING_BACK = ["refund", "chargeback", "a-to-z-guarantee-claim"];

/**
 * Settled rows that a condition on `r` selects, and whose records all say that nothing moved.
 *
 * A charge that has been given back wholly is in order: the shop canceled the order, and its money went back.
 */
export async function contradicted(step: Step, condition: RawBuilder<unknown>): Promise<Finding[]> {
  const { rows } = await sql<DoubtfulRow>`
    select r.file_id as "fileId", r.line, f.content_hash as "contentHash", s.settlement_id as "settlementId",
      r.transaction_id as "transactionId", r.permission_id as "permissionId", r.type_key as "typeKey", r.currency,
      r.amount_minor as "amountMinor", coalesce(c.order_id, r.order_id) as "orderId",
      coalesce(c.reference_id, c.transaction_id, r.transaction_id) as "referenceId", c.status, m.rule,
      c.line as "recordLine", i.file_name as "fileName"
    from settlement_row r
    join file f on f.account_id = r.account_id and f.file_id = r.file_id
    join settlement_file s on s.account_id = r.account_id and s.file_id = r.file_id
    join row_match m on m.account_id = r.account_id and m.file_id = r.file_id and m.line = r.line
      and m.counterpart = 'record'
    join record c on c.account_id = m.account_id and c.record_id = cast(m.counterpart_id as bigint)
    left join import i on i.account_id = c.account_id and i.import_id = c.import_id
    where r.account_id = ${step.accountId} and ${condition} and r.type_key in ('capture', 'refund')
      and c.status in (${sql.join([...NOT_DONE])})
      and not exists (select 1 from row_match o
        join record d on d.account_id = o.account_id and d.record_id = cast(o.counterpart_id as bigint)
        where o.account_id = r.account_id and o.file_id = r.file_id and o.line = r.line and o.counterpart = 'record'
          and (d.status is null or d.status in (${sql.join([...MOVING])})))
    order by r.file_id, r.line, c.record_id
  `.execute(step.db);
  if (rows.length === 0) return [];
  const kept = await keptMoney(step, rows);
  return rows.flatMap((row): Finding[] => {
    const refund = row.typeKey === "refund";
    if (!refund && kept.get(`${row.permissionId} ${row.currency}`) === false) return [];
    const name = row.orderId ?? row.referenceId ?? "";
    const values = { name, status: row.status, amount: formatAmount(row.amountMinor, row.currency) };
    const { rule, fileName, recordLine } = row;
    return [
      {
        code: matchStatus.code,
        subject: subject.row(row.contentHash, row.line),
        settlementId: row.settlementId,
        transactionId: row.transactionId,
        fileId: row.fileId,
        line: row.line,
        amount: row.amountMinor,
        currency: row.currency,
        messages: [
          ...message(refund ? "match.status.refund" : "match.status.charge", values),
          ...(fileName === null || recordLine === null
            ? message("match.status.program", { rule })
            : message("match.status.place", { file: fileName, line: String(recordLine), rule })),
        ],
      },
    ];
  });
}

/** Whether anything is left of what was captured for an order, by permission and currency. */
async function keptMoney(step: Step, rows: readonly DoubtfulRow[]): Promise<ReadonlyMap<string, boolean>> {
  const orders = new Set(rows.map((row) => row.permissionId).filter((id) => id !== null && id !== ""));
  const sums = await inChunks(orders, async (some) => {
    const { rows: found } = await sql<{ permissionId: string; currency: string; kept: number }>`
      select permission_id as "permissionId", currency, case when sum(amount_minor) > 0 then 1 else 0 end as kept
      from settlement_row
      where account_id = ${step.accountId} and permission_id in (${sql.join(some)})
        and type_key in ('capture', ${sql.join(GIVING_BACK)})
      group by permission_id, currency
    `.execute(step.db);
    return found;
  });
  return new Map(sums.map((one) => [`${one.permissionId} ${one.currency}`, Number(one.kept) === 1]));
}

/**
 * Rows that have to be judged again although neither they nor their pairs are new: those that contradict a record so far,
 * since a refund may have given the money back, and those of records that say that nothing moved.
 */
export async function contradictedPlaces(step: Step, importIds: readonly number[]): Promise<readonly Place[]> {
  const { rows } = await sql<Place>`
    select file_id as "fileId", line from exception
    where account_id = ${step.accountId} and code = ${matchStatus.code} and status in (${sql.join([...LIVE])})
      and file_id is not null and line is not null
  `.execute(step.db);
  const places = [...rows];
  for (const some of chunks(importIds)) {
    const found = await sql<Place>`
      select m.file_id as "fileId", m.line from record c
      join row_match m on m.account_id = c.account_id and m.counterpart = 'record'
        and m.counterpart_id = cast(c.record_id as text)
      where c.account_id = ${step.accountId} and c.import_id in (${sql.join(some)})
        and c.status in (${sql.join([...NOT_DONE])})
    `.execute(step.db);
    places.push(...found.rows);
  }
  return places;
}
