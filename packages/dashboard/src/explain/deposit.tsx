/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { ExplainedDeposit, ExplainedSettlement, NearTransfer } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Money } from "../components/money.tsx";
import type { Frame } from "../layout/page.tsx";
import { daysOnTheWay } from "../locale/day.ts";
import { term } from "../locales/texts.ts";
import { settlementLink } from "../tables/settlements.tsx";
import { SettlementSteps } from "./settlement.tsx";

/** A payout by its amount, day and settlement. */
const Payout: FC<{ one: NearTransfer; accountId: string; frame: Frame }> = ({ one, accountId, frame }) => (
  <a href={settlementLink(frame, { ...one, accountId })}>
    <Money format={frame.format} minor={one.transferredMinor} currency={one.currency} />{" "}
    {frame.translate("on day", { day: frame.format.day(one.transferredAt) })} ({one.settlementId})
  </a>
);

/** How much of a deposit no payout explains; null where nothing is left or the parts cannot be compared. */
function differenceOf({ transfers, amountMinor, currency }: ExplainedDeposit): bigint | null {
  if (transfers.length === 0) return null;
  if (!transfers.every((one) => one.currency === currency && one.rule !== "one-in-parts")) return null;
  const difference = amountMinor - transfers.reduce((sum, one) => sum + one.transferredMinor, 0n);
  return difference === 0n ? null : difference;
}

/** What could explain a deposit that belongs to no payout. */
const Candidates: FC<{ deposit: ExplainedDeposit; frame: Frame }> = ({ deposit, frame }) => {
  const { translate } = frame;
  const { accountId, sums, near } = deposit;
  return (
    <li class="bad">
      <span class="what wrong">{translate("belongs to no payout")}</span>
      {sums.map((parts) => (
        <>
          <span class="note">{translate("same as sum")}</span>
          <ul>
            {parts.map((one) => (
              <li>
                <Payout one={one} accountId={accountId} frame={frame} />
              </li>
            ))}
          </ul>
        </>
      ))}
      {near.length === 0 ? null : (
        <>
          <span class="note">{translate("near payouts")}</span>
          <ul>
            {near.map((one) => (
              <li>
                <Payout one={one} accountId={accountId} frame={frame} />
              </li>
            ))}
          </ul>
        </>
      )}
    </li>
  );
};

/** A deposit, the payouts that it is, and each of their settlements down to its lines: one chain. */
export const Deposit: FC<{
  deposit: ExplainedDeposit;
  settlements: readonly ExplainedSettlement[];
  frame: Frame;
}> = ({ deposit, settlements, frame }) => {
  const { translate, format } = frame;
  const { source, transfers, currency, accountId } = deposit;
  const difference = differenceOf(deposit);
  return (
    <section class="panel">
      <h2>
        {translate("deposit of")} <Money format={format} minor={deposit.amountMinor} currency={currency} />{" "}
        <span class="soft">{translate("on day", { day: format.bankDay(deposit.bookedAt) })}</span>
      </h2>
      <ol class="chain">
        <li>
          <span class="what">{translate("step bank")}</span>
          {deposit.text === null ? null : <span class="note mono">{deposit.text}</span>}
          <span class="note">
            {[
              deposit.bankAccount,
              translate("bank line from", { file: source.fileName ?? "API", line: String(source.line) }),
            ]
              .filter((part) => part !== null)
              .join(" · ")}
          </span>
        </li>
        {deposit.links.map(({ who, at, reason, note, undone }) => (
          <li>
            <span class="what">{translate("linked by hand", { who, day: format.day(at) })}</span>
            <span class="note">{[reason, note].filter((part) => part !== null).join(": ")}</span>
            {undone === null ? null : (
              <span class="note">
                {translate("link undone", { who: undone.who, day: format.day(undone.at) })} {undone.note ?? ""}
              </span>
            )}
          </li>
        ))}
        {difference === null ? null : (
          <li class="bad">
            <span class="what wrong">
              {translate(difference < 0n ? "arrived less" : "arrived more", {
                amount: format.money(difference < 0n ? -difference : difference, currency),
              })}
            </span>
          </li>
        )}
        {transfers.length === 0 ? <Candidates deposit={deposit} frame={frame} /> : null}
        {transfers.map((one) => {
          const explained = settlements.find(
            ({ settlement }) =>
              settlement.accountId === accountId &&
              settlement.settlementId === one.settlementId &&
              settlement.currency === one.currency,
          );
          return (
            <>
              <li>
                <span class="what">
                  {translate("payout of")}{" "}
                  <span class="sum">
                    <Money format={format} minor={one.transferredMinor} currency={one.currency} />
                  </span>{" "}
                  {translate("on day", { day: format.day(one.transferredAt) })}
                </span>
                <span class="note">
                  {translate("matched because", {
                    rule: term("deposit rule", one.rule, format.locale),
                    days: daysOnTheWay(frame.calendar, one.transferredAt, deposit.bookedAt),
                  })}
                  {transfers.length > 1
                    ? ` ${translate("part of deposit", { amount: format.money(one.amountMinor, currency) })}`
                    : ""}
                </span>
              </li>
              {explained === undefined ? (
                <li>
                  <span class="what">
                    <a href={settlementLink(frame, { ...one, accountId })}>
                      {translate("column settlement")} {one.settlementId}
                    </a>
                  </span>
                </li>
              ) : (
                <SettlementSteps explained={explained} frame={frame} />
              )}
            </>
          );
        })}
      </ol>
    </section>
  );
};
