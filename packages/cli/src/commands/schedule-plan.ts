import { otherValue, type AmazonPay } from "@amazon-pay-kit/sdk";
import { SCHEDULE_FREQUENCIES } from "@amazon-pay-kit/sdk/operations";
import type { Account } from "../config/config.ts";
import { CliError, EXIT } from "../errors.ts";
import { flag, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { withClient } from "../service/client.ts";
import { reportTypeOf, shortReportType } from "../service/report-type.ts";
import { isDestructive, planSchedules, type ScheduleStep } from "../service/schedule-plan.ts";

type Frequency = (typeof SCHEDULE_FREQUENCIES)[number];

function frequencyOf(text: string, account: Account, type: string): Frequency {
  const found = SCHEDULE_FREQUENCIES.find((frequency) => frequency === text.toUpperCase());
  if (found !== undefined) return found;
  throw new CliError(
    "config.frequency",
    `account "${account.name}", schedules.${type}: there is no frequency ${text}`,
    {
      remedy: `use one of ${SCHEDULE_FREQUENCIES.join(", ")}`,
    },
  );
}

function wantedOf(account: Account): Map<string, Frequency> {
  if (account.schedules === undefined) {
    throw new CliError("config.no-schedules", `account "${account.name}" does not say which schedules it wants`, {
      remedy: 'set schedules of the account in apay.config.json, for instance {"refund": "P1D"}',
    });
  }
  return new Map(
    Object.entries(account.schedules).map(([type, text]) => [reportTypeOf(type), frequencyOf(text, account, type)]),
  );
}

async function planFor(client: AmazonPay, account: Account, input: Input, signal: AbortSignal) {
  const wanted = wantedOf(account);
  const { reportSchedules } = await client.reportSchedules.list({}, { signal });
  return { wanted, steps: planSchedules(reportSchedules, wanted, flag(input, "prune")) };
}

const WORDS: Readonly<Record<ScheduleStep["action"], string>> = {
  keep: "as wanted",
  create: "create",
  replace: "REPLACE",
  leave: "not asked for, stays",
  cancel: "CANCEL",
};

function show(context: Context, steps: readonly ScheduleStep[]): void {
  const nowOf = (step: ScheduleStep) =>
    step.action === "create" ? undefined : step.action === "replace" ? step.destroys : step.now;
  context.table(steps, [
    { title: "type", value: (step) => shortReportType(step.reportType) },
    { title: "now", value: (step) => nowOf(step)?.scheduleFrequency ?? "" },
    { title: "wanted", value: (step) => ("frequency" in step ? step.frequency : "") },
    {
      title: "what happens",
      value: (step) => WORDS[step.action],
      paint: (step, cell, paint) => (isDestructive(step) ? paint("red", cell) : cell),
    },
    { title: "destroys", value: (step) => (isDestructive(step) ? (nowOf(step)?.reportScheduleId ?? "") : "") },
    {
      title: "and its next report of",
      value: (step) => (isDestructive(step) ? (nowOf(step)?.nextReportCreationTime ?? "") : ""),
    },
  ]);
}

const PRUNE = { flags: "--prune", help: "cancel schedules of report types not listed in the configuration" };

export const schedulesPlan: CommandRow = {
  name: "reports schedules plan",
  summary: "compare the schedules with apay.config.json; changes nothing",
  description:
    'The account\'s "schedules" setting says how often you want each report: {"refund": "P1D"}. To change a frequency, the service deletes the existing schedule with its id and next date. The plan shows which.',
  options: [PRUNE],
  examples: [["apay reports schedules plan", "what apply would do, and what it would replace"]],
  run: (context, input) =>
    withClient(context, async (client, account) => {
      const { steps } = await planFor(client, account, input, context.signal);
      if (context.json) context.document({ steps });
      else show(context, steps);
      return EXIT.done;
    }),
};

export const schedulesApply: CommandRow = {
  name: "reports schedules apply",
  summary: "create the schedules listed in apay.config.json; replaces none without --destroy",
  description:
    "Carries out the current `plan`. If a schedule would have to be replaced or cancelled, nothing is done unless --destroy is given. It is safe to repeat.",
  options: [PRUNE, { flags: "--destroy", help: "allow schedules to be replaced and cancelled" }],
  examples: [
    ["apay reports schedules apply", "create missing schedules"],
    ["apay reports schedules apply --destroy", "also replace those that differ"],
  ],
  run: (context, input) =>
    withClient(context, async (client, account) => {
      const { signal } = context;
      const { wanted, steps } = await planFor(client, account, input, signal);
      if (!context.json) show(context, steps);
      const lost = steps.filter(isDestructive);
      if (lost.length > 0 && !flag(input, "destroy")) {
        throw new CliError(
          "schedules.destroys",
          `this would destroy the schedules of ${lost.map((step) => shortReportType(step.reportType)).join(", ")}; nothing was changed`,
          { remedy: "look at the plan, then add --destroy" },
        );
      }
      const made: { reportType: string; reportScheduleId: string }[] = [];
      const cancelled: string[] = [];
      for (const step of steps) {
        const scheduleFrequency = wanted.get(step.reportType);
        if ((step.action === "create" || step.action === "replace") && scheduleFrequency !== undefined) {
          const { reportType } = step;
          const deleteExistingSchedule = step.action === "replace";
          const { reportScheduleId } = await client.reportSchedules.create(
            {
              reportType: otherValue(reportType),
              scheduleFrequency: otherValue(scheduleFrequency),
              deleteExistingSchedule,
            },
            { signal },
          );
          made.push({ reportType, reportScheduleId });
        } else if (step.action === "cancel") {
          await client.reportSchedules.cancel(step.now.reportScheduleId, { signal });
          cancelled.push(step.now.reportScheduleId);
        }
      }
      if (context.json) context.document({ steps, made, cancelled });
      else context.line(`${made.length} made, ${cancelled.length} cancelled`);
      return EXIT.done;
    }),
};
