import { formatAmount, listExceptions, type ExceptionView } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Badge, type Tone } from "../components/badge.tsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import type { ListTable } from "./list-table.ts";
import { settlementLink } from "./settlements.tsx";

const TONES: Readonly<Record<string, Tone>> = { open: "bad", reopened: "bad", explained: "plain", resolved: "good" };

/** The state of an exception. */
export const StatusBadge: FC<{ status: string }> = ({ status }) => (
  <Badge tone={TONES[status] ?? "plain"}>{status}</Badge>
);

/** Where an exception's page is. */
export function exceptionLink(frame: Frame, item: ExceptionView): string {
  return linkTo({ ...frame, account: item.accountId }, `/exceptions/${encodeURIComponent(item.exceptionId)}`);
}

/** Differences that someone must explain, or has. */
export const exceptionsTable: ListTable<ExceptionView> = {
  path: "/exceptions",
  caption: "Exceptions by code",
  filters: ["status", "code", "severity", "settlement"],
  fetch: (views, query, accountId, page) =>
    listExceptions(views, {
      ...page,
      accountId,
      status: query("status"),
      code: query("code"),
      severity: query("severity"),
      settlementId: query("settlement"),
    }),
  columns: [
    {
      title: "Code",
      cell: (item, frame) => (
        <a class="mono" href={exceptionLink(frame, item)}>
          {item.code}
        </a>
      ),
      csv: (item) => item.code,
    },
    { title: "State", cell: (item) => <StatusBadge status={item.status} />, csv: (item) => item.status },
    { title: "Severity", cell: (item) => item.severity, csv: (item) => item.severity },
    { title: "What is wrong", cell: (item) => item.message, csv: (item) => item.message },
    {
      title: "Amount",
      numeric: true,
      cell: (item, frame) =>
        item.amountMinor === null || item.currency === null ? (
          ""
        ) : (
          <Money format={frame.format} minor={item.amountMinor} currency={item.currency} />
        ),
      csv: (item) =>
        item.amountMinor === null || item.currency === null ? "" : formatAmount(item.amountMinor, item.currency),
    },
    { title: "Currency", cell: (item) => item.currency ?? "", csv: (item) => item.currency ?? "" },
    {
      title: "Settlement",
      cell: (item, frame) =>
        item.settlementId === null ? (
          ""
        ) : (
          <a
            href={settlementLink(frame, {
              accountId: item.accountId,
              settlementId: item.settlementId,
              currency: item.currency ?? "",
            })}
          >
            {item.settlementId}
          </a>
        ),
      csv: (item) => item.settlementId ?? "",
    },
    {
      title: "Transaction",
      cell: (item, frame) =>
        item.transactionId === null ? (
          ""
        ) : (
          <a class="mono" href={linkTo(frame, "/transactions", { q: item.transactionId })}>
            {item.transactionId}
          </a>
        ),
      csv: (item) => item.transactionId ?? "",
    },
    { title: "Account", cell: (item) => item.accountId, csv: (item) => item.accountId },
  ],
};
