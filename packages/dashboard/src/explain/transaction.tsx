/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { ExplainedTransaction } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { term } from "../locales/texts.ts";
import { rowTypeText } from "../tables/rows.tsx";
import { settlementLink } from "../tables/settlements.tsx";
import { ExceptionNote } from "./exception-note.tsx";
import { Place } from "./place.tsx";

/** The name under which people know it: the order, else the id of Amazon Pay. */
function titleOf({ rows, records }: ExplainedTransaction, frame: Frame): string {
  const order = records[0]?.orderId ?? rows.find(({ orderId }) => orderId !== null)?.orderId ?? null;
  if (order !== null) return frame.translate("order title", { order });
  const id = rows[0]?.permissionId ?? rows[0]?.transactionId ?? records[0]?.transactionId ?? "?";
  return frame.translate("transaction title", { transaction: id });
}

/** An order or a transaction: own records, rows of settlements, rows of reports, and what they add up to. */
export const Transaction: FC<{ transaction: ExplainedTransaction; frame: Frame }> = ({ transaction, frame }) => {
  const { translate, format } = frame;
  const { accountId, rows, records, reported, exceptions, net } = transaction;
  return (
    <section class="panel">
      <h2>
        {titleOf(transaction, frame)} <span class="soft">{accountId}</span>
      </h2>
      <ol class="chain">
        {records.map((record) => (
          <li>
            <span class="what">
              {translate("own record of", { kind: term("open item", record.kind, format.locale) })}{" "}
              <span class="sum">
                <Money format={format} minor={record.amountMinor} currency={record.currency} />
              </span>{" "}
              {translate("on day", { day: format.day(record.occurredAt) })}
            </span>
            <span class="note">
              {translate(record.settled ? "settled yes" : "settled no")}
              {record.status === null ? "" : ` · ${record.status}`} ·{" "}
              {translate("bank line from", {
                file: record.source.fileName ?? record.origin,
                line: String(record.source.line),
              })}
              {record.transactionId === null ? "" : ` · ${record.transactionId}`}
            </span>
          </li>
        ))}
        {rows.map((row) => (
          <li>
            <span class="what">
              {rowTypeText(row, frame)}{" "}
              <span class="sum">
                <Money format={format} minor={row.amountMinor} currency={row.currency} />
              </span>{" "}
              {translate("on day", { day: format.day(row.postedAt) })}
            </span>
            <span class="note">
              {translate("fee of", { amount: format.money(row.feeMinor, row.currency) })} ·{" "}
              <a href={settlementLink(frame, row)}>
                {translate("column settlement")} {row.settlementId}
              </a>{" "}
              · <Place frame={frame} accountId={accountId} fileId={row.fileId} line={row.line} />
              {row.transactionId === null ? "" : ` · ${row.transactionId}`}
            </span>
          </li>
        ))}
        {reported.map((row) => (
          <li>
            <span class="what">
              {translate("report row of", {
                report: term("report type", row.kind.replace("-", " "), format.locale),
                status: row.status ?? "–",
              })}{" "}
              {row.amountMinor === null || row.currency === null ? null : (
                <span class="sum">
                  <Money format={format} minor={row.amountMinor} currency={row.currency} />
                </span>
              )}
            </span>
            <span class="note">
              {row.updatedAt === null ? "" : `${format.moment(row.updatedAt)} · `}
              {row.objectId ?? ""}{" "}
              <Place frame={frame} accountId={accountId} fileId={row.fileId} line={row.source.line} />
            </span>
          </li>
        ))}
        {exceptions.map((item) => (
          <li class={item.status === "open" || item.status === "reopened" ? "bad" : ""}>
            <ExceptionNote item={item} frame={frame} />
          </li>
        ))}
        {net.map(({ currency, amountMinor }) => (
          <li>
            <span class="what">
              {translate("together net")}{" "}
              <span class="sum">
                <Money format={format} minor={amountMinor} currency={currency} />
              </span>
            </span>
          </li>
        ))}
      </ol>
      {rows.length === 0 ? (
        <p class="soft small">{translate("settled no")}</p>
      ) : (
        <p class="small quiet-links">
          <a href={linkTo({ ...frame, account: accountId }, "/transactions", { q: rows[0]?.permissionId ?? "" })}>
            {translate("rows")}
          </a>
        </p>
      )}
    </section>
  );
};
