import { getSettlement, listExceptions, listSettlementRows, type SettlementDetail } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Waterfall } from "../charts/waterfall.tsx";
import { Badge } from "../components/badge.tsx";
import { DataTable } from "../components/data-table.tsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { word } from "../layout/words.ts";
import { exceptionsTable } from "../tables/exceptions.tsx";
import { ListTableView } from "../tables/list-table-view.tsx";
import { rowColumns, rowsTable } from "../tables/rows.tsx";
import type { PageRow } from "./page-row.ts";
import { waterfallSteps } from "./waterfall-steps.ts";

const Facts: FC<{ detail: SettlementDetail; frame: Frame }> = ({ detail, frame }) => {
  const { format } = frame;
  return (
    <dl class="facts">
      <dt>Verdict</dt>
      <dd>
        {detail.status === "balanced" ? (
          <Badge tone="good">{word("balanced", format.locale)}</Badge>
        ) : (
          <Badge tone="bad">{word("with exceptions", format.locale)}</Badge>
        )}{" "}
        <span class="soft small">
          {detail.zeroSum ? "rows add up to zero" : "rows do not add up to zero"};{" "}
          {detail.rollsForward ? "balances roll forward" : "balances do not roll forward"}
        </span>
      </dd>
      <dt>Period</dt>
      <dd>
        {detail.startAt === null ? "?" : format.moment(detail.startAt)} –{" "}
        {detail.endAt === null ? "?" : format.moment(detail.endAt)}
      </dd>
      <dt>Account</dt>
      <dd>{detail.accountId}</dd>
      <dt>File</dt>
      <dd>
        <a href={linkTo({ ...frame, account: detail.accountId }, `/files/${detail.fileId}`)}>
          {format.count(detail.file.rows)} rows
        </a>
        , {format.count(detail.file.errors)} errors, SHA-256{" "}
        <span class="mono">{detail.file.contentHash.slice(0, 16)}…</span>
      </dd>
      <dt>Signs</dt>
      <dd>{detail.signConvention === "amount-minus-fee" ? "net = amount − fee (mirror)" : "net = amount + fee"}</dd>
    </dl>
  );
};

export const settlementPage: PageRow = {
  path: "/settlements/:settlementId",
  current: "settlements",
  async render({ views, query, param, account, frame }) {
    const detail = await getSettlement(views, {
      accountId: account,
      settlementId: param("settlementId"),
      currency: query("currency"),
    });
    const typeKey = query("type");
    const scope = { accountId: detail.accountId, settlementId: detail.settlementId };
    const rows = await listSettlementRows(views, {
      ...scope,
      currency: detail.currency,
      typeKey,
      cursor: query("cursor"),
    });
    const exceptions = await listExceptions(views, { ...scope, limit: 20 });
    const path = `/settlements/${encodeURIComponent(detail.settlementId)}`;
    const table = {
      ...rowsTable,
      path,
      caption: typeKey === undefined ? "Rows in the order in which they were posted" : `Rows of type ${typeKey}`,
      columns: rowColumns.filter((column) => column.title !== "Settlement" && column.title !== "Currency"),
      filters: ["currency", "type"],
    };
    const steps = waterfallSteps(detail, frame);
    return {
      title: `${word("settlements", frame.format.locale)} · ${detail.settlementId} · ${detail.currency}`,
      body: (
        <>
          <section class="panel">
            <Waterfall
              steps={steps}
              title={`From opening to closing balance of settlement ${detail.settlementId} in ${detail.currency}`}
            />
          </section>
          <div class="grid">
            <section class="panel">
              <h2>At a glance</h2>
              <Facts detail={detail} frame={frame} />
            </section>
            <section class="panel">
              <h2>By type</h2>
              <DataTable
                caption={`Sums in ${detail.currency}`}
                rows={detail.parts}
                empty={word("none", frame.format.locale)}
                columns={[
                  {
                    title: "Type",
                    cell: (part) => (
                      <a
                        href={`${linkTo({ ...frame, account: detail.accountId }, path, { currency: detail.currency, type: part.typeKey })}#rows`}
                      >
                        {part.type}
                      </a>
                    ),
                  },
                  { title: "Rows", numeric: true, cell: (part) => frame.format.count(part.rows) },
                  {
                    title: "Amount",
                    numeric: true,
                    cell: (part) => (
                      <Money format={frame.format} minor={part.amountMinor} currency={detail.currency} bare />
                    ),
                  },
                  {
                    title: "Fee",
                    numeric: true,
                    cell: (part) => (
                      <Money format={frame.format} minor={part.feeMinor} currency={detail.currency} bare />
                    ),
                  },
                  {
                    title: "Net",
                    numeric: true,
                    cell: (part) => (
                      <Money format={frame.format} minor={part.netMinor} currency={detail.currency} bare />
                    ),
                  },
                ]}
                sums={[
                  "Sum",
                  frame.format.count(detail.parts.reduce((sum, part) => sum + part.rows, 0)),
                  ...(["amountMinor", "feeMinor", "netMinor"] as const).map((key) => (
                    <Money
                      format={frame.format}
                      minor={detail.parts.reduce((sum, part) => sum + part[key], 0n)}
                      currency={detail.currency}
                      bare
                    />
                  )),
                ]}
              />
            </section>
          </div>
          {exceptions.items.length === 0 ? null : (
            <section class="panel">
              <h2>{word("exceptions", frame.format.locale)}</h2>
              <ListTableView
                table={exceptionsTable}
                page={exceptions}
                frame={frame}
                query={(name) => (name === "settlement" ? detail.settlementId : undefined)}
              />
            </section>
          )}
          <section class="panel" id="rows">
            <div class="row">
              <h2>Rows</h2>
              {typeKey === undefined ? null : (
                <a href={linkTo({ ...frame, account: detail.accountId }, path, { currency: detail.currency })}>
                  all types
                </a>
              )}
            </div>
            <ListTableView
              table={table}
              page={rows}
              frame={{ ...frame, account: detail.accountId }}
              query={(name) => (name === "currency" ? detail.currency : query(name))}
            />
          </section>
        </>
      ),
    };
  },
};
