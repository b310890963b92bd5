import type { ReportSchedule } from "@amazon-pay-kit/sdk";

/** What happens to the schedule of one report type. */
export type ScheduleStep =
  /** It is as wanted. */
  | { readonly action: "keep"; readonly reportType: string; readonly now: ReportSchedule }
  | { readonly action: "create"; readonly reportType: string; readonly frequency: string }
  /** `deleteExistingSchedule`: the one that is there, its id and its next date are gone afterwards. */
  | {
      readonly action: "replace";
      readonly reportType: string;
      readonly frequency: string;
      readonly destroys: ReportSchedule;
    }
  /** Nobody asked for it: it stays, unless it is to be pruned. */
  | { readonly action: "leave" | "cancel"; readonly reportType: string; readonly now: ReportSchedule };

/** Whether carrying a step out loses a schedule that the service has. */
export function isDestructive(step: ScheduleStep): boolean {
  return step.action === "replace" || step.action === "cancel";
}

/**
 * Compares the schedules that an account has with those that it should have: one a report type at most.
 *
 * @param wanted frequency by report type
 * @param prune cancel the schedules of types that nobody asked for
 *
 * @example
 * planSchedules(present, new Map([["_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_", "P1D"]]), false);
 */
export function planSchedules(
  present: readonly ReportSchedule[],
  wanted: ReadonlyMap<string, string>,
  prune: boolean,
): ScheduleStep[] {
  const byType = new Map(present.map((schedule) => [schedule.reportType as string, schedule]));
  const asked = [...wanted].map(([reportType, frequency]): ScheduleStep => {
    const now = byType.get(reportType);
    if (now === undefined) return { action: "create", reportType, frequency };
    if (now.scheduleFrequency === frequency) return { action: "keep", reportType, now };
    return { action: "replace", reportType, frequency, destroys: now };
  });
  const others = present
    .filter(({ reportType }) => !wanted.has(reportType))
    .map((now): ScheduleStep => ({ action: prune ? "cancel" : "leave", reportType: now.reportType, now }));
  return [...asked, ...others];
}
