import type { FC } from "hono/jsx";

/** One day of one kind of report. */
export interface CalendarDay {
  readonly at: number;
  readonly status: "complete" | "missing" | "late" | "no-data";
  readonly label: string;
}

/** The days of one kind of report. */
export interface CalendarRow {
  readonly name: string;
  readonly days: readonly CalendarDay[];
  readonly href?: string | undefined;
}

const NAME = 170;
const CELL = 12;
const LINE = 24;

/** Which days are covered by which report: a line a type, a cell a day. */
export const CoverageCalendar: FC<{ rows: readonly CalendarRow[]; title: string }> = ({ rows, title }) => {
  const longest = Math.max(1, ...rows.map((row) => row.days.length));
  const width = NAME + longest * (CELL + 2);
  return (
    <svg class="chart" viewBox={`0 0 ${Math.max(640, width)} ${rows.length * LINE + 4}`} role="img" aria-label={title}>
      {rows.map((row, line) => (
        <g>
          <text x="0" y={line * LINE + 16}>
            {row.name}
          </text>
          {row.days.map((day, index) => (
            <rect
              class={day.status}
              x={NAME + index * (CELL + 2)}
              y={line * LINE + 5}
              width={CELL}
              height={CELL}
              rx="2"
            >
              <title>{day.label}</title>
            </rect>
          ))}
        </g>
      ))}
    </svg>
  );
};
