import { addDuration, parseDuration } from "@amazon-pay-kit/money";
import { digits } from "@amazon-pay-kit/sdk/random";
import type { Engine } from "../../engine/engine.ts";
import type { ReportSchedule } from "../../engine/objects/index.ts";
import { orderReport } from "./make-report.ts";

/** Kind of the scheduled tasks of schedules; the subject is the schedule. */
const SCHEDULE_ITEM = "report.schedule";

/** What a schedule is made of. */
export interface ScheduleOrder {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly reportType: string;
  readonly scheduleFrequency: string;
  /** First report; one in the past is moved on by whole intervals. Default: one interval from now. */
  readonly firstAt: number | undefined;
}

/** The schedule of a report type, where there is one: each type has one at most. */
export function scheduleOf(
  engine: Engine,
  merchantId: string,
  environment: string,
  reportType: string,
): ReportSchedule | undefined {
  for (const schedule of engine.state.reportSchedules.under("merchant", merchantId)) {
    if (schedule.environment === environment && schedule.reportType === reportType) return schedule;
  }
  return undefined;
}

/** Makes a schedule; whether there is one already is the caller's matter. */
export function makeSchedule(engine: Engine, order: ScheduleOrder): ReportSchedule {
  const { firstAt, ...facts } = order;
  const span = parseDuration(order.scheduleFrequency);
  const now = engine.now();
  let next = firstAt ?? addDuration(now, span);
  if (next < now) {
    const step = addDuration(0, span);
    next += Math.ceil((now - next) / step) * step;
  }
  const reportScheduleId = freshId(engine);
  const schedule: ReportSchedule = { ...facts, reportScheduleId, nextReportCreationAt: next };
  engine.state.reportSchedules.put(reportScheduleId, schedule);
  engine.schedule(next, SCHEDULE_ITEM, reportScheduleId);
  return schedule;
}

/** Ends a schedule; reports that were made by it stay. */
export function dropSchedule(engine: Engine, schedule: ReportSchedule): void {
  engine.unschedule(SCHEDULE_ITEM, schedule.reportScheduleId);
  engine.state.reportSchedules.delete(schedule.reportScheduleId);
}

/** Makes the reports of schedules as they fall due, each over the interval that has passed. */
export function reportOnSchedule(engine: Engine): void {
  engine.handle(SCHEDULE_ITEM, (item) => {
    const schedule = engine.state.reportSchedules.get(item.subject);
    if (schedule === undefined) return;
    const { merchantId, environment, reportType, scheduleFrequency } = schedule;
    const length = addDuration(0, parseDuration(scheduleFrequency));
    const endAt = engine.now();
    schedule.nextReportCreationAt = endAt + length;
    engine.state.reportSchedules.put(schedule.reportScheduleId, schedule);
    engine.schedule(schedule.nextReportCreationAt, SCHEDULE_ITEM, schedule.reportScheduleId);
    orderReport(engine, { merchantId, environment, reportType, startAt: endAt - length, endAt, cause: "schedule" });
  });
}

function freshId(engine: Engine): string {
  for (;;) {
    const id = `5${digits(engine.random, 10)}`;
    if (engine.state.reportSchedules.get(id) === undefined) return id;
  }
}
