import type { FC } from "hono/jsx";
import { linkTo, type Frame } from "../../layout/page.tsx";
import { monthOf } from "../../tables/period.ts";
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

/** The last months as links, with the other filters kept. */
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
  const months = Array.from({ length: MONTHS }, (_, before) => monthOf(frame.calendar, now, before));
  const whole = query("from") === undefined && query("to") === undefined;
  return (
    <p class="months">
      {months.map((month) => {
        const current = query("from") === month.from && query("to") === month.to;
        return (
          <a href={linkTo(frame, path, { ...kept, ...month })} aria-current={current ? "true" : undefined}>
            {frame.format.month(month.from)}
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
