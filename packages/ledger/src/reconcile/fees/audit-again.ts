import { sql } from "kysely";
import { allFiles, idsOf, type NewFile } from "../step/files.ts";
import type { Step } from "../step/step.ts";
import { auditPlan, dependsOnVolume, monthStart } from "./tariffs-of-account.ts";

const OF_AN_ORDER = sql.join(
  ["capture", "refund", "chargeback", "a-to-z-guarantee-claim"].map((type) => sql.lit(type)),
);

/**
 * Files of earlier runs whose fees have to be judged again: those of the time for which new rows decide the tier, and those
 * with rows of orders that the new files have captures of, or give money back of. So the order in which files come
 * decides nothing.
 */
export async function filesToAuditAgain(step: Step, fresh: readonly NewFile[]): Promise<readonly NewFile[]> {
  const plan = auditPlan(step);
  if (plan === null || fresh.length === 0) return [];
  const known = new Set(idsOf(fresh));
  // What no run has judged yet will be, with all rows that are there by then.
  const judged = (await allFiles(step.db, step.accountId)).filter(
    (file) => file.kind === "settlement" && file.rowsChecked && !known.has(file.fileId),
  );
  if (judged.length === 0) return [];
  const related = new Set(await ofTheSameOrders(step, idsOf(fresh)));
  const months = dependsOnVolume(plan) ? await monthsOf(step, idsOf(fresh)) : null;
  const followed = ({ startAt, endAt }: NewFile): boolean =>
    months !== null && (endAt ?? months.until) >= months.from && (startAt ?? months.from) < months.until;
  return judged.filter((file) => related.has(file.fileId) || followed(file));
}

/** The months whose fees follow what was captured in the months of some files. */
async function monthsOf(step: Step, fileIds: readonly number[]): Promise<{ from: number; until: number } | null> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(posted_at) as first, max(posted_at) as last from settlement_row
    where account_id = ${step.accountId} and file_id in (${sql.join(fileIds)})
  `.execute(step.db);
  const { first = null, last = null } = rows[0] ?? {};
  return first === null || last === null ? null : { from: monthStart(first, 1), until: monthStart(last, 2) };
}

/**
 * Other files with a row whose fee depends on the rows that some files have of its order: a refund follows the tariff of its
 * capture, gives back at most what was taken, and a second capture pays no second fixed fee. The fee of a capture depends on
 * no refund: the many files with captures that new refunds are of are left alone.
 */
async function ofTheSameOrders(step: Step, fileIds: readonly number[]): Promise<readonly number[]> {
  const some = sql.join(fileIds);
  // `cross join` keeps SQLite from starting with every row of the account.
  const { rows } = await sql<{ fileId: number }>`
    select distinct o.file_id as "fileId" from settlement_row r cross join settlement_row o
    where r.account_id = ${step.accountId} and r.file_id in (${some}) and r.type_key in (${OF_AN_ORDER})
      and o.account_id = r.account_id and o.permission_id = r.permission_id and o.file_id not in (${some})
      and o.type_key in (${OF_AN_ORDER})
      and (o.type_key <> 'capture' or (r.type_key = 'capture' and o.fixed_fee_minor = 0))
    union
    select distinct o.file_id from settlement_row r cross join settlement_row o
    where r.account_id = ${step.accountId} and r.file_id in (${some}) and r.type_key = 'capture'
      and o.account_id = r.account_id and o.order_id = r.order_id and o.permission_id is null
      and o.file_id not in (${some}) and o.type_key in (${OF_AN_ORDER}) and o.type_key <> 'capture'
  `.execute(step.db);
  return rows.map((row) => Number(row.fileId));
}
