/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { explain, type Explanation } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Deposit } from "../explain/deposit.tsx";
import { ExceptionNote } from "../explain/exception-note.tsx";
import { Settlement } from "../explain/settlement.tsx";
import { Transaction } from "../explain/transaction.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import type { PlainText } from "../locales/texts.ts";
import type { PageRow } from "./page-row.ts";

/** So much is explained on a page; more asks for a longer id. */
const MOST = 6;

/** What an amount nearby is of. */
const NEAREST: Readonly<Record<string, PlainText>> = {
  deposit: "deposit of",
  transfer: "payout of",
  record: "column known from",
  exception: "exceptions",
};

/** What is nearest, where nothing has the amount. */
const Nothing: FC<{ found: Explanation; frame: Frame }> = ({ found, frame }) => {
  const { translate, format } = frame;
  return (
    <section class="panel">
      <p>{translate("explain nothing")}</p>
      {found.nearest.length === 0 ? null : (
        <>
          <p class="soft">{translate("explain nearest")}</p>
          <ul>
            {found.nearest.map((one) => (
              <li>
                <a
                  href={linkTo({ ...frame, account: one.accountId }, "/explain", {
                    q: format.plain(one.amountMinor, one.currency),
                  })}
                >
                  {format.money(one.amountMinor, one.currency)}
                </a>{" "}
                <span class="soft">
                  {translate(NEAREST[one.what] ?? "rows")} {one.id}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="soft">{translate("explain help")}</p>
    </section>
  );
};

/** What `apay explain` prints, as a page: from a deposit to the settlement, to its rows, to the lines of files. */
export const explainPage: PageRow = {
  path: "/explain",
  current: null,
  async render({ views, query, account, frame, calendar }) {
    const { translate } = frame;
    const asked = query("q")?.trim() ?? "";
    if (asked === "") {
      return {
        title: translate("explain ask"),
        body: (
          <section class="panel">
            <p>{translate("explain help")}</p>
          </section>
        ),
      };
    }
    const found = await explain(views, { query: asked, accountId: account, limit: MOST, calendar });
    const { deposits, settlements, transactions, exceptions } = found;
    const empty = deposits.length + settlements.length + transactions.length + exceptions.length === 0;
    return {
      title: translate("explain title", { query: asked }),
      body: (
        <>
          {found.readAs === null ? null : (
            <p class="message">{translate("read as", { query: asked, amount: found.readAs })}</p>
          )}
          {empty ? <Nothing found={found} frame={frame} /> : null}
          {exceptions.map((one) => (
            <section class="panel">
              <ExceptionNote item={one} frame={frame} />
            </section>
          ))}
          {deposits.map((one) => (
            <Deposit deposit={one} settlements={settlements} frame={frame} />
          ))}
          {settlements
            .filter(({ settlement }) => !deposits.some((deposit) => paidBy(deposit, settlement)))
            .map((one) => (
              <Settlement explained={one} frame={frame} />
            ))}
          {transactions.map((one) => (
            <Transaction transaction={one} frame={frame} />
          ))}
          {found.more ? <p class="soft">{translate("explain more")}</p> : null}
        </>
      ),
    };
  },
};

/** Whether a deposit brought the transfer of a settlement: it stands in the chain of the deposit then. */
function paidBy(
  deposit: Explanation["deposits"][number],
  settlement: Explanation["settlements"][number]["settlement"],
): boolean {
  return (
    deposit.accountId === settlement.accountId &&
    deposit.transfers.some(
      ({ settlementId, currency }) => settlementId === settlement.settlementId && currency === settlement.currency,
    )
  );
}
