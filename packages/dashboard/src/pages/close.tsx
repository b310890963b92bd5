/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import {
  type AccountClose,
  type CheckedItem,
  type CloseCheck,
  type MonthClose,
  type MonthState,
  monthStates,
} from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Badge, type Tone } from "../components/badge.tsx";
import { DataTable, type PageColumn } from "../components/data-table.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { readableDates } from "../locale/readable-dates.ts";
import { term } from "../locales/texts.ts";
import type { PlainText } from "../locales/texts.ts";
import { CSRF_FIELD } from "../security/csrf.ts";
import type { Query } from "../tables/list-table.ts";
import { monthOf } from "../tables/period.ts";
import { Outcome } from "./controls/outcome.tsx";
import type { PageRow } from "./page-row.ts";

/** Months that can be chosen: those of a year. */
const MONTHS = 12;

const STATES: Readonly<Record<CheckedItem["state"], readonly [Tone, PlainText]>> = {
  done: ["good", "check done"],
  blocks: ["bad", "check blocks"],
  noted: ["warn", "check noted"],
};

/** Where what a check asks for is done. */
const PLACES: Readonly<Record<CloseCheck, string>> = {
  "month-over": "/close",
  "reports-complete": "/reports",
  reconciled: "/reports",
  "sync-finished": "/reports",
  "versions-accepted": "/settlements",
  "months-before": "/close",
  "bank-statement": "/bank/import",
  "exceptions-open": "/exceptions",
};

/** One check: its name and what to do in the reader's language, and what exactly was found as the command line says it. */
const Check: FC<{ item: CheckedItem; frame: Frame }> = ({ item, frame }) => {
  const { translate, format } = frame;
  const { check, state, message } = item;
  return (
    <li>
      <span>{term("close check", check, format.locale)}</span>
      <Badge tone={STATES[state][0]}>{translate(STATES[state][1])}</Badge>
      {state === "done" ? null : (
        <span class="note">
          <a href={linkTo({ ...frame, account: item.accountId }, PLACES[check])}>
            {term("close remedy", check, format.locale)}
          </a>
          <span lang="en">{readableDates(message, format)}</span>
        </span>
      )}
    </li>
  );
};

/** Figures and files that are not what they were when the month was closed. */
const Changed: FC<{ one: AccountClose; frame: Frame }> = ({ one, frame }) => {
  const { translate } = frame;
  const { differences = [], added = [], gone = [] } = one.changed ?? {};
  if (differences.length === 0) return null;
  return (
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
        {added.map(({ name, hash }) => (
          <li>
            <span class="mono">{name}</span>
            <span class="soft small">{translate("file new", { hash: hash.slice(0, 12) })}</span>
          </li>
        ))}
        {gone.map(({ name, hash }) => (
          <li>
            <span class="mono">{name}</span>
            <span class="soft small">{translate("file gone", { hash: hash.slice(0, 12) })}</span>
          </li>
        ))}
      </ul>
    </>
  );
};

/** One account: whether the month is closed, what stands in its way, and what has changed since. */
const Account: FC<{ one: AccountClose; frame: Frame }> = ({ one, frame }) => {
  const { translate, format } = frame;
  const blocked = one.checklist.some(({ state }) => state === "blocks");
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
      <ul class="needs tight">
        {one.checklist.map((item) => (
          <Check item={item} frame={frame} />
        ))}
      </ul>
      <Changed one={one} frame={frame} />
      {one.hash === null ? null : (
        <p class="soft small">
          {[one.closedBy, one.note].filter(Boolean).join(" · ")} SHA-256 <span class="mono">{one.hash}</span>
        </p>
      )}
    </section>
  );
};

