import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import { MOVING } from "../ageing/open-items.ts";
import { BOOKED_REASONS } from "../exceptions/reasons.ts";

/** An own record whose money was in no settlement row at a moment. */
export interface UnsettledRecord {
  readonly kind: "charge" | "refund";
  readonly currency: string;
  /** Positive for both kinds. */
  readonly minor: bigint;
  readonly occurredAt: number;
  readonly orderId: string | null;
  readonly referenceId: string | null;
  readonly transactionId: string | null;
  /** File and line that brought it. */
  readonly fileName: string | null;
  readonly line: number | null;
}

/** Of which accounts, and when. */
interface Asked {
  readonly accountIds: readonly string[];
  readonly before: number;
}

/**
 * That a record `c` was captured or refunded, that no settlement row that was posted before a moment is its pair, and that nobody
 * had written it off by then: what was booked on another account is due no more.
 */
export function unsettledBefore({ accountIds, before }: Asked): RawBuilder<boolean> {
  return sql<boolean>`c.account_id in (${sql.join(accountIds)}) and c.occurred_at < ${before}
    and (c.status is null or c.status in (${sql.join(MOVING)}))
    and c.occurred_at >= (select coalesce(min(s.start_at), 0) from settlement s
      where s.account_id = c.account_id and s.currency = c.currency)
    and not exists (select 1 from row_match m join settlement_row r
        on r.account_id = m.account_id and r.file_id = m.file_id and r.line = m.line
      where m.account_id = c.account_id and m.counterpart = 'record'
        and m.counterpart_id = cast(c.record_id as text) and r.posted_at < ${before})
    and not exists (select 1 from exception e join exception_event v
        on v.account_id = e.account_id and v.exception_id = e.exception_id
      where e.account_id = c.account_id and e.record_id = c.record_id
        and e.code in ('capture.unsettled', 'refund.unsettled')
        and v.reason in (${sql.join([...BOOKED_REASONS])}) and v.at < ${before}
        and not exists (select 1 from exception_event w where w.account_id = v.account_id
          and w.exception_id = v.exception_id and w.event_id > v.event_id and w.at < ${before}))`;
}

/** The records that were unsettled at a moment, in currencies that settlements have. */
export async function unsettledRecords(db: Kysely<Schema>, asked: Asked): Promise<readonly UnsettledRecord[]> {
  const { rows } = await sql<Omit<UnsettledRecord, "minor"> & { readonly minor: bigint | string }>`
    select c.kind, c.currency, c.amount_minor as minor, c.occurred_at as "occurredAt", c.order_id as "orderId",
      c.reference_id as "referenceId", c.transaction_id as "transactionId", i.file_name as "fileName", c.line
    from record c left join import i on i.account_id = c.account_id and i.import_id = c.import_id
    where ${unsettledBefore(asked)}
      and exists (select 1 from settlement s where s.account_id = c.account_id and s.currency = c.currency)
    order by c.occurred_at, c.record_id
  `.execute(db);
  return rows.map((row) => ({ ...row, minor: BigInt(row.minor), occurredAt: Number(row.occurredAt) }));
}
