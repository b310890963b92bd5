/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import {
  type BankLineView,
  type DepositSuggestion,
  listBankLines,
  type TransferView,
  unmatchedDeposits,
} from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Money } from "../../components/money.tsx";
import { linkTo, type Frame } from "../../layout/page.tsx";
import { CSRF_FIELD } from "../../security/csrf.ts";
import { bankLinesTable } from "../../tables/bank-lines.tsx";
import { exceptionLink } from "../../tables/exceptions.tsx";
import type { ListColumn, Query } from "../../tables/list-table.ts";
import { ListTableView } from "../../tables/list-table-view.tsx";
import { settlementLink } from "../../tables/settlements.tsx";
import { transfersTable } from "../../tables/transfers.tsx";
import { term } from "../../locales/texts.ts";
import { OneButton, Outcome } from "../controls/outcome.tsx";
import { ReasonChoice } from "../controls/reason.tsx";
import type { PageRow } from "../page-row.ts";

/** Id of the form that links what was picked: the boxes stand in the tables, outside of it. */
const PICK = "match-picked";

/** What of each side says which is meant; the rest is on the page of the bank. */
const LINE_COLUMNS = new Set(["column booked", "column amount", "column bank text", "account"]);
const PAYOUT_COLUMNS = new Set(["column transferred", "column settlement", "column amount", "account"]);

/** The columns of these titles. They are in the order of the page, which is no address of its own to sort by. */
function shownColumns<Item>(columns: readonly ListColumn<Item>[], titles: ReadonlySet<string>): ListColumn<Item>[] {
  return columns.filter(({ title }) => titles.has(title)).map(({ sort: _sort, ...column }) => column);
}

const depositValue = ({ accountId, bankLineId }: BankLineView): string => `${accountId} ${bankLineId}`;
const payoutValue = ({ accountId, settlementId }: TransferView): string => `${accountId} ${settlementId}`;

/** A deposit and the payouts that it may be, with the rule that says so. */
const Suggestion: FC<{ one: DepositSuggestion; frame: Frame; csrf: string; writes: boolean }> = ({
  one,
  frame,
  csrf,
  writes,
}) => {
  const { translate, format } = frame;
  const { deposit, parts, transfers, rule, differenceMinor } = one;
  return (
    <li>
      <h3>
        <a
          href={linkTo({ ...frame, account: one.accountId }, "/explain", {
            q: format.plain(deposit.amountMinor, deposit.currency),
          })}
        >
          {translate("deposit of")} {format.money(deposit.amountMinor, deposit.currency)}
        </a>
        {parts.map((part) => ` + ${format.money(part.amountMinor, part.currency)}`)}{" "}
        <span class="soft">{translate("on day", { day: format.bankDay(deposit.bookedAt) })}</span>
      </h3>
      <span class="amount">
        {writes ? (
          <OneButton
            frame={frame}
            csrf={csrf}
            action="/bank/match"
            quiet={false}
            fields={[
              ...[deposit, ...parts].map((part) => ["deposit", depositValue(part)] as const),
              ...transfers.map((transfer) => ["payout", payoutValue(transfer)] as const),
              ["back", frame.account ?? ""],
            ]}
          >
            {translate("match these")}
          </OneButton>
        ) : null}
      </span>
      <span class="note">
        <span class="mono">{deposit.text ?? ""}</span>
      </span>
      <span class="note">
        {transfers.map((transfer, index) => (
          <>
            {index === 0 ? "" : " + "}
            <a href={settlementLink(frame, transfer)}>
              {format.money(transfer.amountMinor, transfer.currency)} ({transfer.settlementId})
            </a>
          </>
        ))}
        {" · "}
        {term("deposit rule", rule, format.locale)}
        {differenceMinor === null || differenceMinor === 0n
          ? ""
          : ` · ${translate(differenceMinor < 0n ? "arrived less" : "arrived more", {
              amount: format.money(differenceMinor < 0n ? -differenceMinor : differenceMinor, deposit.currency),
            })}`}
      </span>
    </li>
  );
};

/** What was done last: a link of both sides, with its way back; or that one was undone. */
const Done: FC<{ frame: Frame; query: Query; csrf: string }> = ({ frame, query, csrf }) => {
  const { translate } = frame;
  const [did, differs] = [query("did"), query("differs")];
  if (did === undefined) return null;
  // Names of accounts may hold a comma: a deposit ends with its number.
  const deposits = query("undo")?.split(/(?<=\d),/) ?? [];
  const account = deposits[0]?.slice(0, Math.max(0, deposits[0].lastIndexOf(" "))) ?? "";
  return (
    <Outcome>
      {translate(did === "match" ? "matched done" : "unmatched done")}{" "}
      {differs === undefined ? null : (
        <a href={exceptionLink(frame, { accountId: account, exceptionId: differs })}>{translate("matched differs")}</a>
      )}
      {deposits.length === 0 || !frame.may("resolve") ? null : (
        <OneButton
          frame={frame}
          csrf={csrf}
          action="/bank/unmatch"
          fields={[...deposits.map((one) => ["deposit", one] as const), ["back", frame.account ?? ""]]}
        >
          {translate("undo")}
        </OneButton>
      )}
    </Outcome>
  );
};

