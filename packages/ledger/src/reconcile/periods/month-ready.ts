import { calendarOf } from "@amazon-pay-kit/money";
import type { Kysely } from "kysely";
import { appendEvents, type OutboxEvent } from "../../outbox/append-event.ts";
import type { Schema } from "../../store/schema/index.ts";
import { unacceptedSettlements } from "../versions/unaccepted.ts";
import { type Month, monthAfter, monthOn } from "./freeze.ts";
import { missingReports } from "./missing-reports.ts";

/** Of which account, in which transaction. */
interface Telling {
  readonly db: Kysely<Schema>;
  readonly accountId: string;
  /** By the service's clock. */
  readonly now: number;
  /** By the machine's clock: when the event is written. */
  readonly at: number;
}

/** Events of one run at most, of the newest months: who brings in years of reports wants no letter about each month. */
const AT_ONCE = 12;

/** The zone whose months the account is closed by; UTC before the first close. */
async function zoneOf({ db, accountId }: Telling): Promise<string> {
  const row = await db
    .selectFrom("period")
    .select("time_zone")
    .where("account_id", "=", accountId)
    .orderBy("period_id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.time_zone ?? "UTC";
}

/** The months that ended with the settlements known and were not told of, up to the newest: first the one after the last told. */
async function candidates(telling: Telling): Promise<readonly Month[]> {
  const { db, accountId, now } = telling;
  const reach = await db
    .selectFrom("settlement")
    .select(({ fn }) => [fn.min<number | null>("start_at").as("first"), fn.max<number | null>("end_at").as("last")])
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  const first = reach?.first ?? null;
  const last = reach?.last ?? null;
  if (first === null || last === null) return [];
  const told = await db
    .selectFrom("announcement")
    .select(({ fn }) => fn.max<string | null>("subject").as("month"))
    .where("account_id", "=", accountId)
    .where("what", "=", "month")
    .executeTakeFirst();
  const calendar = calendarOf(await zoneOf(telling));
  const months: Month[] = [];
  const end = Math.min(Number(last), now);
  const before = told?.month ?? null;
  const start = before === null ? calendar.dayOf(Number(first)).slice(0, 7) : monthAfter(before);
  for (let month = monthOn(calendar, start); month.until <= end; month = monthOn(calendar, monthAfter(month.month)))
    months.push(month);
  return months.slice(-AT_ONCE);
}

/**
 * Tells of the months that can be closed since the last run: over, with settlement reports that reach to their end without a gap,
 * none of which waits to be fetched, loaded or decided about. Called when everything is reconciled. There is one event for a month.
 */
export async function announceMonths(telling: Telling): Promise<void> {
  const { db, accountId, at } = telling;
  const months = await candidates(telling);
  if (months.length === 0) return;
  const waiting = await db
    .selectFrom("report")
    .select("report_id")
    .where("account_id", "=", accountId)
    .where("state", "in", ["listed", "archived"])
    .limit(1)
    .executeTakeFirst();
  if (waiting !== undefined) return;
  const undecided = await unacceptedSettlements(db, accountId);
  const events: OutboxEvent[] = [];
  for (const month of months) {
    if (
      undecided.some(
        ({ startAt, endAt }) => (startAt ?? endAt ?? 0) < month.until && (endAt ?? month.until) >= month.from,
      )
    )
      break;
    const missing = await missingReports(db, accountId, month);
    if (missing === null || missing.length > 0) break;
    // Somebody who tells the same at this moment has it then.
    const { numInsertedOrUpdatedRows: kept = 0n } = await db
      .insertInto("announcement")
      .values({ account_id: accountId, what: "month", subject: month.month, state: "ready" })
      .onConflict((conflict) => conflict.columns(["account_id", "what", "subject"]).doNothing())
      .executeTakeFirstOrThrow();
    if (kept === 0n) continue;
    const { open } = await db
      .selectFrom("exception")
      .select(({ fn }) => fn.countAll<number>().as("open"))
      .where("account_id", "=", accountId)
      .where("status", "in", ["open", "reopened"])
      .executeTakeFirstOrThrow();
    const facts = { month: month.month, timeZone: month.timeZone, openExceptions: Number(open) };
    events.push({ accountId, code: "month.ready", subject: month.month, facts });
  }
  await appendEvents(db, { now: () => at }, events);
}
