/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { formatInstant, listReports, type ReportView } from "@amazon-pay-kit/ledger";
import type { Child } from "hono/jsx";
import { Badge, type Tone } from "../components/badge.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { term } from "../locales/texts.ts";
import type { ListTable } from "./list-table.ts";

const TONES: Readonly<Record<string, Tone>> = {
  loaded: "good",
  linked: "good",
  "no-data": "plain",
  listed: "warn",
  "in-progress": "warn",
  archived: "warn",
  failed: "bad",
  quarantined: "bad",
  withdrawn: "plain",
};

/** `_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_` → `settlement`. */
function shortType(reportType: string): string {
  return /OFFAMAZONPAYMENTS_(.+)_DATA_$/.exec(reportType)?.[1]?.toLowerCase().replaceAll("_", " ") ?? reportType;
}

/** The kind of a report in the reader's language. */
export function reportTypeText(reportType: string, frame: Frame): string {
  return term("report type", shortType(reportType), frame.format.locale);
}

/** The lines of the file that a report came in. */
function fileLink(frame: Frame, item: ReportView, text: string): Child {
  if (item.fileId === null) return text;
  return <a href={linkTo({ ...frame, account: item.accountId }, `/files/${item.fileId}`)}>{text}</a>;
}

function time(at: number | null): string {
  return at === null ? "" : formatInstant(at);
}

/** Reports and what became of them. */
export const reportsTable: ListTable<ReportView> = {
  path: "/reports",
  file: "/reports.csv",
  caption: (translate, query, frame) => {
    const type = query("type");
    return type === undefined
      ? translate("reports newest")
      : translate("reports of type", { type: reportTypeText(type, frame) });
  },
  empty: "no reports",
  filters: ["q", "type", "state"],
  fetch: ({ views, query, account }, page) =>
    listReports(views, {
      ...page,
      accountId: account,
      reportType: query("type"),
      state: query("state"),
      text: query("q"),
      sort: query("sort"),
    }),
  columns: [
    {
      title: "column report",
      cell: (item, frame) => <span class="mono">{fileLink(frame, item, item.reportId)}</span>,
      csv: (item) => item.reportId,
    },
    {
      title: "column type",
      sort: "type",
      cell: (item, frame) => <span class="nowrap">{reportTypeText(item.reportType, frame)}</span>,
      csv: (item) => item.reportType,
    },
    {
      title: "column data from",
      cell: (item, frame) => (
        <span class="nowrap">{item.windowStartAt === null ? "" : frame.format.moment(item.windowStartAt)}</span>
      ),
      csv: (item) => time(item.windowStartAt),
    },
    {
      title: "column data until",
      sort: "until",
      cell: (item, frame) => (
        <span class="nowrap">{item.windowEndAt === null ? "" : frame.format.moment(item.windowEndAt)}</span>
      ),
      csv: (item) => time(item.windowEndAt),
    },
    {
      title: "column state",
      sort: "state",
      cell: (item, frame) => (
        <Badge tone={TONES[item.state] ?? "plain"}>{term("report state", item.state, frame.format.locale)}</Badge>
      ),
      csv: (item) => item.state,
    },
    {
      title: "column rows",
      sort: "rows",
      numeric: true,
      cell: (item, frame) => (item.rows === null ? "" : fileLink(frame, item, frame.format.count(item.rows))),
      csv: (item) => String(item.rows ?? ""),
    },
    {
      title: "column errors",
      sort: "errors",
      numeric: true,
      cell: (item, frame) => (item.errors === null ? "" : fileLink(frame, item, frame.format.count(item.errors))),
      csv: (item) => String(item.errors ?? ""),
    },
    {
      title: "column reason",
      cell: (item) => <span lang="en">{item.stateReason ?? ""}</span>,
      csv: (item) => item.stateReason ?? "",
    },
    {
      title: "column hash",
      cell: (item) => <span class="mono">{item.contentHash?.slice(0, 12) ?? ""}</span>,
      csv: (item) => item.contentHash ?? "",
    },
    { title: "column source", cell: (item) => item.source, csv: (item) => item.source },
    { title: "account", cell: (item) => item.accountId, csv: (item) => item.accountId },
  ],
};
