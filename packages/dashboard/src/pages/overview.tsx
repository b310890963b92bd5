import { groupBy } from "../tables/group-by.ts";
import { ageing, countExceptions, listForecasts, listSettlements, TO_DO } from "@amazon-pay-kit/ledger";
import { Columns } from "../charts/columns.tsx";
import { linkTo } from "../layout/page.tsx";
import { word } from "../layout/words.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { settlementLink, settlementsTable } from "../tables/settlements.tsx";
import { Coverage, coverageOf } from "./coverage.tsx";
import type { PageRow } from "./page-row.ts";

const LAST = 8;

export const overviewPage: PageRow = {
  path: "/",
  current: "overview",
  async render({ views, account, frame, now }) {
    const [settlements, recent, counts, forecasts, ages, coverage] = await Promise.all([
      listSettlements(views, { accountId: account, limit: LAST }),
      listSettlements(views, { accountId: account, limit: 90 }),
      countExceptions(views, { accountId: account }),
      listForecasts(views, { accountId: account, awaited: true }),
      ageing(views, { accountId: account, now }),
      coverageOf(views, account, now, frame.format),
    ]);
    const { format } = frame;
    const toDo = counts
      .filter((count) => (TO_DO as readonly string[]).includes(count.status))
      .reduce((sum, count) => sum + count.count, 0);
    const transit = [
      ...groupBy(
        ages.filter((bucket) => bucket.kind === "charge"),
        (bucket) => bucket.currency,
      ),
    ].map(([currency, list]) => [currency, list.reduce((sum, bucket) => sum + bucket.amountMinor, 0n)] as const);
    const byCurrency = [...groupBy(recent.items, (item) => item.currency)].sort(([left], [right]) =>
      left.localeCompare(right),
    );
    return {
      title: word("overview", format.locale),
      body: (
        <>
          <ul class="stats">
            <li>
              <span class="label">To explain</span>
              <a class="figure" href={linkTo(frame, "/exceptions", { status: "to-do" })}>
                {format.count(toDo)}
              </a>
              <span class="note">{toDo === 0 ? "every difference is explained" : "open exceptions"}</span>
            </li>
            {transit.map(([currency, minor]) => (
              <li>
                <span class="label">In transit, {currency}</span>
                <a class="figure" href={linkTo(frame, "/ageing")}>
                  {format.money(minor, currency)}
                </a>
                <span class="note">captured, in no settlement yet</span>
              </li>
            ))}
            {forecasts.map((forecast) => (
              <li>
                <span class="label">
                  Next transfer, {forecast.currency}
                  {account === undefined ? ` (${forecast.accountId})` : ""}
                </span>
                <a class="figure" href={linkTo({ ...frame, account: forecast.accountId }, "/bank")}>
                  {format.money(forecast.expectedMinor, forecast.currency)}
                </a>
                <span class="note">
                  {forecast.expectedAt === null ? "no date yet" : `expected ${format.day(forecast.expectedAt)}`}
                </span>
              </li>
            ))}
          </ul>
          <div class="grid">
            {byCurrency.map(([currency, list]) => (
              <section class="panel">
                <h2>Transfers, {currency}</h2>
                <Columns
                  title={`Transfers of the last settlements in ${currency}`}
                  bars={list.toReversed().map((item) => ({
                    label: item.endAt === null ? "" : format.shortDay(item.endAt),
                    href: settlementLink(frame, item),
                    parts: [
                      {
                        kind: item.status === "balanced" ? "in" : "out",
                        name: item.status,
                        minor: item.transferMinor,
                        text: format.money(-item.transferMinor, currency),
                      },
                    ],
                  }))}
                />
              </section>
            ))}
          </div>
          <section class="panel">
            <div class="row">
              <h2>{word("settlements", format.locale)}</h2>
              <a href={linkTo(frame, "/settlements")}>all</a>
            </div>
            <ListTableView
              table={settlementsTable}
              page={{ ...settlements, next: null }}
              frame={frame}
              query={() => undefined}
            />
          </section>
          <section class="panel">
            <h2>Coverage</h2>
            <Coverage rows={coverage} />
          </section>
        </>
      ),
    };
  },
};
