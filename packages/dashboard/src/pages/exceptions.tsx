import { countExceptions } from "@amazon-pay-kit/ledger";
import { linkTo } from "../layout/page.tsx";
import { word } from "../layout/words.ts";
import { exceptionsTable, StatusBadge } from "../tables/exceptions.tsx";
import { ListTableView } from "../tables/list-table-view.tsx";
import { DataTable } from "../components/data-table.tsx";
import type { PageRow } from "./page-row.ts";

export const exceptionsPage: PageRow = {
  path: "/exceptions",
  current: "exceptions",
  async render({ views, query, account, frame }) {
    const counts = await countExceptions(views, { accountId: account });
    const page = await exceptionsTable.fetch(views, query, account, { cursor: query("cursor") });
    const codes = [...new Set(counts.map((count) => count.code))];
    return {
      title: word("exceptions", frame.format.locale),
      body: (
        <>
          {counts.length === 0 ? null : (
            <section class="panel">
              <DataTable
                caption="How many of each"
                rows={counts}
                empty={word("none", frame.format.locale)}
                columns={[
                  {
                    title: "Code",
                    cell: (count) => (
                      <a class="mono" href={linkTo(frame, "/exceptions", { code: count.code, status: count.status })}>
                        {count.code}
                      </a>
                    ),
                  },
                  { title: "State", cell: (count) => <StatusBadge status={count.status} /> },
                  { title: "Severity", cell: (count) => count.severity },
                  { title: "Count", numeric: true, cell: (count) => frame.format.count(count.count) },
                ]}
              />
            </section>
          )}
          <section class="panel">
            <form class="filters" method="get" action="/exceptions">
              {account === undefined ? null : <input type="hidden" name="account" value={account} />}
              <label>
                Code
                <select name="code">
                  <option value="">all</option>
                  {codes.map((code) => (
                    <option selected={query("code") === code}>{code}</option>
                  ))}
                </select>
              </label>
              <label>
                State
                <select name="status">
                  <option value="">all</option>
                  <option value="to-do" selected={query("status") === "to-do"}>
                    to do
                  </option>
                  {["open", "reopened", "explained", "resolved"].map((status) => (
                    <option selected={query("status") === status}>{status}</option>
                  ))}
                </select>
              </label>
              <label>
                Settlement
                <input name="settlement" value={query("settlement") ?? ""} />
              </label>
              <button type="submit">{word("show", frame.format.locale)}</button>
            </form>
            <ListTableView table={exceptionsTable} page={page} frame={frame} query={query} />
          </section>
        </>
      ),
    };
  },
};
