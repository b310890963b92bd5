/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import {
  listExceptions,
  listSettlementVersions,
  listTransfers,
  settlementNeighbours,
  type SettlementDetail,
  type TransferView,
} from "@amazon-pay-kit/ledger";
import type { Child, FC } from "hono/jsx";
import { Legend } from "../charts/legend.tsx";
import { Waterfall } from "../charts/waterfall.tsx";
import { Badge } from "../components/badge.tsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { balanceSteps } from "../tables/balance-steps.ts";
import { exceptionsTable, queueColumns } from "../tables/exceptions.tsx";
import { pageAsked, type Query } from "../tables/list-table.ts";
import { CsvLink, ListTableView } from "../tables/list-table-view.tsx";
import { rowColumns } from "../tables/rows.tsx";
import { settlementBalanceTable } from "../tables/settlement-balance.ts";
import { settlementRowsTable } from "../tables/settlement-rows.tsx";
import { settlementOf, settlementTypesTable, typeLink, typeSumsOf } from "../tables/settlement-types.tsx";
import { asSent } from "../tables/transfers.tsx";
import { BankBadge, settlementLink, VerdictBadge } from "../tables/settlements.tsx";
import { term } from "../locales/texts.ts";
import { Versions } from "./settlement-versions.tsx";
import type { PageRow } from "./page-row.ts";

/** The page is about one settlement in one currency: no need to say so in every row. */
const columns = rowColumns.filter(({ title }) => title !== "column settlement" && title !== "column currency");

/** What was sent to the bank, and whether it is there. */
const Sent: FC<{ transfer: TransferView; frame: Frame }> = ({ transfer, frame }) => {
  const { translate, format } = frame;
  const { transferredAt, amountMinor, currency, disbursementReferenceId, depositAt, depositMinor } = transfer;
  return (
    <>
      <dt>{translate("column transfer")}</dt>
      <dd>
        {format.money(amountMinor, currency)}, {format.day(transferredAt)}
        {disbursementReferenceId === null ? null : (
          <>
            , <span class="mono">{disbursementReferenceId}</span>
          </>
        )}
      </dd>
      <dt>{translate("column deposit")}</dt>
      <dd>
        <a
          href={
            depositMinor === null
              ? linkTo(frame, "/bank", { bank: "unchecked" })
              : linkTo(frame, "/explain", { q: format.plain(depositMinor, transfer.depositCurrency ?? currency) })
          }
        >
          {depositAt === null ? (
            <Badge tone="warn">{translate("not matched")}</Badge>
          ) : (
            <Badge tone={asSent(transfer) ? "good" : "warn"}>
              {format.bankDay(depositAt)}
              {asSent(transfer) || depositMinor === null
                ? ""
                : `, ${format.money(depositMinor, transfer.depositCurrency ?? currency)}`}
            </Badge>
          )}
        </a>
      </dd>
    </>
  );
};

const Facts: FC<{ detail: SettlementDetail; transfers: readonly TransferView[]; frame: Frame }> = ({
  detail,
  transfers,
  frame,
}) => {
  const { translate, format } = frame;
  const { rows, errors, contentHash } = detail.file;
  const file = linkTo(frame, `/files/${detail.fileId}`);
  return (
    <dl class="facts">
      <dt>{translate("column verdict")}</dt>
      <dd>
        <VerdictBadge status={detail.status} frame={frame} />{" "}
        <span class="soft small">{translate("column bank verdict")}:</span>{" "}
        <BankBadge bank={detail.bank} frame={frame} />{" "}
        <span class="soft small">
          {translate(detail.zeroSum ? "zero sum" : "no zero sum")};{" "}
          {translate(detail.rollsForward ? "rolls forward" : "no roll forward")}
        </span>
      </dd>
      <dt>{translate("column period")}</dt>
      <dd>
        {detail.startAt === null ? "?" : format.moment(detail.startAt)} –{" "}
        {detail.endAt === null ? "?" : format.moment(detail.endAt)}
      </dd>
      {transfers.map((transfer) => (
        <Sent transfer={transfer} frame={frame} />
      ))}
      <dt>{translate("account")}</dt>
      <dd>
        <a href={linkTo(frame, "/")}>{detail.accountId}</a>
      </dd>
      <dt>{translate("column file")}</dt>
      <dd>
        <a href={file}>{translate("row count", { count: rows })}</a>,{" "}
        <a href={file}>{translate("error count", { count: errors })}</a>, SHA-256{" "}
        <span class="mono">{contentHash.slice(0, 16)}…</span>
      </dd>
      <dt>{translate("column signs")}</dt>
      <dd>{translate(detail.signConvention === "amount-minus-fee" ? "signs minus" : "signs plus")}</dd>
    </dl>
  );
};

const Balance: FC<{ detail: SettlementDetail; frame: Frame; query: Query }> = ({ detail, frame, query }) => {
  const { translate, format } = frame;
  const steps = balanceSteps(detail).map((step) => ({
    ...step,
    label: translate(step.word),
    text: format.amount(step.minor, detail.currency),
    href: typeLink(frame, detail, step.type),
  }));
  return (
    <section class="panel">
      <Waterfall
        steps={steps}
        title={translate("chart waterfall", { settlement: detail.settlementId, currency: detail.currency })}
      />
      <Legend
        marks={[
          ["total", translate("legend standing")],
          ["in", translate("legend in")],
          ["out", translate("legend out")],
          ...(steps.some(({ kind }) => kind === "hold") ? [["hold", translate("legend hold")] as const] : []),
        ]}
      >
        <CsvLink table={settlementBalanceTable} frame={frame} query={query} />
      </Legend>
    </section>
  );
};