/** Deposits that a person has linked, each with its way back. */
const ByHand: FC<{ lines: readonly BankLineView[]; frame: Frame; csrf: string; writes: boolean }> = ({
  lines,
  frame,
  csrf,
  writes,
}) => (
  <ul class="needs">
    {lines.map((line) => (
      <li>
        <h3>
          <Money format={frame.format} minor={line.amountMinor} currency={line.currency} />{" "}
          <span class="soft">{frame.translate("on day", { day: frame.format.bankDay(line.bookedAt) })}</span>
        </h3>
        <span class="amount">
          {writes ? (
            <OneButton
              frame={frame}
              csrf={csrf}
              action="/bank/unmatch"
              fields={[
                ["deposit", depositValue(line)],
                ["back", frame.account ?? ""],
              ]}
            >
              {frame.translate("undo")}
            </OneButton>
          ) : null}
        </span>
        <span class="note">
          {line.settlements.map((settlementId, index) => (
            <>
              {index === 0 ? "" : ", "}
              <a href={settlementLink(frame, { ...line, settlementId })}>{settlementId}</a>
            </>
          ))}
        </span>
      </li>
    ))}
  </ul>
);

/** The box before a row, of the form that matches what is picked. */
const PickBox: FC<{ name: string; value: string; of: string; frame: Frame }> = (props) => (
  <input
    type="checkbox"
    name={props.name}
    value={props.value}
    form={PICK}
    aria-label={`${props.frame.translate("select")}: ${props.of}`}
  />
);

const PickDeposit: FC<{ line: BankLineView; frame: Frame }> = ({ line, frame }) => {
  const of = `${frame.format.money(line.amountMinor, line.currency)} ${line.text ?? ""}`;
  return <PickBox name="deposit" value={depositValue(line)} of={of} frame={frame} />;
};

const PickPayout: FC<{ transfer: TransferView; frame: Frame }> = ({ transfer, frame }) => (
  <PickBox name="payout" value={payoutValue(transfer)} of={transfer.settlementId} frame={frame} />
);

/** Most links by hand that are shown: older ones are found on the page of the bank. */
const MOST_BY_HAND = 20;

/** Both sides of what was not matched, what may belong together, and picking. */
export const matchPage: PageRow = {
  path: "/bank/match",
  current: "bank",
  async render(input) {
    const { frame, views, account, csrf, books, query } = input;
    const { translate } = frame;
    const [open, byHand] = await Promise.all([
      unmatchedDeposits(views, {
        accountId: account,
        currency: query("currency"),
        [query("list") === "payouts" ? "transfersAfter" : "depositsAfter"]: query("cursor"),
      }),
      listBankLines(views, { accountId: account, rule: "manual", limit: MOST_BY_HAND }),
    ]);
    const writes = frame.may("resolve") && books.bank !== undefined;
    const picks = writes && open.deposits.length > 0 && open.transfers.length > 0;
    // Each side goes back by pages of its own, beside the newest of the other.
    const side = (list: string): Query => {
      const older = query("list") === list;
      return (name) => (name === "bank" ? "unchecked" : name === "cursor" && !older ? undefined : asked(name));
    };
    const asked: Query = (name) => (name === "currency" || name === "cursor" ? query(name) : undefined);
    return {
      title: translate("match title"),
      body: (
        <>
          <Done frame={frame} query={input.query} csrf={csrf} />
          <p class="soft">{translate("match intro")}</p>
          {open.suggestions.length === 0 ? null : (
            <section class="panel" id="suggestions">
              <h2>{translate("suggestions")}</h2>
              <ul class="needs">
                {open.suggestions.map((one) => (
                  <Suggestion one={one} frame={frame} csrf={csrf} writes={writes} />
                ))}
              </ul>
            </section>
          )}
          <div class="grid">
            <section class="panel" id="deposits">
              <h2>{translate("deposits left")}</h2>
              <ListTableView
                table={bankLinesTable}
                empty="no deposits left"
                page={{ items: open.deposits, next: open.nextDeposits }}
                frame={frame}
                query={side("lines")}
                list="lines"
                pages="/bank/match"
                columns={shownColumns(bankLinesTable.columns, LINE_COLUMNS)}
                pick={picks ? (line) => <PickDeposit line={line} frame={frame} /> : undefined}
              />
            </section>
            <section class="panel" id="payouts">
              <h2>{translate("payouts left")}</h2>
              <ListTableView
                table={transfersTable}
                empty="no payouts left"
                page={{ items: open.transfers, next: open.nextTransfers }}
                frame={frame}
                query={side("payouts")}
                list="payouts"
                pages="/bank/match"
                columns={shownColumns(transfersTable.columns, PAYOUT_COLUMNS)}
                pick={picks ? (transfer) => <PickPayout transfer={transfer} frame={frame} /> : undefined}
              />
            </section>
          </div>
          {picks ? (
            <section class="panel">
              <h2>{translate("match picked")}</h2>
              <form class="bulk" method="post" action="/bank/match" id={PICK}>
                <input type="hidden" name={CSRF_FIELD} value={csrf} />
                <input type="hidden" name="back" value={frame.account ?? ""} />
                <ReasonChoice frame={frame} />
                <label>
                  {translate("note label")}
                  <input name="note" maxlength={2000} autocomplete="off" />
                </label>
                <button type="submit">{translate("match picked")}</button>
              </form>
              <p class="soft small">{translate("match reason intro")}</p>
            </section>
          ) : null}
          {byHand.items.length === 0 ? null : (
            <section class="panel" id="by-hand">
              <h2>{translate("matched by hand")}</h2>
              <ByHand lines={byHand.items} frame={frame} csrf={csrf} writes={writes} />
            </section>
          )}
        </>
      ),
    };
  },
};
