/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { pageStatements, type StatementView, ViewError } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { linkTo, type Frame } from "../../layout/page.tsx";
import { CSRF_FIELD } from "../../security/csrf.ts";
import { bankLinesTable } from "../../tables/bank-lines.tsx";
import { pageAsked, type Query } from "../../tables/list-table.ts";
import { ListTableView } from "../../tables/list-table-view.tsx";
import { statementLink, statementName } from "../../tables/statements.tsx";
import type { PageRow } from "../page-row.ts";

const Facts: FC<{ statement: StatementView; frame: Frame }> = ({ statement, frame }) => {
  const { translate, format } = frame;
  const { from, to, lines, fileLines, withdrawn, importedAt } = statement;
  return (
    <dl class="facts">
      <dt>{translate("column period")}</dt>
      <dd>{from === null || to === null ? "–" : `${format.bankDay(from)} – ${format.bankDay(to)}`}</dd>
      <dt>{translate("column rows")}</dt>
      <dd>{translate("lines brought", { lines, file: format.count(fileLines) })}</dd>
      <dt>{translate("column imported")}</dt>
      <dd>{format.moment(importedAt)}</dd>
      <dt>{translate("account")}</dt>
      <dd>{statement.accountId}</dd>
      {withdrawn === null ? null : (
        <>
          <dt>{translate("statement withdrawn")}</dt>
          <dd>
            {format.moment(withdrawn.at)} · {withdrawn.who} · {withdrawn.note}
          </dd>
        </>
      )}
    </dl>
  );
};

/** Takes a wrong statement out again. */
const Withdraw: FC<{ statement: StatementView; frame: Frame; csrf: string }> = ({ statement, frame, csrf }) => {
  const { translate } = frame;
  const [path, query] = statementLink(frame, statement).split("?");
  return (
    <details class="more">
      <summary>{translate("withdraw statement")}</summary>
      <section class="panel">
        <p class="soft">{translate("withdraw intro")}</p>
        <form class="bulk" method="post" action={`${path}/withdraw?${query}`}>
          <input type="hidden" name={CSRF_FIELD} value={csrf} />
          <label>
            {translate("note label")}
            <input name="note" required maxlength={2000} autocomplete="off" />
          </label>
          <button type="submit">{translate("withdraw")}</button>
        </form>
      </section>
    </details>
  );
};

/** One statement with its lines. */
export const statementPage: PageRow = {
  path: "/bank/statements/:importId",
  current: "bank",
  async render(input) {
    const { views, account, csrf } = input;
    const importId = Number(input.query("importId"));
    const known = Number.isSafeInteger(importId) && importId > 0;
    const [statement] = known ? (await pageStatements(views, { accountId: account, importId, limit: 1 })).items : [];
    if (statement === undefined)
      throw new ViewError(
        "view.not-found",
        `there is no bank statement ${String(input.query("importId")).slice(0, 40)}`,
      );
    const frame = { ...input.frame, account: statement.accountId };
    const query: Query = (name) => (name === "statement" ? String(importId) : input.query(name));
    const lines = await bankLinesTable.fetch({ ...input, account: statement.accountId, query }, pageAsked(query));
    return {
      title: frame.translate("statement title", { name: statementName(statement) }),
      body: (
        <>
          <section class="panel">
            <Facts statement={statement} frame={frame} />
          </section>
          <section class="panel">
            <h2>{frame.translate("on the statements")}</h2>
            <ListTableView
              table={{ ...bankLinesTable, path: "/bank/statements/:importId" }}
              page={lines}
              frame={frame}
              query={query}
              list="lines"
            />
          </section>
          {statement.withdrawn !== null || !frame.may("approve") || input.books.bank === undefined ? null : (
            <Withdraw statement={statement} frame={frame} csrf={csrf} />
          )}
          <p>
            <a href={linkTo(frame, "/bank")}>{frame.translate("bank")}</a>
          </p>
        </>
      ),
    };
  },
};
