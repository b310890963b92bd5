/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { FC } from "hono/jsx";
import { linkTo, type Frame } from "../../layout/page.tsx";
import { monthOf, spanOf } from "../../tables/period.ts";
import type { Query } from "../../tables/list-table.ts";

/** Two days between which rows are wanted. They stay in the address, so that a view can be kept and sent. */
export const Period: FC<{ frame: Frame; query: Query }> = ({ frame, query }) => (
  <>
    <label>
      {frame.translate("from day")}
      <input type="date" name="from" value={query("from") ?? ""} />
    </label>
    <label>
      {frame.translate("to day")}
      <input type="date" name="to" value={query("to") ?? ""} />
    </label>
  </>
);

const MONTHS = 4;
const QUARTERS = 4;
const YEARS = 2;

/** The last months, quarters and years as links, with the other filters kept. */
export const Months: FC<{
  frame: Frame;
  query: Query;
  path: string;
  /** Names of the filters to keep. */
  filters: readonly string[];
  /** The moment that the newest month is of. */
  now: number;
}> = ({ frame, query, path, filters, now }) => {
  const kept = Object.fromEntries(filters.map((name) => [name, query(name)]));
  const list = <Item,>(length: number, make: (before: number) => Item): readonly Item[] =>
    Array.from({ length }, (_, before) => make(before));
  const months = [
    ...list(MONTHS, (before) => monthOf(frame.calendar, now, before)).map((month) => ({
      ...month,
      name: frame.format.month(month.from),
    })),
    ...list(QUARTERS, (before) => spanOf(frame.calendar, now, 3, before)).map(({ from, to, year, part }) => ({
      from,
      to,
      name: frame.translate("quarter", { quarter: String(part), year: String(year) }),
    })),
    ...list(YEARS, (before) => spanOf(frame.calendar, now, 12, before)).map(({ from, to, year }) => ({
      from,
      to,
      name: String(year),
    })),
  ];
  const whole = query("from") === undefined && query("to") === undefined;
  return (
    <p class="months">
      {months.map((month) => {
        const current = query("from") === month.from && query("to") === month.to;
        return (
          <a
            href={linkTo(frame, path, { ...kept, from: month.from, to: month.to })}
            aria-current={current ? "true" : undefined}
          >
            {month.name}
          </a>
        );
      })}
      <a
        href={linkTo(frame, path, { ...kept, from: undefined, to: undefined })}
        aria-current={whole ? "true" : undefined}
      >
        {frame.translate("all time")}
      </a>
    </p>
  );
};
