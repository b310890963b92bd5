import { sql } from "kysely";
import type { NewFile } from "../step/files.ts";
import { allFiles } from "../step/files.ts";
import type { Step } from "../step/step.ts";
import { auditPlan, dependsOnVolume, monthStart } from "./tariffs-of-account.ts";

/**
 * Files of earlier runs whose fees have to be judged again: where tiers depend on the volume of the month before, new rows
 * of a month decide the rates of the next one.
 */
export async function filesToAuditAgain(step: Step, fresh: readonly NewFile[]): Promise<readonly NewFile[]> {
  const plan = auditPlan(step);
  if (plan === null || !dependsOnVolume(plan) || fresh.length === 0) return [];
  const ids = sql.join(fresh.map((file) => file.fileId));
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(posted_at) as first, max(posted_at) as last from settlement_row
    where account_id = ${step.accountId} and file_id in (${ids})
  `.execute(step.db);
  const { first = null, last = null } = rows[0] ?? {};
  if (first === null || last === null) return [];
  const [from, until] = [monthStart(first, 1), monthStart(last, 2)];
  const known = new Set(fresh.map((file) => file.fileId));
  return (await allFiles(step.db, step.accountId)).filter(
    (file) =>
      file.kind === "settlement" &&
      !known.has(file.fileId) &&
      (file.endAt ?? until) >= from &&
      (file.startAt ?? from) < until,
  );
}
