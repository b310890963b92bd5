import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import { NOT_DONE } from "../ageing/open-items.ts";
import type { MatchKind, RecordCandidate, RowCandidate } from "./match-candidates.ts";

/** Rules whose pairs stand whatever else arrives: the same transaction id, and what a person has paired. */
const FINAL_RULES = ["transaction-id", "manual"] as const;

/** The type key of the settlement rows of a kind. */
const ROW_TYPE: Readonly<Record<MatchKind, string>> = { charge: "capture", refund: "refund" };

interface RowRecord extends Omit<RowCandidate, "amount"> {
  readonly amountMinor: bigint;
  readonly rule: string | null;
}

interface OwnRecord extends Omit<RecordCandidate, "amount" | "done"> {
  readonly amountMinor: bigint;
  readonly done: number;
  readonly rule: string | null;
}

/** A side together with the rule that pairs it at present; `null` when none does. */
export type Paired<Candidate> = Candidate & { readonly rule: string | null };

/**
 * Rows of a kind that a condition on `r` selects, with the parent charge from the refund report and the present rule.
 * A row paired with several records comes once.
 */
export async function rowCandidates(
  db: Kysely<Schema>,
  accountId: string,
  kind: MatchKind,
  condition: RawBuilder<unknown>,
): Promise<readonly Paired<RowCandidate>[]> {
  const parent =
    kind === "refund"
      ? sql`(select min(t.parent_id) from transaction_row t where t.account_id = r.account_id
          and t.object_id = r.transaction_id and t.kind = 'refund')`
      : sql`null`;
  const { rows } = await sql<RowRecord>`
    select r.file_id as "fileId", r.line, r.settlement_id as "settlementId", r.posted_at as "postedAt",
      r.transaction_id as "transactionId", r.reference_id as "referenceId", r.permission_id as "permissionId",
      r.order_id as "orderId", ${parent} as "parentId", r.currency, abs(r.amount_minor) as "amountMinor",
      (select min(m.rule) from row_match m where m.account_id = r.account_id and m.file_id = r.file_id
        and m.line = r.line and m.counterpart = 'record') as rule
    from settlement_row r
    where r.account_id = ${accountId} and r.type_key = ${ROW_TYPE[kind]} and ${condition}
  `.execute(db);
  return rows.map(({ amountMinor, ...row }) => ({ ...row, amount: amountMinor }));
}

/** Records of a kind that a condition on `c` selects, with the present rule. */
export async function recordCandidates(
  db: Kysely<Schema>,
  accountId: string,
  kind: MatchKind,
  condition: RawBuilder<unknown>,
): Promise<readonly Paired<RecordCandidate>[]> {
  const { rows } = await sql<OwnRecord>`
    select c.record_id as "recordId", c.occurred_at as "occurredAt", c.transaction_id as "transactionId",
      c.reference_id as "referenceId", c.permission_id as "permissionId", c.order_id as "orderId",
      c.parent_transaction_id as "parentId", c.currency, c.amount_minor as "amountMinor",
      case when c.status in (${sql.join([...NOT_DONE])}) then 0 else 1 end as done,
      (select min(m.rule) from row_match m where m.account_id = c.account_id and m.counterpart = 'record'
        and m.counterpart_id = cast(c.record_id as text)) as rule
    from record c
    where c.account_id = ${accountId} and c.kind = ${kind} and ${condition}
  `.execute(db);
  return rows.map(({ amountMinor, done, ...record }) => ({ ...record, done: Number(done) === 1, amount: amountMinor }));
}

/** Whether a pair by this rule stands whatever else arrives. */
export function isFinal(rule: string | null): boolean {
  return rule !== null && (FINAL_RULES as readonly string[]).includes(rule);
}
