import { getException } from "@amazon-pay-kit/ledger";
import { DataTable } from "../components/data-table.tsx";
import { Money } from "../components/money.tsx";
import { linkTo } from "../layout/page.tsx";
import { word } from "../layout/words.ts";
import { CSRF_FIELD } from "../security/csrf.ts";
import { exceptionLink, StatusBadge } from "../tables/exceptions.tsx";
import { settlementLink } from "../tables/settlements.tsx";
import type { PageRow } from "./page-row.ts";

export const exceptionPage: PageRow = {
  path: "/exceptions/:exceptionId",
  current: "exceptions",
  async render({ views, param, account, frame, csrf }) {
    const found = await getException(views, { accountId: account, exceptionId: param("exceptionId") });
    const open = found.status === "open" || found.status === "reopened";
    const verb = open ? "explain" : "reopen";
    return {
      title: `${word("exceptions", frame.format.locale)} · ${found.code}`,
      body: (
        <>
          <section class="panel">
            <p>{found.message}</p>
            <dl class="facts">
              <dt>State</dt>
              <dd>
                <StatusBadge status={found.status} />
              </dd>
              <dt>Amount</dt>
              <dd>
                {found.amountMinor === null || found.currency === null ? (
                  "–"
                ) : (
                  <Money format={frame.format} minor={found.amountMinor} currency={found.currency} />
                )}
              </dd>
              <dt>Settlement</dt>
              <dd>
                {found.settlementId === null ? (
                  "–"
                ) : (
                  <a
                    href={settlementLink(frame, {
                      accountId: found.accountId,
                      settlementId: found.settlementId,
                      currency: found.currency ?? "",
                    })}
                  >
                    {found.settlementId}
                  </a>
                )}
              </dd>
              <dt>Transaction</dt>
              <dd>
                {found.transactionId === null ? (
                  "–"
                ) : (
                  <a class="mono" href={linkTo(frame, "/transactions", { q: found.transactionId })}>
                    {found.transactionId}
                  </a>
                )}
              </dd>
              <dt>Source</dt>
              <dd>
                {found.fileId === null ? (
                  "–"
                ) : (
                  <a
                    href={linkTo({ ...frame, account: found.accountId }, `/files/${found.fileId}`, {
                      line: String(found.line ?? 1),
                    })}
                  >
                    line {found.line ?? 1} of the file
                  </a>
                )}
              </dd>
            </dl>
          </section>
          <section class="panel">
            <h2>What was done</h2>
            <DataTable
              caption="Every step, oldest first; nothing is ever removed"
              rows={found.events}
              empty={word("none", frame.format.locale)}
              columns={[
                { title: "When", cell: (event) => <span class="nowrap">{frame.format.moment(event.at)}</span> },
                { title: "What", cell: (event) => event.what },
                { title: "Who", cell: (event) => event.who },
                { title: "Note", cell: (event) => event.note ?? "" },
              ]}
            />
          </section>
          {frame.readOnly || found.status === "resolved" ? (
            <p class="soft">
              {found.status === "resolved"
                ? "Later data resolved this; there is nothing to do."
                : "This dashboard is read-only: start it with --allow-changes to write."}
            </p>
          ) : (
            <section class="panel">
              <h2>{open ? "Explain it" : "Open it again"}</h2>
              <form
                method="post"
                action={`${exceptionLink(frame, found).split("?")[0] ?? ""}/${verb}?account=${encodeURIComponent(found.accountId)}`}
              >
                <input type="hidden" name={CSRF_FIELD} value={csrf} />
                <p>
                  <label>
                    <span class="small soft">Note for whoever reads this next year</span>
                    <br />
                    <textarea name="note" rows={3} cols={60} required maxlength={2000} />
                  </label>
                </p>
                <button type="submit">{open ? "Mark as explained" : "Reopen"}</button>
              </form>
            </section>
          )}
        </>
      ),
    };
  },
};
