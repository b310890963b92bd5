import { otherValue, type AmazonPay, type ReportSchedule } from "@amazon-pay-kit/sdk";
import { SCHEDULE_FREQUENCIES } from "@amazon-pay-kit/sdk/operations";
import { CliError, EXIT } from "../errors.ts";
import { argument, flag, text, type CommandRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { withClient } from "../service/client.ts";
import { reportTypeOf, shortReportType } from "../service/report-type.ts";
import { apiTime } from "../options/times.ts";

function show(context: Context, schedules: readonly ReportSchedule[]): void {
  context.table(schedules, [
    { title: "schedule", value: (schedule) => schedule.reportScheduleId },
    { title: "type", value: (schedule) => shortReportType(schedule.reportType) },
    { title: "every", value: (schedule) => schedule.scheduleFrequency },
    { title: "next", value: (schedule) => schedule.nextReportCreationTime ?? "" },
  ]);
}

export const schedulesList: CommandRow = {
  name: "reports schedules list",
  summary: "list report schedules",
  examples: [["apay reports schedules list", "at most one per report type"]],
  run: (context) =>
    withClient(context, async (client) => {
      const { reportSchedules } = await client.reportSchedules.list({}, { signal: context.signal });
      if (context.json) context.document({ reportSchedules });
      else if (reportSchedules.length === 0) context.line("No schedules.");
      else show(context, reportSchedules);
      return EXIT.done;
    }),
};

/** The schedule that the type has now. */
async function present(client: AmazonPay, reportType: string, context: Context): Promise<ReportSchedule | undefined> {
  const { reportSchedules } = await client.reportSchedules.list({}, { signal: context.signal });
  return reportSchedules.find((schedule) => schedule.reportType === reportType);
}

export const schedulesCreate: CommandRow = {
  name: "reports schedules create",
  summary: "create a report schedule; first shows what it would replace",
  description:
    "Each report type has at most one schedule. If one exists, the command shows it and stops; --replace replaces it. --dry-run changes nothing.",
  arguments: [
    { name: "<type>", help: "report type" },
    { name: "<frequency>", help: SCHEDULE_FREQUENCIES.join(", ") },
  ],
  options: [
    { flags: "--next <time>", help: "when the first report is made" },
    { flags: "--replace", help: "replace an existing schedule" },
    { flags: "--dry-run", help: "show what would happen, change nothing" },
  ],
  examples: [
    ["apay reports schedules create refund P1D", "refunds every day"],
    ["apay reports schedules create refund PT84H --replace --dry-run", "what would be replaced"],
  ],
  run: (context, input) =>
    withClient(context, async (client) => {
      const reportType = reportTypeOf(argument(input, 0));
      const scheduleFrequency = argument(input, 1).toUpperCase();
      if (!(SCHEDULE_FREQUENCIES as readonly string[]).includes(scheduleFrequency)) {
        throw new CliError("usage.frequency", `there is no frequency ${scheduleFrequency}`, {
          remedy: `use one of ${SCHEDULE_FREQUENCIES.join(", ")}`,
        });
      }
      const before = await present(client, reportType, context);
      const plan = { replaces: before ?? null, creates: { reportType, scheduleFrequency } };
      if (!context.json) {
        if (before !== undefined) {
          context.line("It has this schedule now:");
          show(context, [before]);
        }
        context.line(
          `${before === undefined ? "new" : "instead"}: ${shortReportType(reportType)} every ${scheduleFrequency}`,
        );
      }
      if (flag(input, "dryRun")) {
        if (context.json) context.document({ plan, applied: false });
        return EXIT.done;
      }
      if (before !== undefined && !flag(input, "replace")) {
        throw new CliError(
          "schedules.exists",
          `${shortReportType(reportType)} has schedule ${before.reportScheduleId} already; nothing was changed`,
          {
            remedy: "add --replace to put the new one in its place",
          },
        );
      }
      const next = apiTime(context, text(input, "next"), "--next");
      const made = await client.reportSchedules.create(
        {
          // Both were compared with the service's lists above.
          reportType: otherValue(reportType),
          scheduleFrequency: otherValue(scheduleFrequency),
          deleteExistingSchedule: before !== undefined,
          ...(next === undefined ? {} : { nextReportCreationTime: next }),
        },
        { signal: context.signal },
      );
      if (context.json) context.document({ plan, applied: true, ...made });
      else context.line(`made schedule ${made.reportScheduleId}`);
      return EXIT.done;
    }),
};

export const schedulesCancel: CommandRow = {
  name: "reports schedules cancel",
  summary: "cancel a report schedule",
  arguments: [{ name: "<schedule>", help: "schedule id" }],
  examples: [["apay reports schedules cancel 1234567890", "stop the reports of this schedule"]],
  run: (context, input) =>
    withClient(context, async (client) => {
      const id = argument(input, 0);
      await client.reportSchedules.cancel(id, { signal: context.signal });
      if (context.json) context.document({ reportScheduleId: id, cancelled: true });
      else context.line(`schedule ${id} is cancelled`);
      return EXIT.done;
    }),
};
