import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { otherValue, type Report } from "@amazon-pay-kit/sdk";
import { writeAside } from "../books/write-files.ts";
import { CliError, EXIT } from "../errors.ts";
import { argument, flag, text, type CommandRow } from "../program/command.ts";
import type { Column } from "../terminal/table.ts";
import { withClient } from "../service/client.ts";
import { reportTypeOf, SHORT_TYPES, shortReportType } from "../service/report-type.ts";
import { apiEnd, apiTime } from "../options/times.ts";

const columns: readonly Column<Report>[] = [
  { title: "report", value: (report) => report.reportId },
  { title: "type", value: (report) => shortReportType(report.reportType) },
  { title: "from", value: (report) => report.startTime ?? "", spare: 1 },
  { title: "until", value: (report) => report.endTime ?? "" },
  {
    title: "status",
    value: (report) => report.processingStatus,
    paint: (report, cell, paint) =>
      paint(
        report.processingStatus === "COMPLETED" ? "green" : report.processingStatus === "FAILED" ? "red" : "yellow",
        cell,
      ),
  },
  { title: "document", value: (report) => report.reportDocumentId ?? "", flexible: true, spare: 2 },
];

function list(value: string | undefined): string[] | undefined {
  return value?.split(",").map((item) => item.trim());
}

export const reportsList: CommandRow = {
  name: "reports list",
  summary: "list the reports of the last 90 days",
  options: [
    { flags: "--type <types>", help: `comma-separated: ${SHORT_TYPES.join(", ")}` },
    { flags: "--status <statuses>", help: "comma-separated: COMPLETED, IN_PROGRESS, FAILED, CANCELLED" },
    { flags: "--since <time>", help: "created after (default: 90 days ago)" },
    { flags: "--until <time>", help: "created before (default: now)" },
  ],
  examples: [
    ["apay reports list", "all reports, all pages"],
    ["apay reports list --type settlement,refund --since 2026-01-01", "filtered by type and date"],
  ],
  run: (context, input) =>
    withClient(context, async (client) => {
      const found: Report[] = [];
      const types = list(text(input, "type"))?.map(reportTypeOf);
      const query = {
        reportTypes: types,
        processingStatuses: list(text(input, "status"))?.map((status) => status.toUpperCase()),
        createdSince: apiTime(context, text(input, "since"), "--since"),
        createdUntil: apiEnd(context, text(input, "until"), "--until"),
        pageSize: 100,
      };
      const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
      for await (const report of client.reports.list(given, { signal: context.signal })) {
        found.push(report);
        context.progress.update("listing reports", found.length);
      }
      context.progress.end();
      if (context.json) context.document({ reports: found });
      else if (found.length === 0) context.line("No reports.");
      else context.table(found, columns);
      return EXIT.done;
    }),
};

export const reportsGet: CommandRow = {
  name: "reports get",
  summary: "show one report: its status and document id",
  arguments: [{ name: "<report>", help: "report id" }],
  examples: [["apay reports get A08439021T39K6DTX4JS8", "state and document id"]],
  run: (context, input) =>
    withClient(context, async (client) => {
      const report = await client.reports.retrieve(argument(input, 0), { signal: context.signal });
      if (context.json) context.document(report);
      else
        context.table(Object.entries(report), [
          { title: "member", value: ([name]) => name },
          { title: "value", value: ([, value]) => String(value ?? "") },
        ]);
      return EXIT.done;
    }),
};

export const reportsDownload: CommandRow = {
  name: "reports download",
  summary: "download a report",
  description:
    "Downloads a report's document. Its URL is valid for 30 seconds and is renewed when it has expired. The file appears only once it is complete.",
  arguments: [{ name: "<report>", help: "report id, or document id with --document" }],
  options: [
    { flags: "--out <file>", help: "file to write (default: standard output)" },
    { flags: "--document", help: "the argument is a document id" },
    { flags: "--packed", help: "do not unpack gzip or zip files" },
  ],
  examples: [
    ["apay reports download A08439021T39K6DTX4JS8 --out settlement.csv", "save to a file"],
    ["apay reports download A08439021T39K6DTX4JS8 | apay parse -", "read it directly"],
  ],
  run: (context, input) =>
    withClient(context, async (client) => {
      const id = argument(input, 0);
      if (context.json && text(input, "out") === undefined)
        throw new CliError("usage.json", "--json tells what was written, so it needs --out", {
          remedy: "name the file with --out, or leave --json out",
        });
      let documentId = id;
      if (!flag(input, "document")) {
        const report = await client.reports.retrieve(id, { signal: context.signal });
        if (report.reportDocumentId === null || report.reportDocumentId === undefined) {
          const why =
            report.processingStatus === "CANCELLED"
              ? "it was cancelled, which mostly means that there were no data"
              : `it is ${report.processingStatus}`;
          throw new CliError("reports.no-document", `report ${id} has no document: ${why}`, {
            exitStatus: EXIT.problems,
          });
        }
        documentId = report.reportDocumentId;
      }
      const download = await client.reportDocuments.download(documentId, {
        signal: context.signal,
        packed: flag(input, "packed"),
      });
      const out = text(input, "out");
      if (out === undefined) {
        for await (const chunk of download) {
          context.terminal.out.write(chunk);
          await context.terminal.out.drained();
        }
        return EXIT.done;
      }
      const path = resolve(context.terminal.cwd, out);
      await writeAside(path, context.random, (aside) =>
        pipeline(download, createWriteStream(aside, { flags: "wx", mode: 0o600, flush: true })),
      );
      if (context.json) context.document({ reportId: id, reportDocumentId: documentId, file: path });
      else context.line(`wrote ${path}`);
      return EXIT.done;
    }),
};

export const reportsRequest: CommandRow = {
  name: "reports request",
  summary: "request a report",
  description:
    "Requests a report for a period. Settlement reports cannot be requested: Amazon Pay creates them when a settlement closes.",
  arguments: [{ name: "<type>", help: SHORT_TYPES.join(", ") }],
  options: [
    { flags: "--start <time>", help: "start of the period (required)" },
    { flags: "--end <time>", help: "end of the period, with this day in it (required)" },
    { flags: "--idempotency-key <key>", help: "repeating the request with the same key creates one report only" },
  ],
  examples: [["apay reports request refund --start 2026-01-01 --end 2026-01-31", "refunds of January"]],
  run: (context, input) =>
    withClient(context, async (client) => {
      const startTime = apiTime(context, text(input, "start"), "--start");
      const endTime = apiEnd(context, text(input, "end"), "--end");
      if (startTime === undefined || endTime === undefined)
        throw new CliError("usage.window", "a report needs --start and --end");
      if (startTime >= endTime) throw new CliError("usage.window", "--start must be before --end");
      const body = { reportType: otherValue(reportTypeOf(argument(input, 0))), startTime, endTime };
      const made = await client.reports.create(body, {
        signal: context.signal,
        idempotencyKey: text(input, "idempotencyKey"),
      });
      if (context.json) context.document(made);
      else context.line(`report ${made.reportId} is being made; see apay reports get ${made.reportId}`);
      return EXIT.done;
    }),
};
