/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { feesByType, payoutSums, type PayoutSums, type TypeFees } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { PairOfBars } from "../../charts/pair-of-bars.tsx";
import { Money } from "../../components/money.tsx";
import { linkTo, type Frame } from "../../layout/page.tsx";
import type { PlainText } from "../../locales/texts.ts";
import type { TableSource } from "../../tables/list-table.ts";
import { monthOf, periodOf } from "../../tables/period.ts";

type Month = ReturnType<typeof monthOf>;

/** What happened in a month: fees by type of row, and payouts. */
interface MonthFigures {
  readonly month: Month;
  readonly types: readonly TypeFees[];
  readonly payouts: readonly PayoutSums[];
}

/** A month and the one before it. */
export interface MonthPair {
  readonly now: MonthFigures;
  readonly before: MonthFigures;
}

async function figuresOf(source: TableSource, month: Month): Promise<MonthFigures> {
  const period = periodOf({ ...source, query: (name) => ({ from: month.from, to: month.to })[name] });
  const filter = { ...period, accountId: source.account };
  const [types, payouts] = await Promise.all([feesByType(source.views, filter), payoutSums(source.views, filter)]);
  return { month, types, payouts };
}

/** The running month against the last; in the first days of one, before anything is in it, the last two. */
export async function lastTwoMonths(source: TableSource): Promise<MonthPair> {
  const [running, last] = await Promise.all(
    [0, 1].map((before) => figuresOf(source, monthOf(source.calendar, source.now, before))),
  );
  if (running === undefined || last === undefined) throw new TypeError("two months were asked for");
  if (running.types.length + running.payouts.length > 0) return { now: running, before: last };
  return { now: last, before: await figuresOf(source, monthOf(source.calendar, source.now, 2)) };
}

/** The figures of one currency in a month. */
function inCurrency({ types, payouts }: MonthFigures, currency: string) {
  const own = types.filter((one) => one.currency === currency);
  const sum = (pick: (one: TypeFees) => bigint): bigint => own.reduce((all, one) => all + pick(one), 0n);
  const paid = payouts.find((one) => one.currency === currency);
  return {
    sales: sum((one) => (one.typeKey === "capture" ? one.amountMinor : 0n)),
    back: sum((one) => (one.typeKey === "capture" ? 0n : one.amountMinor)),
    fees: sum((one) => one.feeMinor),
    paidOut: paid?.amountMinor ?? 0n,
    payouts: paid?.payouts ?? 0,
    arrived: paid?.arrivedMinor ?? 0n,
    unchecked: paid?.unchecked ?? 0,
    missing: paid?.missing ?? 0,
    awaitedMinor: (paid?.uncheckedMinor ?? 0n) + (paid?.missingMinor ?? 0n),
  };
}

/** Sales, fees, payouts, bank: one currency in one row, each figure against the month before. */
const Currency: FC<{ currency: string; pair: MonthPair; frame: Frame }> = ({ currency, pair, frame }) => {
  const { translate, format } = frame;
  const [now, before] = [inCurrency(pair.now, currency), inCurrency(pair.before, currency)];
  const days = pair.now.month;
  const absolute = (minor: bigint): bigint => (minor < 0n ? -minor : minor);
  const most = [now, before]
    .flatMap(({ sales, fees, paidOut, arrived }) => [sales, fees, paidOut, arrived])
    .reduce((largest, minor) => (absolute(minor) > largest ? absolute(minor) : largest), 0n);
  const step = (
    name: PlainText,
    kind: string,
    [minor, last]: readonly [bigint, bigint],
    href: string,
    note: string,
    wrong = false,
  ) => {
    const was = translate("month before", { amount: format.money(last, currency) });
    return (
      <li>
        <span class="label">{translate(name)}</span>
        <a class="figure" href={href}>
          <Money format={format} minor={minor} currency={currency} />
        </a>
        <PairOfBars
          now={minor}
          before={last}
          most={most}
          kind={kind}
          title={`${translate(name)} ${format.money(minor, currency)}, ${was}`}
        />
        <span class="note">{was}</span>
        {note === "" ? null : <span class={wrong ? "note warned" : "note"}>{note}</span>}
      </li>
    );
  };
  const short = now.arrived - (now.paidOut - now.awaitedMinor);
  const bankNote =
    now.payouts === 0
      ? ""
      : now.unchecked > 0
        ? translate("payouts unchecked", { count: now.unchecked })
        : now.missing > 0
          ? translate("payouts missing", { count: now.missing })
          : short === 0n
            ? translate("all arrived")
            : translate(short < 0n ? "arrived less" : "arrived more", {
                amount: format.money(absolute(short), currency),
              });
  return (
    <div class="month-picture">
      <ul class="picture">
        {step(
          "sales",
          "total",
          [now.sales, before.sales],
          linkTo(frame, "/transactions", { type: "capture", currency, ...days }),
          now.back === 0n ? "" : translate("went back", { amount: format.money(now.back, currency) }),
        )}
        {step(
          "fees",
          "out",
          [now.fees, before.fees],
          linkTo(frame, "/fees", { currency, ...days }),
          now.sales === 0n ? "" : translate("of sales", { percent: format.percent(-now.fees, now.sales) }),
        )}
        {step(
          "payouts",
          "total",
          [now.paidOut, before.paidOut],
          linkTo(frame, "/bank", { currency, ...days }),
          translate("payout count", { count: now.payouts }),
        )}
        {step(
          "at the bank",
          "in",
          [now.arrived, before.arrived],
          linkTo(frame, "/bank", { currency, ...days }),
          bankNote,
          now.unchecked > 0 || now.missing > 0 || short !== 0n,
        )}
      </ul>
    </div>
  );
};

/** The first question of the home page: did my money arrive? */
export const Arrived: FC<{ pair: MonthPair; frame: Frame }> = ({ pair, frame }) => {
  const { translate, format } = frame;
  const currencies = [
    ...new Set(
      [pair.now, pair.before].flatMap(({ types, payouts }) => [...types, ...payouts].map((one) => one.currency)),
    ),
  ].sort();
  return (
    <section class="panel">
      <div class="row">
        <h2>{translate("did it arrive")}</h2>
        <span class="soft small">
          {translate("month against", {
            month: format.month(pair.now.month.from),
            before: format.month(pair.before.month.from),
          })}
        </span>
      </div>
      {currencies.length === 0 ? <p class="empty">{translate("nothing in two months")}</p> : null}
      {currencies.map((currency) => (
        <Currency currency={currency} pair={pair} frame={frame} />
      ))}
    </section>
  );
};
