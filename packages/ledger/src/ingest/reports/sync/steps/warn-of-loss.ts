import { formatInstant } from "@amazon-pay-kit/money";
import { clearAlert, raiseAlert } from "../../../../outbox/alerts.ts";
import type { SourceRun } from "./run.ts";

const CODE = "report.expiring";

/** Raises an alert for every report that will soon vanish from the service and was never fetched, and clears it afterwards. */
export async function warnOfLoss(run: SourceRun): Promise<void> {
  const { context, account, source, service, settings } = run;
  const { db } = context.store;
  const old = service.now() - settings.warnAtMillis;
  const waiting = await db
    .selectFrom("report")
    .select(["report_id", "report_type", "created_at"])
    .where("account_id", "=", account.accountId)
    .where("source", "=", source.name)
    .where("state", "in", ["listed", "in-progress"])
    .where("created_at", "<=", old)
    .execute();
  const subjects = new Set<string>();
  for (const { report_id: reportId, report_type: type, created_at: createdAt } of waiting) {
    const subject = `${source.name} ${reportId}`;
    subjects.add(subject);
    await raiseAlert(db, context.clock, {
      accountId: account.accountId,
      code: CODE,
      subject,
      message: `report ${reportId} (${type}) was made ${formatInstant(createdAt ?? 0)} and never fetched; the service deletes it after 90 days: fetch it by hand if sync cannot`,
    });
  }
  const open = await db
    .selectFrom("alert")
    .select("subject")
    .where("account_id", "=", account.accountId)
    .where("code", "=", CODE)
    .where("subject", "like", `${source.name} %`)
    .where("cleared_at", "is", null)
    .execute();
  for (const { subject } of open) {
    if (subjects.has(subject)) continue;
    await clearAlert(db, context.clock, { accountId: account.accountId, code: CODE, subject });
  }
}
