import { type RawBuilder, sql } from "kysely";
import { chunks } from "../../store/chunks.ts";
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

/** What a run has that may name the capture of a refund, or the authorization of a capture. */
export interface Naming {
  readonly reportFiles: readonly NewFile[];
  readonly recordImports: readonly number[];
  readonly revisedRecords: readonly number[];
}

/**
 * Files of earlier runs with rows whose fee new reports and records say more about: which of several captures a refund is of, which
 * of them share an authorization. Where an order has one capture there is nothing to be said.
 *
 * @param fresh files that this run judges anyway
 */
export async function filesNamedAgain(
  step: Step,
  { reportFiles, recordImports, revisedRecords }: Naming,
  fresh: readonly NewFile[],
): Promise<readonly NewFile[]> {
  if (auditPlan(step) === null) return [];
  const named = new Set<number>();
  const look = async (values: readonly number[], places: (some: readonly number[]) => RawBuilder<unknown>) => {
    for (const some of chunks(values)) {
      const { rows } = await sql<{ fileId: number }>`${places(some)}`.execute(step.db);
      for (const { fileId } of rows) named.add(Number(fileId));
    }
  };
  // `cross join` keeps SQLite from starting with every row of the account.
  await look(
    idsOf(reportFiles),
    (some) => sql`select distinct o.file_id as "fileId" from transaction_row t cross join settlement_row r
      cross join settlement_row o
      where t.account_id = ${step.accountId} and t.file_id in (${sql.join(some)}) and t.parent_id is not null
        and r.account_id = t.account_id and r.transaction_id = t.object_id and ${ofSeveralCaptures(step)}
        and o.account_id = r.account_id and o.permission_id = r.permission_id
        and (o.file_id = r.file_id and o.line = r.line or o.type_key = 'capture' and o.fixed_fee_minor = 0)`,
  );
  const ofRecords = (condition: RawBuilder<unknown>) =>
    sql`select distinct r.file_id as "fileId" from record c cross join settlement_row r
      where c.account_id = ${step.accountId} and ${condition} and c.parent_transaction_id is not null
        and r.account_id = c.account_id and r.transaction_id = c.transaction_id and ${ofSeveralCaptures(step)}`;
  await look(recordImports, (some) => ofRecords(sql`c.import_id in (${sql.join(some)})`));
  await look(revisedRecords, (some) => ofRecords(sql`c.record_id in (${sql.join(some)})`));
  if (named.size === 0) return [];
  const judgedNow = new Set(idsOf(fresh));
  return (await allFiles(step.db, step.accountId)).filter(
    (file) => file.kind === "settlement" && file.rowsChecked && named.has(file.fileId) && !judgedNow.has(file.fileId),
  );
}

/** Whether the order of a row `r` has more captures than one. */
function ofSeveralCaptures({ accountId }: Step): RawBuilder<unknown> {
  return sql`(select count(*) from settlement_row s where s.account_id = ${accountId}
    and s.permission_id = r.permission_id and s.type_key = 'capture') > 1`;
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
