import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Kysely } from "kysely";
import { appendEvent } from "./append-event.ts";
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

/**
 * Keeps an alert, and tells of it. One that is already open stays as it is; one that was cleared is opened again.
 *
 * @returns whether it is new
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
  const isNew = (numInsertedOrUpdatedRows ?? 0n) > 0n;
  if (isNew)
    await appendEvent(db, clock, { accountId, code: "alert.raised", subject, facts: { alert: code, message } });
  return isNew;
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