/** Closes the month, or opens it again; and the pack for those who sign it, a draft before it is closed. */
const Work: FC<{ looked: MonthClose; frame: Frame; csrf: string }> = ({ looked, frame, csrf }) => {
  const { translate } = frame;
  const { month, accounts, closed } = looked;
  const blocked = accounts.some(({ checklist }) => checklist.some(({ state }) => state === "blocks"));
  const to = (path: string): string => linkTo(frame, `/close/${month}${path}`);
  return (
    <section class="panel">
      <p class="actions">
        <a class="button quiet" href={to("/pack.html")}>
          {translate(closed ? "pack page" : "draft page")}
        </a>
        <a class="button quiet" href={to("/pack.xlsx")}>
          {translate(closed ? "pack workbook" : "draft workbook")}
        </a>
      </p>
      {!frame.may("approve") ? null : blocked && !closed ? (
        <p class="soft">{translate("close blocked")}</p>
      ) : (
        <form class="bulk" method="post" action={to(closed ? "/reopen" : "")}>
          <input type="hidden" name={CSRF_FIELD} value={csrf} />
          <label>
            {translate(closed ? "reopen why" : "close note")}
            <input name="note" required={closed} maxlength={2000} autocomplete="off" />
          </label>
          <button class={closed ? "quiet" : undefined} type="submit">
            {closed ? translate("reopen month") : translate("close now", { month: frame.format.month(`${month}-01`) })}
          </button>
        </form>
      )}
    </section>
  );
};

const DONE = { closed: "close done", blocked: "close blocked", reopened: "reopen done" } as const satisfies Record<
  string,
  PlainText
>;

/** What the last step has done. */
const Done: FC<{ frame: Frame; query: Query }> = ({ frame, query }) => {
  const did = query("did") ?? "";
  return Object.hasOwn(DONE, did) ? <Outcome>{frame.translate(DONE[did as keyof typeof DONE])}</Outcome> : null;
};

/** How far the accounts are with a month. */
const State: FC<{ one: MonthState; frame: Frame }> = ({ one, frame }) => {
  const { translate, format } = frame;
  if (one.closedAt === null) return <Badge tone="plain">{translate("month open")}</Badge>;
  if (one.closed < one.accounts)
    return (
      <Badge tone="warn">
        {translate("month part closed", { closed: format.count(one.closed), accounts: format.count(one.accounts) })}
      </Badge>
    );
  return <Badge tone="good">{translate("closed on", { day: format.day(one.closedAt) })}</Badge>;
};

/** The months of a year, with what is closed of them: where to begin. */
const Months: FC<{ months: readonly MonthState[]; frame: Frame }> = ({ months, frame }) => {
  const { translate, format } = frame;
  const columns: readonly PageColumn<MonthState>[] = [
    {
      title: translate("column month"),
      place: "key",
      cell: ({ month }) => <a href={linkTo(frame, "/close", { month })}>{format.month(`${month}-01`)}</a>,
    },
    { title: translate("column state"), place: "lead", cell: (one) => <State one={one} frame={frame} /> },
    { title: translate("column closed by"), cell: ({ who, closedAt }) => (closedAt === null ? "" : (who ?? "…")) },
  ];
  return <DataTable caption={translate("months newest")} columns={columns} rows={months} />;
};

/** The checklist of closing a month. It is worked out only when a month is asked for: all of its figures are added up. */
export const closePage: PageRow = {
  path: "/close",
  current: "close",
  async render({ books, views, query, account, frame, calendar, now, csrf }) {
    const { translate, format } = frame;
    const months = Array.from({ length: MONTHS }, (_, before) => monthOf(calendar, now, before + 1).from.slice(0, 7));
    const asked = query("month");
    const looked = asked === undefined ? null : ((await books.closing?.check(account, asked)) ?? null);
    return {
      title: asked === undefined ? translate("close") : translate("close month", { month: monthName(asked, frame) }),
      body: (
        <>
          <Done frame={frame} query={query} />
          <p class="soft">{translate("close intro")}</p>
          {asked === undefined ? (
            <Months months={await monthStates(views, { accountId: account, months })} frame={frame} />
          ) : (
            <p class="months">
              {months.map((month) => (
                <a href={linkTo(frame, "/close", { month })} aria-current={month === asked ? "true" : undefined}>
                  {format.month(`${month}-01`)}
                </a>
              ))}
            </p>
          )}
          {looked === null ? null : (
            <>
              <Work looked={looked} frame={frame} csrf={csrf} />
              {looked.accounts.map((one) => (
                <Account one={one} frame={frame} />
              ))}
            </>
          )}
        </>
      ),
    };
  },
};

/** A month as people write it; what is none stands as it was given, for the books to refuse. */
function monthName(month: string, frame: Frame): string {
  return /^\d{4}-(?:0[1-9]|1[0-2])$/.test(month) ? frame.format.month(`${month}-01`) : month;
}
