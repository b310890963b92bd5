/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import {
  type ExceptionFilter,
  type ExceptionView,
  formatAmount,
  formatInstant,
  listExceptions,
  sumExceptions,
} from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Badge, type Tone } from "../components/badge.tsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { readableDates } from "../locale/readable-dates.ts";
import { messageOf } from "../locales/exception-text.ts";
import { term } from "../locales/texts.ts";
import type { PlainText } from "../locales/texts.ts";
import type { ListColumn, ListTable, TableSource } from "./list-table.ts";
import { PERIOD_FILTERS, periodOf } from "./period.ts";
import { settlementLink } from "./settlements.tsx";

const TONES: Readonly<Record<string, Tone>> = { open: "warn", reopened: "warn", explained: "plain", resolved: "good" };

/** The state of an exception. */
export const StatusBadge: FC<{ status: string; frame: Frame }> = ({ status, frame }) => (
  <Badge tone={TONES[status] ?? "plain"}>{term("exception", status, frame.format.locale)}</Badge>
);

/** The state of an exception, and whose agreement it waits for. */
export const StateOf: FC<{ item: ExceptionView; frame: Frame }> = ({ item, frame }) => (
  <>
    <StatusBadge status={item.status} frame={frame} />
    {item.askedBy === null ? null : (
      <span class="soft small"> {frame.translate("asked by", { who: item.askedBy })}</span>
    )}
  </>
);

/** What an exception says, in the language of the page where it can be. */
export const Message: FC<{ item: ExceptionView; frame: Frame }> = ({ item, frame }) => {
  const { text, lang } = messageOf(item, frame.format.locale);
  return <span lang={lang}>{readableDates(text, frame.format)}</span>;
};

/**
 * What an exception is, in plain words; the code where this version has none. One code may be about two things, which its
 * messages tell apart: what differs from own records, and what differs at the bank.
 */
export function exceptionTitle(
  { code, messages = [] }: Pick<ExceptionView, "code"> & Partial<Pick<ExceptionView, "messages">>,
  frame: Frame,
): string {
  const special = `${code} ${messages[0]?.name.split(".")[0] ?? ""}`;
  const title = term("exception title", special, frame.format.locale);
  return title === special ? term("exception title", code, frame.format.locale) : title;
}

/** Where an exception's page is. */
export function exceptionLink(frame: Frame, item: Pick<ExceptionView, "accountId" | "exceptionId">): string {
  return linkTo({ ...frame, account: item.accountId }, `/exceptions/${encodeURIComponent(item.exceptionId)}`);
}

/** The file and line that an exception is about. */
export function sourceText(item: ExceptionView): string {
  if (item.file === null) return "";
  return item.line === null ? item.file : `${item.file}:${item.line}`;
}

/** Whose exceptions are asked for: the reader's own, those of nobody, those that wait for a second person, or a name's. */
function ownerOf(asked: string | undefined, user: string): Pick<ExceptionFilter, "owner" | "asked"> {
  if (asked === undefined) return {};
  if (asked === "asked") return { asked: true };
  return { owner: asked === "me" ? user : asked === "nobody" ? "" : asked };
}

function filterOf({ query, account, calendar, user }: TableSource): ExceptionFilter {
  return {
    ...periodOf({ query, calendar }),
    accountId: account,
    status: query("status"),
    code: query("code"),
    severity: query("severity"),
    settlementId: query("settlement"),
    transactionId: query("transaction"),
    cause: query("cause"),
    currency: query("currency"),
    text: query("q"),
    ...ownerOf(query("owner"), user),
  };
}

/** Columns that the page of a list leaves to the file and to the page of each exception. */
const IN_THE_FILE: ReadonlySet<PlainText> = new Set([
  "column severity",
  "column currency",
  "column reference",
  "column file and line",
  "column cause",
  "column transaction",
]);

/** The columns that a list on a page has room for. */
export function queueColumns(): readonly ListColumn<ExceptionView>[] {
  return exceptionsTable.columns.filter(({ title }) => !IN_THE_FILE.has(title));
}

/** Differences that someone must explain, or has. */
export const exceptionsTable: ListTable<ExceptionView> = {
  path: "/exceptions",
  file: "/exceptions.csv",
  caption: (translate) => translate("exceptions by code"),
  empty: "no exceptions",
  filters: [
    "status",
    "code",
    "severity",
    "settlement",
    "transaction",
    "cause",
    "q",
    "currency",
    "owner",
    ...PERIOD_FILTERS,
  ],
  fetch: (source, page) => listExceptions(source.views, { ...page, ...filterOf(source), sort: source.query("sort") }),
  sums: async (source) =>
    (await sumExceptions(source.views, filterOf(source))).map(({ currency, exceptions, amountMinor }) => ({
      currency,
      rows: exceptions,
      minor: { "column amount": amountMinor },
    })),
  columns: [
    {
      title: "column code",
      sort: "code",
      cell: (item, frame) => <a href={exceptionLink(frame, item)}>{exceptionTitle(item, frame)}</a>,
      csv: (item) => item.code,
    },
    {
      title: "column amount",
      sort: "amount",
      numeric: true,
      cell: (item, frame) =>
        item.amountMinor === null || item.currency === null ? (
          ""
        ) : (
          <Money
            format={frame.format}
            minor={item.amountMinor}
            currency={item.currency}
            href={exceptionLink(frame, item)}
          />
        ),
      csv: (item) =>
        item.amountMinor === null || item.currency === null ? "" : formatAmount(item.amountMinor, item.currency),
    },
    {
      title: "column state",
      sort: "status",
      cell: (item, frame) => <StateOf item={item} frame={frame} />,
      csv: (item) => item.status,
    },
    {
      title: "column owner",
      sort: "owner",
      cell: (item) => item.owner ?? "",
      csv: (item) => item.owner ?? "",
    },
    {
      title: "column severity",
      cell: (item, frame) => term("severity", item.severity, frame.format.locale),
      csv: (item) => item.severity,
    },
    {
      title: "column message",
      place: "words",
      cell: (item, frame) => <Message item={item} frame={frame} />,
      csv: (item) => item.message,
    },
    { title: "column currency", cell: (item) => item.currency ?? "", csv: (item) => item.currency ?? "" },
    {
      title: "column settlement",
      sort: "settlement",
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
      title: "column found",
      sort: "found",
      cell: (item, frame) => <span class="nowrap">{frame.format.day(item.foundAt)}</span>,
      csv: (item) => formatInstant(item.foundAt),
    },
    { title: "column order", sort: "order", cell: (item) => item.orderId ?? "", csv: (item) => item.orderId ?? "" },
    { title: "column reference", cell: (item) => item.referenceId ?? "", csv: (item) => item.referenceId ?? "" },
    { title: "column file and line", cell: sourceText, csv: sourceText },
    {
      title: "column cause",
      cell: (item, frame) =>
        item.cause === item.exceptionId ? (
          ""
        ) : (
          <a class="mono" href={exceptionLink(frame, { ...item, exceptionId: item.cause })}>
            {item.cause.slice(0, 12)}
          </a>
        ),
      csv: (item) => item.cause,
    },
    {
      title: "column transaction",
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
    { title: "account", cell: (item) => item.accountId, csv: (item) => item.accountId },
  ],
};
