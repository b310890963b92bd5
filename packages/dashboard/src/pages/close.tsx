/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { AccountClose, CheckedItem } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Badge, type Tone } from "../components/badge.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { readableDates } from "../locale/readable-dates.ts";
import type { PlainText } from "../locales/texts.ts";
import { monthOf } from "../tables/period.ts";
import type { PageRow } from "./page-row.ts";

/** Months that can be chosen: those of a year. */
const MONTHS = 12;

const STATES: Readonly<Record<CheckedItem["state"], readonly [Tone, PlainText]>> = {
  done: ["good", "check done"],
  blocks: ["bad", "check blocks"],
  noted: ["warn", "check noted"],
};

/** One account: whether the month is closed, what stands in its way, and what has changed since. */
const Account: FC<{ one: AccountClose; month: string; frame: Frame }> = ({ one, month, frame }) => {
  const { translate, format } = frame;
  const blocked = one.checklist.some(({ state }) => state === "blocks");
  const differences = one.changed?.differences ?? [];
  return (
    <section class="panel">
      <div class="row">
        <h2>{one.accountId}</h2>
        <Badge tone={one.closedAt === null ? (blocked ? "bad" : "plain") : "good"}>
          {one.closedAt === null
            ? translate(blocked ? "not ready" : "ready to close")
            : translate("closed on", { day: format.day(one.closedAt) })}
        </Badge>
      </div>
      <ul class="needs">
        {one.checklist.map(({ state, message, remedy }) => (
          <li>
            <span lang="en">{readableDates(message, format)}</span>
            <Badge tone={STATES[state][0]}>{translate(STATES[state][1])}</Badge>
            {remedy === null ? null : (
              <span class="note" lang="en">
                {remedy}
              </span>
            )}
          </li>
        ))}
      </ul>
      {differences.length === 0 ? null : (
        <>
          <h3 class="wrong">{translate("changed since")}</h3>
          <ul class="needs">
            {differences.map(({ figure, currency, before, now }) => (
              <li>
                <span lang="en">
                  {figure} {currency}
                </span>
                <span class="amount">
                  {before ?? "–"} → {now ?? "–"}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {one.closedAt === null && !blocked ? (
        <p class="soft small">
          {translate("close with")} <span class="mono">{`apay close ${month}`}</span>
        </p>
      ) : null}
      {one.hash === null ? null : (
        <p class="soft small">
          SHA-256 <span class="mono">{one.hash}</span>
        </p>
      )}
    </section>
  );
};

/** The checklist of closing a month. It is worked out only when a month is asked for: all of its figures are added up. */
export const closePage: PageRow = {
  path: "/close",
  current: "close",
  async render({ books, query, account, frame, calendar, now }) {
    const { translate, format } = frame;
    const months = Array.from({ length: MONTHS }, (_, before) => monthOf(calendar, now, before + 1).from.slice(0, 7));
    const asked = query("month");
    const looked = asked === undefined ? null : await books.checkClose?.(account, asked, calendar.timeZone);
    return {
      title: asked === undefined ? translate("close") : translate("close month", { month: asked }),
      body: (
        <>
          <p class="soft">{translate("close intro")}</p>
          <p class="months">
            {months.map((month) => (
              <a href={linkTo(frame, "/close", { month })} aria-current={month === asked ? "true" : undefined}>
                {format.month(`${month}-01`)}
              </a>
            ))}
          </p>
          {asked === undefined
            ? null
            : looked?.accounts.map((one) => <Account one={one} month={asked} frame={frame} />)}
        </>
      ),
    };
  },
};
