import { type Kysely, type RawBuilder, sql } from "kysely";
import type { ReportKind } from "@amazon-pay-kit/reports";
import type { Schema } from "../../store/schema/index.ts";
import type { Stretch } from "./span.ts";

/**
 * What a settlement row says must be in a transaction report: its type, and the id under which the report has it. An
 * authorization has the id of its capture with `A` in place of `C` before the last six digits.
 */
const COVERAGE_EVIDENCE: Partial<
  Record<ReportKind, { readonly typeKey: string; readonly objectId: RawBuilder<string> }>
> = {
  refund: { typeKey: "refund", objectId: sql`s.transaction_id` },
  capture: { typeKey: "capture", objectId: sql`s.transaction_id` },
  authorization: {
    typeKey: "capture",
    objectId: sql`substr(s.transaction_id, 1, length(s.transaction_id) - 7) || 'A' || substr(s.transaction_id, length(s.transaction_id) - 5)`,
  },
};

/** A row that nobody knows of is itself in question, and proves no report to be missing. */
const CODES_NOT_PROVING_COVERAGE = ["refund.orphan", "refund.unknown", "refund.exceeds-capture", "capture.unknown"];

/** Whether there are settlement rows that could tell on a report of this kind. */
export function hasEvidence(kind: ReportKind): boolean {
  return COVERAGE_EVIDENCE[kind] !== undefined;
}

/**
 * When the first thing happened in a stretch of time that the settlements know and no report of this kind has; `null` when
 * there is none, which is how a day without a report is known to be a day without data.
 */
export async function firstUnreported(
  db: Kysely<Schema>,
  accountId: string,
  kind: ReportKind,
  { from, to }: Stretch,
): Promise<number | null> {
  const evidence = COVERAGE_EVIDENCE[kind];
  if (evidence === undefined) return null;
  const { rows } = await sql<{ posted_at: number }>`
    select s.posted_at from settlement_row as s
    where s.account_id = ${accountId} and s.type_key = ${evidence.typeKey} and s.transaction_id is not null
      and s.posted_at >= ${from} and s.posted_at < ${to}
      and not exists (
        select 1 from transaction_row as t
        where t.account_id = ${accountId} and t.kind = ${kind} and t.object_id = ${evidence.objectId})
      and not exists (
        select 1 from exception as e
        where e.account_id = s.account_id and e.file_id = s.file_id and e.line = s.line
          and e.code in (${sql.join(CODES_NOT_PROVING_COVERAGE)}) and e.status <> 'resolved')
    order by s.posted_at limit 1
  `.execute(db);
  return rows[0]?.posted_at ?? null;
}

/**
 * Of the windows of one length that make up a stretch those in which a report shows that money moved; `null` when no report
 * could tell.
 */
export async function windowsWithMoney(
  db: Kysely<Schema>,
  accountId: string,
  { from, to, length }: Stretch & { readonly length: number },
): Promise<readonly Stretch[] | null> {
  const moves = db
    .selectFrom("transaction_row")
    .where("account_id", "=", accountId)
    .where("kind", "in", ["capture", "refund"]);
  if ((await moves.select("line").limit(1).executeTakeFirst()) === undefined) return null;
  const found = await moves
    .select(sql<number | bigint>`(updated_at - ${sql.lit(from)}) / ${sql.lit(length)}`.as("place"))
    .distinct()
    .where("updated_at", ">=", from)
    .where("updated_at", "<", to)
    .execute();
  return found
    .map(({ place }) => Number(place))
    .sort((left, right) => left - right)
    .map((place) => ({ from: from + place * length, to: from + (place + 1) * length }));
}
