/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { WORDS_AMONG } from "@amazon-pay-kit/ledger";
import { Choice, CurrencyChoice } from "../controls/choice.tsx";
import { FilterForm } from "../controls/filter-form.tsx";
import { Months, Period } from "../controls/period.tsx";
import type { FC } from "hono/jsx";
import { linkTo, type Frame } from "../../layout/page.tsx";
import { bankLinesTable } from "../../tables/bank-lines.tsx";
import { forecastsTable } from "../../tables/forecasts.tsx";
import { pageAsked, type Query } from "../../tables/list-table.ts";
import { ListTableView } from "../../tables/list-table-view.tsx";
import { statementsTable } from "../../tables/statements.tsx";
import { transfersTable } from "../../tables/transfers.tsx";
import { Outcome } from "../controls/outcome.tsx";
import type { PageRow } from "../page-row.ts";

/** Rows of each side that stand on the page; each list has its own pages when it is the only one asked for. */
const SIDE = 12;

/** Statements that stand on the page; their own list has the others. */
const STATEMENTS = 6;
const FORECASTS = 12;

/** So many accounts have more lines than are searched for words while somebody waits. */
const MANY = 21;

/** What was done with a statement. */
const Done: FC<{ frame: Frame; query: Query }> = ({ frame, query }) => {
  const [did, statement] = [query("did"), query("statement")];
  if (did !== "import" && did !== "withdraw") return null;
  return (
    <Outcome>
      {did === "withdraw"
        ? frame.translate("withdrawn done")
        : frame.translate("imported done", { count: Number(query("count")) || 0 })}{" "}
      {statement === undefined ? null : (
        <a href={linkTo(frame, `/bank/statements/${encodeURIComponent(statement)}`)}>{frame.translate("show it")}</a>
      )}
    </Outcome>
  );
};

export const bankPage: PageRow = {
  path: "/bank",
  current: "bank",
  async render(input) {
    const { frame } = input;
    const { translate } = frame;
    // What the last step has done is no filter of the lists.
    const done = input.query("did") !== undefined;
    const query: Query = (name) => (done && name === "statement" ? undefined : input.query(name));
    const shown = { ...input, query };
    const lists = query("list");
    const only = (name: string) => lists === undefined || lists === name;
    const asked = lists === undefined ? { limit: SIDE } : pageAsked(query);
    const [lines, transfers, forecasts, statements] = await Promise.all([
      only("lines") ? bankLinesTable.fetch(shown, asked) : null,
      only("payouts") ? transfersTable.fetch(shown, asked) : null,
      only("forecasts") ? forecastsTable.fetch(shown, lists === undefined ? { limit: FORECASTS } : asked) : null,
      only("statements") ? statementsTable.fetch(shown, lists === undefined ? { limit: STATEMENTS } : asked) : null,
    ]);
    return {
      title: translate("bank"),
      body: (
        <>
          <Done frame={frame} query={input.query} />
          <p class="soft">{translate("bank intro")}</p>
          <p class="actions">
            <a class="button" href={linkTo(frame, "/bank/import")}>
              {translate("import title")}
            </a>
            <a class="button quiet" href={linkTo(frame, "/bank/match")}>
              {translate("match title")}
            </a>
          </p>
          <FilterForm frame={frame} query={query} action="/bank" search="bank search">
            <Choice
              frame={frame}
              label="column compared"
              name="bank"
              chosen={query("bank")}
              options={[
                ["unchecked", translate("only unmatched")],
                ["matched", translate("only matched")],
              ]}
            />
            <CurrencyChoice frame={frame} query={query} />
            <Period frame={frame} query={query} />
          </FilterForm>
          <Months frame={frame} query={query} path="/bank" filters={bankLinesTable.filters} now={input.now} />
          {lines === null ? null : (
            <section class="panel" id="lines">
              <h2>{translate("on the statements")}</h2>
              {query("q") === undefined || input.account !== undefined || frame.accounts.length < MANY ? null : (
                <p class="soft small">{translate("words among newest", { count: frame.format.count(WORDS_AMONG) })}</p>
              )}
              <ListTableView table={bankLinesTable} page={lines} frame={frame} query={query} list="lines" />
            </section>
          )}
          {transfers === null ? null : (
            <section class="panel" id="payouts">
              <h2>{translate("paid by amazon")}</h2>
              <ListTableView table={transfersTable} page={transfers} frame={frame} query={query} list="payouts" />
            </section>
          )}
          {statements === null ? null : (
            <section class="panel" id="statements">
              <div class="row">
                <h2>{translate("statements")}</h2>
                {lists === undefined && statements.next !== null ? (
                  <a href={linkTo(frame, "/bank", { list: "statements" })}>{translate("all")}</a>
                ) : null}
              </div>
              <ListTableView
                table={statementsTable}
                page={lists === undefined ? { ...statements, next: null } : statements}
                frame={frame}
                query={query}
                list="statements"
              />
            </section>
          )}
          {forecasts === null ? null : (
            <section class="panel" id="forecast">
              <h2>{translate("forecast")}</h2>
              <ListTableView table={forecastsTable} page={forecasts} frame={frame} query={query} list="forecasts" />
            </section>
          )}
        </>
      ),
    };
  },
};
