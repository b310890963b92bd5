import { formatAmount } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import type { OutboxEvent } from "../../outbox/append-event.ts";
import type { Announcing } from "./announce.ts";

interface Changed {
  readonly id: string;
  readonly code: string;
  readonly severity: string;
  readonly status: string;
  readonly reason: string | null;
  readonly cause: string | null;
  readonly settlementId: string | null;
  readonly transactionId: string | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly told: string | null;
}

const STATE = sql`case when status in ('open', 'reopened') then 'open' else 'closed' end`;

/** Exceptions that stand open or are settled, and of which receivers believe something else. */
export async function exceptionEvents({
  db,
  accountId,
  dialect,
  exceptionId,
}: Announcing): Promise<readonly OutboxEvent[]> {
  const only = exceptionId === undefined ? sql`` : sql` and exception_id = ${exceptionId}`;
  const changed = sql`account_id = ${accountId} and coalesce(told, '') <> ${STATE}${only}`;
  // Locked, so that what somebody explains at this moment is told by one of the two, as it is in the end.
  const locked = dialect === "postgres" ? sql` for update` : sql``;
  const { rows } = await sql<Changed>`
    select exception_id as id, code, severity, status, reason, cause, settlement_id as "settlementId",
      transaction_id as "transactionId", amount_minor as amount, currency, told
    from exception where ${changed} order by changed_at, exception_id${locked}
  `.execute(db);
  if (rows.length === 0) return [];
  await sql`update exception set told = ${STATE} where ${changed}`.execute(db);
  return rows.flatMap((row): OutboxEvent[] => {
    const { id, code, severity, status, reason, cause, settlementId, transactionId, amount, currency } = row;
    const open = status === "open" || status === "reopened";
    // What was settled before anybody was told of it is no news.
    if (!open && row.told === null) return [];
    const facts = {
      code,
      severity,
      status,
      cause: cause ?? id,
      settlementId,
      transactionId,
      amount: amount === null || currency === null ? null : formatAmount(BigInt(amount), currency),
      currency,
    };
    return [
      open
        ? { accountId, code: "exception.opened", subject: id, facts }
        : { accountId, code: "exception.resolved", subject: id, facts: { ...facts, reason } },
    ];
  });
}
