import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Kysely } from "kysely";
import type { Schema } from "../store/schema/index.ts";

/** Trouble that a person should see. */
export interface Alert {
  readonly accountId: string;
  /** Stable, such as `report.changed`. */
  readonly code: string;
  /** What it is about: a report id, a settlement id, a path. The same trouble with the same thing is one alert. */
  readonly subject: string;
  readonly message: string;
}

/** An alert as it is kept. */
export interface KeptAlert extends Alert {
  readonly alertId: number;
  readonly raisedAt: number;
  readonly clearedAt: number | null;
}

/**
 * Keeps an alert. One that is already open stays as it is; one that was cleared is opened again.
 *
 * @returns whether it is news
 */
export async function raiseAlert(db: Kysely<Schema>, clock: Clock, alert: Alert): Promise<boolean> {
  const { accountId, code, subject, message } = alert;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("alert")
    .values({ account_id: accountId, code, subject, message, raised_at: clock.now(), cleared_at: null })
    .onConflict((conflict) =>
      conflict
        .columns(["account_id", "code", "subject"])
        .doUpdateSet({ message, raised_at: clock.now(), cleared_at: null })
        .where("alert.cleared_at", "is not", null),
    )
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Marks an alert as dealt with, when it is open. */
export async function clearAlert(
  db: Kysely<Schema>,
  clock: Clock,
  alert: Pick<Alert, "accountId" | "code" | "subject">,
): Promise<void> {
  await db
    .updateTable("alert")
    .set({ cleared_at: clock.now() })
    .where("account_id", "=", alert.accountId)
    .where("code", "=", alert.code)
    .where("subject", "=", alert.subject)
    .where("cleared_at", "is", null)
    .execute();
}

/** Alerts, latest first. */
export async function listAlerts(
  db: Kysely<Schema>,
  filter: { readonly accountId?: string; readonly open?: boolean } = {},
): Promise<KeptAlert[]> {
  const { accountId, open } = filter;
  const rows = await db
    .selectFrom("alert")
    .selectAll()
    .$if(accountId !== undefined, (query) => query.where("account_id", "=", accountId ?? ""))
    .$if(open === true, (query) => query.where("cleared_at", "is", null))
    .orderBy("raised_at", "desc")
    .orderBy("alert_id", "desc")
    .execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    alertId: row.alert_id,
    code: row.code,
    subject: row.subject,
    message: row.message,
    raisedAt: row.raised_at,
    clearedAt: row.cleared_at,
  }));
}
