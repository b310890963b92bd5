/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import {
  type BankLineView,
  getException,
  type ExceptionView,
  listBankLines,
  type ViewContext,
} from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame, whyNot } from "../layout/page.tsx";
import { CSRF_FIELD } from "../security/csrf.ts";
import { exceptionHistoryTable } from "../tables/exception-history.tsx";
import { exceptionLink, exceptionTitle, Message, sourceText, StateOf } from "../tables/exceptions.tsx";
import { ListTableView } from "../tables/list-table-view.tsx";
import { settlementLink } from "../tables/settlements.tsx";
import { ruleTextOf } from "@amazon-pay-kit/ledger";
import { ReasonChoice } from "./controls/reason.tsx";
import type { PageRow } from "./page-row.ts";

const NONE = "–";

const Facts: FC<{ found: ExceptionView; frame: Frame }> = ({ found, frame }) => {
  const { translate, format } = frame;
  const own = { ...frame, account: found.accountId };
  const check = ruleTextOf(found.code, format.locale);
  return (
    <dl class="facts">
      <dt>{translate("column state")}</dt>
      <dd>
        <StateOf item={found} frame={frame} />
      </dd>
      <dt>{translate("column owner")}</dt>
      <dd>{found.owner ?? translate("owner nobody")}</dd>
      {check === undefined ? null : (
        <>
          <dt>{translate("exception rule")}</dt>
          <dd>{check.rule}</dd>
          <dt>{translate("exception remedy")}</dt>
          <dd>{check.remedy}</dd>
        </>
      )}
      <dt>{translate("column amount")}</dt>
      <dd>
        {found.amountMinor === null || found.currency === null ? (
          NONE
        ) : (
          <Money format={format} minor={found.amountMinor} currency={found.currency} />
        )}
      </dd>
      <dt>{translate("account")}</dt>
      <dd>{found.accountId}</dd>
      <dt>{translate("column settlement")}</dt>
      <dd>
        {found.settlementId === null ? (
          NONE
        ) : (
          <a
            href={settlementLink(frame, {
              accountId: found.accountId,
              settlementId: found.settlementId,
              currency: found.currency ?? "",
            })}
          >
            {found.settlementId}
          </a>
        )}
      </dd>
      <dt>{translate("column transaction")}</dt>
      <dd>
        {found.transactionId === null ? (
          NONE
        ) : (
          <a class="mono" href={linkTo(own, "/transactions", { q: found.transactionId })}>
            {found.transactionId}
          </a>
        )}
      </dd>
      <dt>{translate("column order")}</dt>
      <dd>{found.orderId ?? NONE}</dd>
      <dt>{translate("column reference")}</dt>
      <dd>{found.referenceId ?? NONE}</dd>
      {found.cause === found.exceptionId ? null : (
        <>
          <dt>{translate("column cause")}</dt>
          <dd>
            <a class="mono" href={exceptionLink(own, { ...found, exceptionId: found.cause })}>
              {found.cause}
            </a>
          </dd>
        </>
      )}
      <dt>{translate("column source")}</dt>
      <dd>
        {found.fileId === null ? (
          sourceText(found) || NONE
        ) : (
          <a href={linkTo(own, `/files/${found.fileId}`, { line: String(found.line ?? 1) })}>
            {translate("line of file", { line: String(found.line ?? 1) })}
          </a>
        )}
      </dd>
    </dl>
  );
};

/** At most so many bank lines are shown: a payout arrives in few parts. */
const MOST_LINES = 5;

/** The lines of bank statements that an exception is about: those of its payout, or the deposit that belongs to none. */
async function bankLinesOf(views: ViewContext, found: ExceptionView): Promise<readonly BankLineView[]> {
  const { accountId, code, settlementId, transactionId, amountMinor, currency } = found;
  const filter = { accountId, limit: MOST_LINES };
  if (code === "bank.unknown-deposit" && amountMinor !== null)
    return (await listBankLines(views, { ...filter, amountMinor, currency: currency ?? undefined })).items;
  if (settlementId === null || transactionId !== null) return [];
  return (await listBankLines(views, { ...filter, settlementId })).items;
}

