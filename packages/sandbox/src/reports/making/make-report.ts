import { DAY, SECOND } from "@amazon-pay-kit/money";
import { digits } from "@amazon-pay-kit/sdk/random";
import { wholeSecond } from "../../settlement/periods/running-period.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Report } from "../../engine/objects/index.ts";
import type { ReportPlan } from "../../engine/objects/report.ts";
import { reportsSettings } from "../settings.ts";
import { endProcessing, startProcessing, type ProcessingNote } from "./process-report.ts";

/** What is wanted; the plan is made of it. */
export interface ReportOrder {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly reportType: string;
  readonly startAt: number;
  readonly endAt: number;
  readonly cause: ReportPlan["cause"];
  readonly settlementId?: string;
  /** Default: a fresh one. */
  readonly reportId?: string;
}

/** When a report is made. */
export interface Timing {
  /** Milliseconds from now until it is created. Default 0. */
  readonly afterMillis?: number;
  /** Whether it is complete as soon as it is created. Default `false`. */
  readonly atOnce?: boolean;
}

/** Kinds of the scheduled tasks of reports. */
export const REPORT_ITEMS = {
  create: "report.create",
  start: "report.start",
  end: "report.end",
  expire: "report.expire",
} as const;

/** Reports are kept for 90 days. */
export const RETENTION = 90 * DAY;

/** What is on the schedule for a report that is not created yet. */
export interface PlannedReport {
  readonly plan: ReportPlan;
  readonly atOnce: boolean;
}

/**
 * Plans a report and, unless the plan is delayed, creates it.
 *
 * @returns the report, or undefined where it comes later or never
 */
export function orderReport(engine: Engine, order: ReportOrder, timing: Timing = {}): Report | undefined {
  const plan: ReportPlan = {
    ...order,
    startAt: wholeSecond(order.startAt),
    endAt: wholeSecond(order.endAt),
    settlementId: order.settlementId ?? null,
    reportId: order.reportId ?? null,
    dropped: false,
    delayMillis: 0,
    failed: false,
  };
  engine.bus.emit("report.planned", { plan });
  if (plan.dropped) return undefined;
  const after = (timing.afterMillis ?? 0) + plan.delayMillis;
  const atOnce = timing.atOnce === true;
  if (after === 0) return createReport(engine, { plan, atOnce });
  const planned: PlannedReport = { plan, atOnce };
  engine.schedule(engine.now() + after, REPORT_ITEMS.create, plan.merchantId, planned);
  return undefined;
}

/** Creates a planned report; it is processed a few seconds later. */
export function createReport(engine: Engine, { plan, atOnce }: PlannedReport): Report {
  const now = engine.now();
  const report: Report = {
    reportId: plan.reportId ?? freshNumber(engine, 11, (id) => engine.state.reports.get(id) !== undefined),
    merchantId: plan.merchantId,
    environment: plan.environment,
    reportType: plan.reportType,
    startAt: plan.startAt,
    endAt: plan.endAt,
    createdAt: now,
    cause: plan.cause,
    processingStatus: "IN_PROGRESS",
    processingStartAt: null,
    processingEndAt: null,
    reportDocumentId: null,
    visibleAt: now,
    reportRequestId: freshNumber(engine, 10, () => false),
    acknowledgedAt: null,
  };
  engine.state.reports.put(report.reportId, report);
  if (plan.settlementId !== null) nameReport(engine, plan.settlementId, report.reportId);
  engine.bus.emit("report.changed", { report });
  engine.schedule(now + RETENTION, REPORT_ITEMS.expire, report.reportId);
  const note: ProcessingNote = { settlementId: plan.settlementId, failed: plan.failed };
  if (atOnce) {
    startProcessing(engine, report);
    endProcessing(engine, report, note);
    return report;
  }
  const settings = reportsSettings(engine, plan.merchantId);
  const startsAt = now + settings.startsAfterSeconds * SECOND;
  engine.schedule(startsAt, REPORT_ITEMS.start, report.reportId);
  engine.schedule(startsAt + settings.endsAfterSeconds * SECOND, REPORT_ITEMS.end, report.reportId, note);
  return report;
}

function nameReport(engine: Engine, settlementId: string, reportId: string): void {
  const settlement = engine.state.settlements.get(settlementId);
  if (settlement === undefined) return;
  engine.state.settlements.put(settlementId, { ...settlement, reportId });
}

/** Decimal ids, as the service's report ids are. */
function freshNumber(engine: Engine, length: number, used: (id: string) => boolean): string {
  for (;;) {
    const id = `${1 + Math.floor(engine.random.fraction() * 9)}${digits(engine.random, length - 1)}`;
    if (!used(id)) return id;
  }
}
