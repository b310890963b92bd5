import {
  ageing,
  countExceptions,
  listForecasts,
  listSettlements,
  ACTIONABLE_STATUSES,
  type ForecastView,
  type SettlementSummary,
} from "@amazon-pay-kit/ledger";
import type { Child, FC } from "hono/jsx";
import { Columns } from "../charts/columns.tsx";
import { Legend } from "../charts/legend.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { groupBy } from "../tables/group-by.ts";
import { CsvLink, ListTableView } from "../tables/list-table-view.tsx";
import { settlementLink, settlementsTable } from "../tables/settlements.tsx";
import { term } from "../locales/texts.ts";
import type { PlainText } from "../locales/texts.ts";
import { coveragePanel } from "./coverage.tsx";
import type { PageRow } from "./page-row.ts";

const LAST = 8;
/** Of more accounts, the rest is on the page of the bank. */
const MOST_FORECASTS = 9;

const Stat: FC<{ label: string; href: string; figure: string; note: Child }> = ({ label, href, figure, note }) => (
  <li>
    <span class="label">{label}</span>
    <a class="figure" href={href}>
      {figure}
    </a>
    <span class="note">{note}</span>
  </li>
);

const NextTransfer: FC<{ forecast: ForecastView; frame: Frame }> = ({ forecast, frame }) => {
  const { translate, format } = frame;
  const { currency, accountId, expectedAt } = forecast;
  return (
    <Stat
      label={
        frame.account === null
          ? translate("next transfer of", { currency, account: accountId })
          : translate("next transfer", { currency })
      }
      href={`${linkTo({ ...frame, account: accountId }, "/bank")}#forecast`}
      figure={format.money(forecast.expectedMinor, currency)}
      note={expectedAt === null ? translate("no date") : translate("expected on", { day: format.day(expectedAt) })}
    />
  );
};

function toDoNote(toDo: number, compared: boolean): PlainText {
  if (toDo === 0) return compared ? "nothing to explain" : "nothing compared";
  return toDo === 1 ? "one to explain" : "many to explain";
}

const TransfersChart: FC<{ currency: string; list: readonly SettlementSummary[]; frame: Frame }> = ({
  currency,
  list,
  frame,
}) => {
  const { translate, format } = frame;
  return (
    <section class="panel">
      <h2>{translate("transfers in", { currency })}</h2>
      <Columns
        title={translate("chart transfers", { currency })}
        bars={list.toReversed().map((item) => {
          const text = format.money(-item.transferMinor, currency);
          return {
            label: item.endAt === null ? "" : format.shortDay(item.endAt),
            href: settlementLink(frame, item),
            total: text,
            parts: [
              {
                kind: item.status === "balanced" ? "in" : "out",
                name: term("settlement", item.status, format.locale),
                minor: item.transferMinor,
                text,
              },
            ],
          };
        })}
      />
      <Legend
        marks={[
          ["in", translate("legend balanced")],
          ["out", translate("legend exceptions")],
        ]}
      >
        <CsvLink
          table={settlementsTable}
          frame={frame}
          query={(name) => (name === "currency" ? currency : undefined)}
        />
      </Legend>
    </section>
  );
};

export const overviewPage: PageRow = {
  path: "/",
  current: "overview",
  async render(input) {
    const { views, account, frame, now } = input;
    const [settlements, recent, counts, forecasts, ages, coverage] = await Promise.all([
      listSettlements(views, { accountId: account, limit: LAST }),
      listSettlements(views, { accountId: account, limit: 90 }),
      countExceptions(views, { accountId: account }),
      listForecasts(views, { accountId: account, awaited: true }),
      ageing(views, { accountId: account, now }),
      coveragePanel(input, frame),
    ]);
    const { translate, format } = frame;
    const toDo = counts
      .filter((count) => (ACTIONABLE_STATUSES as readonly string[]).includes(count.status))
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
      title: translate("overview"),
      body: (
        <>
          {frame.accounts.length > 0 ? null : <p class="message">{translate("no accounts")}</p>}
          <ul class="stats">
            <Stat
              label={translate("to explain")}
              href={linkTo(frame, "/exceptions", { status: "to-do" })}
              figure={format.count(toDo)}
              note={translate(toDoNote(toDo, settlements.items.length > 0))}
            />
            {transit.map(([currency, minor]) => (
              <Stat
                label={translate("in transit", { currency })}
                href={`${linkTo(frame, "/ageing", { kind: "charge", currency })}#items`}
                figure={format.money(minor, currency)}
                note={translate("in transit note")}
              />
            ))}
            {forecasts.slice(0, MOST_FORECASTS).map((forecast) => (
              <NextTransfer forecast={forecast} frame={frame} />
            ))}
          </ul>
          {forecasts.length <= MOST_FORECASTS ? null : (
            <p>
              <a href={`${linkTo(frame, "/bank")}#forecast`}>
                {translate("forecasts more", { count: format.count(forecasts.length) })}
              </a>
            </p>
          )}
          <div class="grid">
            {byCurrency.map(([currency, list]) => (
              <TransfersChart currency={currency} list={list} frame={frame} />
            ))}
          </div>
          <section class="panel">
            <div class="row">
              <h2>{translate("settlements")}</h2>
              <a href={linkTo(frame, "/settlements")}>{translate("all")}</a>
            </div>
            <ListTableView
              table={settlementsTable}
              page={{ ...settlements, next: null }}
              frame={frame}
              query={() => undefined}
            />
          </section>
          {coverage}
        </>
      ),
    };
  },
};