const BankLines: FC<{ lines: readonly BankLineView[]; frame: Frame }> = ({ lines, frame }) =>
  lines.length === 0 ? null : (
    <section class="panel">
      <h2>{frame.translate("on the statements")}</h2>
      <ul class="needs">
        {lines.map((line) => (
          <li>
            <h3>
              <a
                href={linkTo({ ...frame, account: line.accountId }, "/explain", {
                  q: frame.format.plain(line.amountMinor, line.currency),
                })}
              >
                {line.text ?? line.counterparty ?? frame.translate("deposit of")}
              </a>{" "}
              <span class="soft">{frame.translate("on day", { day: frame.format.bankDay(line.bookedAt) })}</span>
            </h3>
            <span class="amount">
              <Money format={frame.format} minor={line.amountMinor} currency={line.currency} />
            </span>
            <span class="note">
              <a href={linkTo({ ...frame, account: line.accountId }, `/bank/statements/${line.importId}`)}>
                {frame.translate("bank line from", { file: line.fileName ?? "API", line: String(line.line ?? "") })}
              </a>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );

/** What a person can do: explain what is open, open again what is explained. Only data resolves. */
const Change: FC<{ found: ExceptionView; frame: Frame; csrf: string }> = ({ found, frame, csrf }) => {
  const { translate } = frame;
  if (found.status === "resolved") return <p class="soft">{translate("resolved by data")}</p>;
  if (!frame.may("resolve")) return <p class="soft">{translate(whyNot(frame))}</p>;
  const open = found.status === "open" || found.status === "reopened";
  return (
    <section class="panel">
      <h2>{translate(open ? "explain it" : "open again")}</h2>
      <form
        class="bulk"
        method="post"
        action={`${exceptionLink(frame, found).split("?")[0] ?? ""}/${open ? "explain" : "reopen"}?account=${encodeURIComponent(found.accountId)}`}
      >
        <input type="hidden" name={CSRF_FIELD} value={csrf} />
        {open ? <ReasonChoice frame={frame} /> : null}
        <label>
          {translate("note label")}
          <textarea name="note" rows={2} required maxlength={2000} />
        </label>
        <button type="submit">{translate(open ? "mark explained" : "reopen")}</button>
      </form>
      {found.askedBy === null ? null : (
        <p class="soft small">{translate("second person intro", { who: found.askedBy })}</p>
      )}
    </section>
  );
};

/** Who looks after it, and what was found out so far. */
const Work: FC<{ found: ExceptionView; frame: Frame; csrf: string }> = ({ found, frame, csrf }) => {
  const { translate } = frame;
  const to = (verb: string): string =>
    `${exceptionLink(frame, found).split("?")[0] ?? ""}/${verb}?account=${encodeURIComponent(found.accountId)}`;
  return (
    <section class="panel">
      <form class="bulk" method="post" action={to("assign")}>
        <input type="hidden" name={CSRF_FIELD} value={csrf} />
        <label>
          {translate("column owner")}
          <input name="owner" value={found.owner ?? frame.user} maxlength={200} autocomplete="off" />
        </label>
        <button class="quiet" type="submit">
          {translate("assign")}
        </button>
      </form>
      <form class="bulk" method="post" action={to("note")}>
        <input type="hidden" name={CSRF_FIELD} value={csrf} />
        <label>
          {translate("note only")}
          <input name="note" required maxlength={2000} autocomplete="off" />
        </label>
        <button class="quiet" type="submit">
          {translate("add note")}
        </button>
      </form>
    </section>
  );
};

export const exceptionPage: PageRow = {
  path: "/exceptions/:exceptionId",
  current: "exceptions",
  async render({ views, books, query, account, frame, csrf }) {
    const found = await getException(views, { accountId: account, exceptionId: query("exceptionId") ?? "" });
    const lines = await bankLinesOf(views, found);
    return {
      title: exceptionTitle(found, frame),
      body: (
        <>
          <section class="panel">
            <p>
              <Message item={found} frame={frame} />
            </p>
            <Facts found={found} frame={frame} />
          </section>
          <BankLines lines={lines} frame={frame} />
          <section class="panel">
            <h2>{frame.translate("history")}</h2>
            <ListTableView
              table={exceptionHistoryTable}
              page={{ items: found.events, next: null }}
              frame={{ ...frame, account: found.accountId }}
              query={query}
            />
          </section>
          <Change found={found} frame={frame} csrf={csrf} />
          {!frame.may("resolve") || books.assign === undefined ? null : (
            <Work found={found} frame={frame} csrf={csrf} />
          )}
        </>
      ),
    };
  },
};
