/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Claim, ClaimSum } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Money } from "../components/money.tsx";
import type { Frame } from "../layout/page.tsx";
import { Choice, CurrencyChoice } from "./controls/choice.tsx";
import { FilterForm } from "./controls/filter-form.tsx";
import { Period } from "./controls/period.tsx";
import { term } from "../locales/texts.ts";
import { CSRF_FIELD } from "../security/csrf.ts";
import { claimsOf, claimsTable, pageOfClaims, totalsOf } from "../tables/claims.tsx";
import { pageAsked } from "../tables/list-table.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import type { PageRow } from "./page-row.ts";

const BULK = "claimed";

/** What each debtor owes, by currency. */
const Owed: FC<{ sums: readonly ClaimSum[]; frame: Frame }> = ({ sums, frame }) => (
  <ul class="picture">
    {sums.map(({ debtor, currency, count, amountMinor }) => (
      <li>
        <span class="label">{term("debtor", debtor, frame.format.locale)}</span>
        <span class="figure">
          <Money format={frame.format} minor={amountMinor} currency={currency} />
        </span>
        <span class="note">{frame.translate("claim count", { count })}</span>
      </li>
    ))}
  </ul>
);

const Pick: FC<{ claim: Claim; frame: Frame }> = ({ claim, frame }) =>
  claim.claimed !== null ? null : (
    <input
      type="checkbox"
      name="id"
      value={`${claim.accountId} ${claim.id}`}
      form={BULK}
      aria-label={`${frame.translate("select")}: ${term("claim", claim.kind, frame.format.locale)} ${claim.id}`}
    />
  );

/** What Amazon Pay or the bank still owes. */
export const claimsPage: PageRow = {
  path: "/claims",
  current: "exceptions",
  async render(input) {
    const { frame, csrf, query } = input;
    const { translate } = frame;
    const found = await claimsOf(input);
    const page = pageOfClaims(found, pageAsked(query));
    const writes = frame.may("resolve") && page.items.some(({ claimed }) => claimed === null);
    return {
      title: translate("claims"),
      body: (
        <>
          <p class="soft">{translate("claims intro")}</p>
          {found.sums.length === 0 ? null : (
            <section class="panel">
              <Owed sums={found.sums} frame={frame} />
            </section>
          )}
          <section class="panel">
            <FilterForm frame={frame} query={query} action="/claims" search="text search">
              <Choice
                frame={frame}
                label="column state"
                name="status"
                chosen={query("status")}
                all="claims open"
                options={[
                  ["claimed", translate("claims claimed")],
                  ["all", translate("all")],
                ]}
              />
              <CurrencyChoice frame={frame} query={query} />
              <Period frame={frame} query={query} />
            </FilterForm>
            <ListTableView
              table={claimsTable}
              page={page}
              totals={totalsOf(found.claims)}
              frame={frame}
              query={query}
              pick={writes ? (claim) => <Pick claim={claim} frame={frame} /> : undefined}
              below={
                writes ? (
                  <form class="bulk" method="post" action="/exceptions/explain" id={BULK}>
                    <input type="hidden" name={CSRF_FIELD} value={csrf} />
                    <input type="hidden" name="reason" value="claim" />
                    <label>
                      {translate("claimed how")}
                      <input name="note" required maxlength={2000} autocomplete="off" />
                    </label>
                    <button type="submit">{translate("record claimed")}</button>
                  </form>
                ) : null
              }
            />
          </section>
        </>
      ),
    };
  },
};
