/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { FC } from "hono/jsx";
import { CoverageCalendar, type CalendarRow } from "../charts/calendar.tsx";
import { Legend } from "../charts/legend.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { coverageDays, coverageTable, SHOWN_DAYS, type CoverageDay } from "../tables/coverage.ts";
import type { TableSource } from "../tables/list-table.ts";
import { CsvLink } from "../tables/list-table-view.tsx";
import { reportTypeText } from "../tables/reports.tsx";
import { termsOf } from "../locales/terms.ts";
import { term } from "../locales/texts.ts";

/** This many lines fit on a page; of more accounts those with the most trouble are shown. */
const MOST_LINES = 15;
const MOST_ACCOUNTS = 15;

function trouble(days: readonly CoverageDay[]): number {
  return days.filter(({ status }) => status === "missing" || status === "late").length;
}

function rowOf(days: readonly CoverageDay[], several: boolean, frame: Frame): CalendarRow {
  const { translate, format } = frame;
  const [first] = days;
  const [accountId, reportType] = [first?.accountId ?? "", first?.reportType ?? ""];
  const kind = reportTypeText(reportType, frame);
  const name = several ? `${accountId} ${kind}` : kind;
  const count = (status: CoverageDay["status"]): string =>
    format.count(days.filter((day) => day.status === status).length);
  return {
    name,
    href: linkTo({ ...frame, account: accountId }, "/reports", { type: reportType }),
    spoken: translate("coverage counts", {
      name,
      complete: count("complete"),
      late: count("late"),
      missing: count("missing"),
      none: format.count(days.filter(({ status }) => status === null || status === "no-data").length),
      days: format.count(days.length),
    }),
    days: days.map(({ at, status }) => ({
      kind: status ?? "unknown",
      label: `${format.day(at)}: ${status === null ? translate("nothing known") : term("coverage", status, format.locale)}`,
    })),
  };
}

/** The calendar of reports by day and type over the last 60 days, with its legend. */
export async function coveragePanel(source: TableSource, frame: Frame): Promise<ReturnType<FC>> {
  const { translate, format } = frame;
  const lines = await coverageDays(source, MOST_ACCOUNTS);
  const several = new Set(lines.map(([day]) => day?.accountId)).size > 1;
  const shown =
    lines.length <= MOST_LINES
      ? lines
      : lines.toSorted((left, right) => trouble(right) - trouble(left)).slice(0, MOST_LINES);
  const [first, last] = [shown[0]?.[0]?.at, shown[0]?.[SHOWN_DAYS - 1]?.at];
  return (
    <section class="panel">
      <h2>{translate("coverage by day")}</h2>
      {first === undefined || last === undefined ? (
        <p class="empty">{translate("no coverage")}</p>
      ) : (
        <>
          <CoverageCalendar
            rows={shown.map((days) => rowOf(days, several, frame))}
            from={format.shortDay(first)}
            until={format.shortDay(last)}
          />
          {shown.length === lines.length && frame.accounts.length <= MOST_ACCOUNTS ? null : (
            <p class="small soft">{translate("coverage more")}</p>
          )}
          <Legend
            marks={[
              ...termsOf("coverage").map((status) => [status, term("coverage", status, format.locale)] as const),
              ["unknown", translate("nothing known")],
            ]}
          >
            <CsvLink table={coverageTable} frame={frame} query={() => undefined} />
          </Legend>
        </>
      )}
    </section>
  );
}
