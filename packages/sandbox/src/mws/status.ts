import type { Report } from "../engine/objects/index.ts";

/** Processing statuses of MWS. */
export const MWS_STATUSES = ["_SUBMITTED_", "_IN_PROGRESS_", "_CANCELLED_", "_DONE_", "_DONE_NO_DATA_"] as const;

/** One of {@link MWS_STATUSES}. */
export type MwsStatus = (typeof MWS_STATUSES)[number];

/**
 * The status of a report in the words of MWS, which tells a report without data from one that was cancelled. A failed
 * report has no word of its own: it is cancelled.
 */
export function mwsStatus(report: Report): MwsStatus {
  switch (report.processingStatus) {
    case "COMPLETED":
      return "_DONE_";
    case "FAILED":
      return "_CANCELLED_";
    case "CANCELLED":
      return report.processingStartAt === null ? "_CANCELLED_" : "_DONE_NO_DATA_";
    case "IN_PROGRESS":
      return report.processingStartAt === null ? "_SUBMITTED_" : "_IN_PROGRESS_";
  }
}

/** Schedules of MWS and the frequencies of API v2; what MWS has no word for is formed like its neighbours. */
export const MWS_SCHEDULES: ReadonlyMap<string, string> = new Map([
  ["_15_MINUTES_", "PT15M"],
  ["_30_MINUTES_", "PT30M"],
  ["_1_HOUR_", "PT1H"],
  ["_2_HOURS_", "PT2H"],
  ["_4_HOURS_", "PT4H"],
  ["_8_HOURS_", "PT8H"],
  ["_12_HOURS_", "PT12H"],
  ["_1_DAY_", "P1D"],
  ["_2_DAYS_", "P2D"],
  ["_72_HOURS_", "P3D"],
  ["_1_WEEK_", "P7D"],
  ["_14_DAYS_", "P14D"],
  ["_15_DAYS_", "P15D"],
  ["_30_DAYS_", "P30D"],
]);

/** Ends a schedule. */
export const NEVER = "_NEVER_";

const OTHERS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  PT5M: "_5_MINUTES_",
  PT24H: "_1_DAY_",
  PT84H: "_84_HOURS_",
  P18D: "_18_DAYS_",
};

/** The word of MWS for a frequency. */
export function mwsSchedule(frequency: string): string {
  const known = [...MWS_SCHEDULES].find(([, value]) => value === frequency)?.[0];
  return known ?? OTHERS[frequency] ?? frequency;
}

/** `2015-06-13T00:00:18+00:00`: how MWS writes times. */
export function mwsTime(instant: number): string {
  return `${new Date(Math.floor(instant / 1000) * 1000).toISOString().slice(0, 19)}+00:00`;
}
