import { groupBy } from "../tables/group-by.ts";
import { listCoverage, type CoverageView, type ViewContext } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { CoverageCalendar, type CalendarDay, type CalendarRow } from "../charts/calendar.tsx";
import type { Formatter } from "../locale/format.ts";
import { shortType } from "../tables/reports.tsx";

const DAY = 86_400_000;
const SHOWN_DAYS = 60;
/** Worst first: a day shows the worst of what happened in it. */
const ORDER: readonly CalendarDay["status"][] = ["missing", "late", "complete", "no-data"];

function rowsOf(
  stretches: readonly CoverageView[],
  now: number,
  format: Formatter,
  several: boolean,
): readonly CalendarRow[] {
  const today = Math.floor(now / DAY) * DAY;
  const groups = groupBy(
    stretches,
    (stretch) => `${several ? `${stretch.accountId} ` : ""}${shortType(stretch.reportType)}`,
  );
  return [...groups].map(([name, list]) => ({
    name,
    days: Array.from({ length: SHOWN_DAYS }, (_none, index): CalendarDay => {
      const at = today - (SHOWN_DAYS - 1 - index) * DAY;
      const here = list
        .filter((stretch) => stretch.fromAt < at + DAY && stretch.toAt > at)
        .map((stretch) => stretch.status);
      const status = ORDER.find((candidate) => here.includes(candidate)) ?? "no-data";
      return { at, status, label: `${format.day(at)}: ${here.length === 0 ? "nothing known" : status}` };
    }),
  }));
}

/** The calendar of reports by day and type over the last 60 days. */
export async function coverageOf(
  views: ViewContext,
  accountId: string | undefined,
  now: number,
  format: Formatter,
): Promise<readonly CalendarRow[]> {
  const stretches = await listCoverage(views, { accountId, sinceAt: now - SHOWN_DAYS * DAY });
  return rowsOf(stretches, now, format, new Set(stretches.map((stretch) => stretch.accountId)).size > 1);
}

/** The calendar with its legend. */
export const Coverage: FC<{ rows: readonly CalendarRow[] }> = ({ rows }) =>
  rows.length === 0 ? (
    <p class="empty">Nothing is known yet: run apay sync.</p>
  ) : (
    <>
      <div class="scroll" tabindex={0} role="region" aria-label="Coverage by day">
        <div class="wide-chart">
          <CoverageCalendar rows={rows} title="Which days are covered by which report" />
        </div>
      </div>
      <ul class="legend">
        {(["complete", "late", "missing", "no-data"] as const).map((status) => (
          <li>
            <i class={status} />
            {status}
          </li>
        ))}
      </ul>
    </>
  );