const ByType: FC<{ detail: SettlementDetail; frame: Frame; query: Query }> = ({ detail, frame, query }) => {
  const sum = (key: "amountMinor" | "feeMinor" | "netMinor"): Child => (
    <Money
      format={frame.format}
      minor={detail.parts.reduce((total, part) => total + part[key], 0n)}
      currency={detail.currency}
      href={typeLink(frame, detail)}
      bare
    />
  );
  return (
    <section class="panel">
      <h2>{frame.translate("by type")}</h2>
      <ListTableView
        table={settlementTypesTable}
        page={{ items: typeSumsOf(detail), next: null }}
        frame={frame}
        query={query}
        sums={[
          frame.translate("sum"),
          <a href={typeLink(frame, detail)}>
            {frame.format.count(detail.parts.reduce((total, part) => total + part.rows, 0))}
          </a>,
          sum("amountMinor"),
          sum("feeMinor"),
          sum("netMinor"),
        ]}
      />
    </section>
  );
};

export const settlementPage: PageRow = {
  path: "/settlements/:settlementId",
  current: "settlements",
  async render(input) {
    const detail = await settlementOf(input);
    const { settlementId, currency, accountId } = detail;
    // From here on all is about this account, also where all of them were asked for.
    const frame = { ...input.frame, account: accountId };
    const query: Query = (name) => (name === "currency" ? currency : input.query(name));
    const { csrf, books } = input;
    const [neighbours, rows, exceptions, transfers, versions] = await Promise.all([
      settlementNeighbours(input.views, detail),
      settlementRowsTable.fetch({ ...input, account: accountId, query }, pageAsked(query)),
      listExceptions(input.views, { accountId, settlementId, limit: 20 }),
      listTransfers(input.views, { accountId, settlementId, currency, limit: 5 }),
      listSettlementVersions({ store: input.views.store, accountId }, settlementId),
    ]);
    const { translate } = frame;
    // The page's cursor is about its rows alone.
    const whole: Query = (name) => (name === "cursor" ? undefined : query(name));
    return {
      title: translate("settlement title", { settlement: settlementId, currency }),
      body: (
        <>
          <p class="row small quiet-links">
            <span>
              {neighbours.before === null ? null : (
                <a rel="prev" href={settlementLink(frame, { ...detail, settlementId: neighbours.before })}>
                  ← {translate("settlement before")}
                </a>
              )}
            </span>
            <a href={linkTo(frame, "/explain", { q: settlementId })}>{translate("down to the lines")}</a>
            <span>
              {neighbours.after === null ? null : (
                <a rel="next" href={settlementLink(frame, { ...detail, settlementId: neighbours.after })}>
                  {translate("settlement after")} →
                </a>
              )}
            </span>
          </p>
          <Balance detail={detail} frame={frame} query={whole} />
          <div class="grid">
            <section class="panel">
              <h2>{translate("glance")}</h2>
              <Facts detail={detail} transfers={transfers.items} frame={frame} />
            </section>
            <ByType detail={detail} frame={frame} query={whole} />
          </div>
          {exceptions.items.length === 0 ? null : (
            <section class="panel">
              <h2>{translate("exceptions")}</h2>
              <ListTableView
                table={exceptionsTable}
                columns={queueColumns()}
                page={exceptions}
                frame={frame}
                query={(name) => (name === "settlement" ? settlementId : undefined)}
              />
            </section>
          )}
          <Versions
            versions={versions}
            frame={frame}
            csrf={csrf}
            settlementId={settlementId}
            currency={currency}
            accepts={frame.may("approve") && books.accept !== undefined}
          />
          <section class="panel" id="rows">
            <div class="row">
              <h2>{translate("rows")}</h2>
              <span class="small">
                {books.journal === undefined ? null : (
                  <a href={linkTo(frame, `/settlements/${encodeURIComponent(settlementId)}/journal.csv`)}>
                    {translate("download journal")}
                  </a>
                )}
              </span>
            </div>
            <form class="filters" method="get" action={`/settlements/${encodeURIComponent(settlementId)}#rows`}>
              <input type="hidden" name="account" value={accountId} />
              <input type="hidden" name="currency" value={currency} />
              <label>
                {translate("row search")}
                <input type="search" name="q" value={query("q") ?? ""} />
              </label>
              <label>
                {translate("column type")}
                <select name="type">
                  <option value="">{translate("all")}</option>
                  {typeSumsOf(detail).map(({ typeKey }) => (
                    <option value={typeKey} selected={typeKey === query("type")}>
                      {term("transaction type", typeKey, frame.format.locale)}
                    </option>
                  ))}
                </select>
              </label>
              <button type="submit">{translate("show")}</button>
            </form>
            <ListTableView table={settlementRowsTable} page={rows} frame={frame} query={query} columns={columns} />
          </section>
        </>
      ),
    };
  },
};
