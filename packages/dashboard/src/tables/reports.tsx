import { formatInstant, listReports, type ReportView } from "@amazon-pay-kit/ledger";
import { Badge, type Tone } from "../components/badge.tsx";
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
};

/** `_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_` → `settlement`. */
export function shortType(reportType: string): string {
  return /OFFAMAZONPAYMENTS_(.+)_DATA_$/.exec(reportType)?.[1]?.toLowerCase().replaceAll("_", " ") ?? reportType;
}

function time(at: number | null): string {
  return at === null ? "" : formatInstant(at);
}

/** Reports and what became of them. */
export const reportsTable: ListTable<ReportView> = {
  path: "/reports",
  caption: "Reports, newest data first",
  filters: ["type"],
  fetch: (views, query, accountId, page) => listReports(views, { ...page, accountId, reportType: query("type") }),
  columns: [
    { title: "Report", cell: (item) => <span class="mono">{item.reportId}</span>, csv: (item) => item.reportId },
    {
      title: "Type",
      cell: (item) => <span class="nowrap">{shortType(item.reportType)}</span>,
      csv: (item) => item.reportType,
    },
    {
      title: "Data from",
      cell: (item, frame) => (
        <span class="nowrap">{item.windowStartAt === null ? "" : frame.format.moment(item.windowStartAt)}</span>
      ),
      csv: (item) => time(item.windowStartAt),
    },
    {
      title: "Data until",
      cell: (item, frame) => (
        <span class="nowrap">{item.windowEndAt === null ? "" : frame.format.moment(item.windowEndAt)}</span>
      ),
      csv: (item) => time(item.windowEndAt),
    },
    {
      title: "State",
      cell: (item) => <Badge tone={TONES[item.state] ?? "plain"}>{item.state}</Badge>,
      csv: (item) => item.state,
    },
    {
      title: "Rows",
      numeric: true,
      cell: (item, frame) => (item.rows === null ? "" : frame.format.count(item.rows)),
      csv: (item) => String(item.rows ?? ""),
    },
    {
      title: "Errors",
      numeric: true,
      cell: (item, frame) => (item.errors === null ? "" : frame.format.count(item.errors)),
      csv: (item) => String(item.errors ?? ""),
    },
    { title: "Reason", cell: (item) => item.stateReason ?? "", csv: (item) => item.stateReason ?? "" },
    {
      title: "SHA-256",
      cell: (item) => <span class="mono">{item.contentHash?.slice(0, 12) ?? ""}</span>,
      csv: (item) => item.contentHash ?? "",
    },
    { title: "Source", cell: (item) => item.source, csv: (item) => item.source },
    { title: "Account", cell: (item) => item.accountId, csv: (item) => item.accountId },
  ],
};
