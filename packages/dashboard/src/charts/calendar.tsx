/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { FC } from "hono/jsx";

/** One day of one kind of report. */
export interface CalendarDay {
  /** Class of its colour. */
  readonly kind: string;
  /** What is said about it, with its date. */
  readonly label: string;
}

/** The days of one kind of report. */
export interface CalendarRow {
  readonly name: string;
  readonly href: string;
  /** The days in words, for those who do not see them. */
  readonly spoken: string;
  readonly days: readonly CalendarDay[];
}

const CELL = 10;
const GAP = 2;
const HEIGHT = 12;

/**
 * Which days are covered by which report: a line a type, a cell a day, always as wide as there is package, so that the newest
 * day is in sight on a phone too.
 */
export const CoverageCalendar: FC<{ rows: readonly CalendarRow[]; from: string; until: string }> = ({
  rows,
  from,
  until,
}) => (
  <div class="calendar">
    {rows.map((row) => (
      <>
        <a href={row.href}>{row.name}</a>
        <svg
          viewBox={`0 0 ${row.days.length * (CELL + GAP) - GAP} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={row.spoken}
        >
          {row.days.map((day, index) => (
            <rect class={day.kind} x={index * (CELL + GAP)} y="0" width={CELL} height={HEIGHT}>
              <title>{day.label}</title>
            </rect>
          ))}
        </svg>
      </>
    ))}
    <span class="ends small soft">
      <span>{from}</span>
      <span>{until}</span>
    </span>
  </div>
);
