/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { EXCEPTION_STATUSES, type ExceptionView, listCauses } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { CSRF_FIELD } from "../security/csrf.ts";
import { exceptionCountsTable } from "../tables/exception-counts.tsx";
import { exceptionsTable, exceptionTitle, queueColumns } from "../tables/exceptions.tsx";
import { pageAsked, type Query } from "../tables/list-table.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { term } from "../locales/texts.ts";
import { linkTo, type Frame } from "../layout/page.tsx";
import { Choice, CurrencyChoice } from "./controls/choice.tsx";
import { FilterForm } from "./controls/filter-form.tsx";
import { Period } from "./controls/period.tsx";
import { ReasonChoice } from "./controls/reason.tsx";
import { Causes } from "./home/needs-me.tsx";
import type { PageRow } from "./page-row.ts";

const MOST_CAUSES = 8;

/** Id of the form that explains the selected rows: the boxes stand in the table, outside of it. */
const BULK = "explain-selected";

const DONE: Readonly<Record<string, "explained many" | "assigned many">> = {
  __proto__: null as never,
  explain: "explained many",
  assign: "assigned many",
};

/** What the last step did, and a way back. */
const Outcome: FC<{ frame: Frame; query: Query; csrf: string }> = ({ frame, query, csrf }) => {
  const { translate } = frame;
  const did = query("did");
  if (did === undefined) return null;
  const count = Number(query("count")) || 0;
  const refused = Number(query("refused")) || 0;
  const asked = Number(query("asked")) || 0;
  const undo = (query("undo") ?? "").split(",").filter((id) => id !== "");
  return (
    <div class="message" role="status">
      {translate(DONE[did] ?? "reopened many", { count: count - asked })}
      {asked === 0 ? "" : ` ${translate("asked many", { count: asked })}`}
      {refused === 0 ? "" : ` ${translate("refused many", { count: refused })}`}
      {undo.length === 0 || !frame.may("resolve") ? null : (
        <form method="post" action="/exceptions/reopen">
          <input type="hidden" name={CSRF_FIELD} value={csrf} />
          <input type="hidden" name="note" value={translate("undone")} />
          <input type="hidden" name="back" value={frame.query.toString()} />
          {undo.map((id) => (
            <input type="hidden" name="id" value={id} />
          ))}
          <button class="quiet" type="submit">
            {translate("undo")}
          </button>
        </form>
      )}
    </div>
  );
};

/** What is done with all selected rows in one step: explained with a reason, or given to somebody. */
const WithSelected: FC<{ frame: Frame; csrf: string; assigns: boolean }> = ({ frame, csrf, assigns }) => (
  <form class="bulk" method="post" action="/exceptions/explain" id={BULK}>
    <input type="hidden" name={CSRF_FIELD} value={csrf} />
    <input type="hidden" name="back" value={frame.query.toString()} />
    <label class="all" hidden>
      <input type="checkbox" data-all />
      {frame.translate("select all")}
    </label>
    <ReasonChoice frame={frame} />
    <label>
      {frame.translate("note label")}
      <input name="note" required maxlength={2000} autocomplete="off" />
    </label>
    <button type="submit">{frame.translate("explain selected")}</button>
    {assigns ? (
      <span class="beside">
        <label>
          {frame.translate("column owner")}
          <input name="owner" value={frame.user} maxlength={200} autocomplete="off" />
        </label>
        <button class="quiet" type="submit" formaction="/exceptions/assign" formnovalidate>
          {frame.translate("assign selected")}
        </button>
      </span>
    ) : null}
  </form>
);

/** The box of a row; a row that data has resolved has none. */
const Pick: FC<{ item: ExceptionView; frame: Frame }> = ({ item, frame }) =>
  item.status === "resolved" ? null : (
    <input
      type="checkbox"
      name="id"
      value={`${item.accountId} ${item.exceptionId}`}
      form={BULK}
      aria-label={`${frame.translate("select")}: ${exceptionTitle(item, frame)} ${item.orderId ?? item.exceptionId}`}
    />
  );

export const exceptionsPage: PageRow = {
  path: "/exceptions",
  current: "exceptions",
  async render(input) {
    const { views, query, account, frame, csrf, now } = input;
    const { translate, format } = frame;
    const [counts, page, totals, causes] = await Promise.all([
      exceptionCountsTable.fetch(input, {}),
      exceptionsTable.fetch(input, pageAsked(query)),
      exceptionsTable.sums?.(input),
      listCauses(views, { accountId: account, limit: MOST_CAUSES }),
    ]);
    const codes = [...new Set(counts.items.map(({ code }) => code))];
    const filtered = exceptionsTable.filters.some((name) => query(name) !== undefined && name !== "status");
    const writes = frame.may("resolve") && page.items.length > 0;
    return {
      title: translate("exceptions"),
      body: (
        <>
          <Outcome frame={frame} query={query} csrf={csrf} />
          <p class="row small quiet-links">
            <a href={linkTo(frame, "/claims")}>{translate("claims link")}</a>
          </p>
          {causes.items.length === 0 || filtered || query("cursor") !== undefined ? null : (
            <section class="panel">
              <div class="row">
                <h2>{translate("by cause")}</h2>
                <span class="soft small">
                  {translate("causes of", { causes: causes.causes, exceptions: causes.exceptions })}
                </span>
              </div>
              <Causes causes={causes} frame={frame} now={now} />
            </section>
          )}
          <section class="panel">
            <FilterForm frame={frame} query={query} action="/exceptions" search="text search">
              <Choice
                frame={frame}
                label="column code"
                name="code"
                chosen={query("code")}
                options={codes.map((code) => [code, exceptionTitle({ code }, frame)])}
              />
              <Choice
                frame={frame}
                label="column state"
                name="status"
                chosen={query("status")}
                options={[
                  ["to-do", translate("column to do")],
                  ...EXCEPTION_STATUSES.map((status) => [status, term("exception", status, format.locale)] as const),
                ]}
              />
              <Choice
                frame={frame}
                label="column owner"
                name="owner"
                chosen={query("owner")}
                options={[
                  ["me", translate("owner me")],
                  ["nobody", translate("owner nobody")],
                  ["asked", translate("second person")],
                ]}
              />
              <CurrencyChoice frame={frame} query={query} />
              <Period frame={frame} query={query} />
              <label>
                {translate("column settlement")}
                <input name="settlement" value={query("settlement") ?? ""} size={12} />
              </label>
            </FilterForm>
            <ListTableView
              table={exceptionsTable}
              page={page}
              frame={frame}
              query={query}
              columns={queueColumns()}
              totals={totals}
              pick={writes ? (item) => <Pick item={item} frame={frame} /> : undefined}
              below={
                writes ? <WithSelected frame={frame} csrf={csrf} assigns={input.books.assign !== undefined} /> : null
              }
            />
            <details class="more keys">
              <summary>{translate("keys")}</summary>
              <p class="small">
                <kbd>/</kbd> {translate("key find")} · <kbd>j</kbd> <kbd>k</kbd> {translate("key move")} · <kbd>↵</kbd>{" "}
                {translate("key open")} · <kbd>x</kbd> {translate("select")} · <kbd>e</kbd> {translate("key explain")}
              </p>
            </details>
          </section>
          {counts.items.length === 0 || filtered ? null : (
            <details class="more">
              <summary>{translate("exceptions counted")}</summary>
              <section class="panel">
                <ListTableView table={exceptionCountsTable} page={counts} frame={frame} query={() => undefined} />
              </section>
            </details>
          )}
        </>
      ),
    };
  },
};
