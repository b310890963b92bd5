import { accountsInTrouble, dayAfter, listCoverage } from "@amazon-pay-kit/ledger";
import { reportTypeText } from "./reports.tsx";
import { term } from "../locales/texts.ts";
import type { ListTable, TableSource } from "./list-table.ts";
import { groupBy } from "@amazon-pay-kit/backports";

/** This many days back the calendar of reports goes. */
export const SHOWN_DAYS = 60;

/** Worst first: a day shows the worst of what happened in it. */
const WORST_FIRST = ["missing", "late", "complete", "no-data"] as const;

/** What is known of one day of one kind of report; null where nothing is. */
export type CoverageStatus = (typeof WORST_FIRST)[number] | null;

/** One day of one kind of report. */
export interface CoverageDay {
  readonly accountId: string;
  readonly reportType: string;
  /** `2026-01-31` */
  readonly day: string;
  /** When the day begins. */
  readonly at: number;
  readonly status: CoverageStatus;
}

/**
 * The days of each kind of report of each account, oldest first.
 *
 * @param most accounts, those with most trouble. Default: all
 */
export async function coverageDays(
  source: Pick<TableSource, "views" | "account" | "calendar" | "now">,
  most?: number,
): Promise<CoverageDay[][]> {
  const { views, account, calendar, now } = source;
  const today = calendar.dayOf(now);
  const days = Array.from({ length: SHOWN_DAYS }, (_none, index) => {
    const day = dayAfter(today, index - SHOWN_DAYS + 1);
    return { day, at: calendar.startOf(day), until: calendar.startOf(dayAfter(day)) };
  });
  const sinceAt = days[0]?.at ?? 0;
  const only =
    account !== undefined || most === undefined ? undefined : await accountsInTrouble(views, { sinceAt, limit: most });
  const stretches = await listCoverage(views, { accountId: account, sinceAt, only });
  return [...groupBy(stretches, (stretch) => `${stretch.accountId} ${stretch.reportType}`).values()].map((list) =>
    days.map(({ day, at, until }): CoverageDay => {
      const here = list.filter((stretch) => stretch.fromAt < until && stretch.toAt > at);
      return {
        accountId: list[0]?.accountId ?? "",
        reportType: list[0]?.reportType ?? "",
        day,
        at,
        status: WORST_FIRST.find((status) => here.some((stretch) => stretch.status === status)) ?? null,
      };
    }),
  );
}

/** What the calendar of reports draws, a row a day and kind of report. */
export const coverageTable: ListTable<CoverageDay> = {
  path: "/reports",
  file: "/coverage.csv",
  caption: (translate) => translate("chart coverage"),
  empty: "no coverage",
  filters: [],
  fetch: async (source) => ({ items: (await coverageDays(source)).flat(), next: null }),
  columns: [
    { title: "account", cell: (day) => day.accountId, csv: (day) => day.accountId },
    {
      title: "column report",
      cell: (day, frame) => reportTypeText(day.reportType, frame),
      csv: (day) => day.reportType,
    },
    {
      title: "column day",
      cell: (day, frame) => frame.format.day(day.at),
      csv: (day) => day.day,
    },
    {
      title: "column state",
      cell: (day, frame) => (day.status === null ? "" : term("coverage", day.status, frame.format.locale)),
      csv: (day) => day.status ?? "",
    },
  ],
};
