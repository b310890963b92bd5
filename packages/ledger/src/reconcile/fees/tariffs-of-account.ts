import { sql } from "kysely";
import type { Step } from "../step/step.ts";
import { PUBLISHED_SCHEDULES, SANDBOX_SCHEDULES } from "./published.ts";
import { exactSchedules, type ExactSchedule, type ExactTier, type Tariff } from "./tariff.ts";

/** What the audit goes by for one account. */
export interface AuditPlan {
  readonly schedules: readonly ExactSchedule[];
  /** Whether a settlement is audited only where most of it follows the schedules. */
  readonly onlyWhereFollowed: boolean;
}

/**
 * The plan of an account: the schedules configured for it, or without any those of the sandbox on a sandbox account, and the
 * published rates, where they are evidently followed, on a live one. `null` when fees are not audited.
 *
 * @throws BooksError `books.bad-option`
 */
export function auditPlan(step: Pick<Step, "settings" | "accountId" | "environment">): AuditPlan | null {
  const given = step.settings.fees.schedules ?? "auto";
  if (given === "off") return null;
  const own = given === "auto" ? [] : exactSchedules(given, step.accountId);
  if (own.length > 0) return { schedules: own, onlyWhereFollowed: false };
  const sandbox = step.environment === "sandbox";
  const schedules = exactSchedules(sandbox ? SANDBOX_SCHEDULES : PUBLISHED_SCHEDULES, step.accountId);
  return { schedules, onlyWhereFollowed: !sandbox };
}

/** The first moment of the calendar month (UTC) this many months after the one of a time. */
export function monthStart(time: number, later = 0): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1);
}

/** The tier of a volume: the first whose limit is above it. */
function tierOf(tiers: readonly ExactTier[], volume: bigint): ExactTier | undefined {
  return tiers.find((tier) => tier.below === null || volume < tier.below);
}

/** What the account captured in a month, in minor units; `null` where the books do not reach back to its start. */
async function volumeOf(step: Step, currency: string, month: number): Promise<bigint | null> {
  const { rows } = await sql<{ volumeMinor: bigint | null; begin: number | null }>`
    select (select sum(amount_minor) from settlement_row where account_id = ${step.accountId}
        and posted_at >= ${month} and posted_at < ${monthStart(month, 1)} and type_key = 'capture'
        and currency = ${currency}) as "volumeMinor",
      (select min(start_at) from settlement where account_id = ${step.accountId}) as begin
  `.execute(step.db);
  const [row] = rows;
  if (row === undefined || row.begin === null || row.begin > month) return null;
  return row.volumeMinor ?? 0n;
}

/** The tariffs that hold between two times, the tiers of each month chosen by the volume of the month before. */
export async function tariffsBetween(
  step: Step,
  plan: AuditPlan,
  from: number,
  to: number,
): Promise<readonly Tariff[]> {
  const tariffs: Tariff[] = [];
  for (const schedule of plan.schedules) {
    if (schedule.from > to || schedule.until <= from) continue;
    if (schedule.tiers.length === 0) {
      tariffs.push(schedule);
      continue;
    }
    for (let month = monthStart(from); month <= to; month = monthStart(month, 1)) {
      const volume = await volumeOf(step, schedule.currency, monthStart(month, -1));
      const tier = volume === null ? undefined : tierOf(schedule.tiers, volume);
      const start = Math.max(month, schedule.from);
      const until = Math.min(monthStart(month, 1), schedule.until);
      if (start >= until) continue;
      const rates = [...schedule.rates, ...(tier === undefined ? schedule.tiers : [tier])];
      tariffs.push({ currency: schedule.currency, from: start, until, rates, dispute: schedule.dispute });
    }
  }
  return tariffs;
}

/** Whether what is captured in one month decides the fees of the next. */
export function dependsOnVolume(plan: AuditPlan): boolean {
  return plan.schedules.some((schedule) => schedule.tiers.length > 0);
}
