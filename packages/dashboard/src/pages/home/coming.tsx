/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { ForecastView } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Money } from "../../components/money.tsx";
import { linkTo, type Frame } from "../../layout/page.tsx";

/** Of more accounts, the rest is on the page of the bank. */
const MOST = 9;

/** How far forecasts of an account were off, on average of those that came; null before the first. */
function usuallyOff(past: readonly ForecastView[], { accountId, currency }: ForecastView): bigint | null {
  const own = past.filter(
    (one) => one.accountId === accountId && one.currency === currency && one.actualMinor !== null,
  );
  if (own.length === 0) return null;
  const off = own.map((one) => {
    const difference = (one.actualMinor ?? 0n) - one.expectedMinor;
    return difference < 0n ? -difference : difference;
  });
  return off.reduce((sum, one) => sum + one, 0n) / BigInt(off.length);
}

/** The third question: what is coming? A payout whose day has passed is overdue, and stands apart. */
export const Coming: FC<{ forecasts: readonly ForecastView[]; now: number; frame: Frame }> = (props) => {
  const { forecasts, now, frame } = props;
  const { translate, format } = frame;
  const awaited = forecasts.filter((one) => one.settlementId === null && one.expectedMinor > 0n);
  const past = forecasts.filter((one) => one.settlementId !== null);
  const late = awaited.filter(({ expectedAt }) => expectedAt !== null && expectedAt < now);
  const coming = awaited.filter((one) => !late.includes(one));
  const line = (one: ForecastView) => {
    const off = usuallyOff(past, one);
    const day = one.expectedAt === null ? null : format.day(one.expectedAt);
    return (
      <li>
        <h3>
          <a href={`${linkTo({ ...frame, account: one.accountId }, "/bank")}#forecast`}>{one.accountId}</a>{" "}
          <span class={late.includes(one) ? "wrong" : "soft"}>
            {day === null
              ? translate("no date")
              : translate(late.includes(one) ? "overdue since" : "expected on", { day })}
          </span>
        </h3>
        <span class="amount">
          <Money format={format} minor={one.expectedMinor} currency={one.currency} />
        </span>
        {off === null ? null : (
          <span class="note">{translate("usually off", { amount: format.money(off, one.currency) })}</span>
        )}
      </li>
    );
  };
  return (
    <section class="panel">
      <h2>{translate("what is coming")}</h2>
      {awaited.length === 0 ? <p class="empty">{translate("nothing coming")}</p> : null}
      <ul class="needs">{coming.slice(0, MOST).map(line)}</ul>
      {late.length === 0 ? null : (
        <>
          <h3>{translate("overdue")}</h3>
          <ul class="needs">{late.slice(0, MOST).map(line)}</ul>
        </>
      )}
      {awaited.length <= MOST ? null : (
        <p>
          <a href={`${linkTo(frame, "/bank")}#forecast`}>
            {translate("forecasts more", { count: format.count(awaited.length) })}
          </a>
        </p>
      )}
    </section>
  );
};
