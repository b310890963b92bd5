import { join } from "node:path";
import {
  EXPORT_FORMATS,
  type Exported,
  exportBooksTo,
  ExportError,
  type ExportOptions,
  type Ledger,
} from "@amazon-pay-kit/ledger";
import { type JobExport } from "@amazon-pay-kit/worker";
import { exportIncrement, folderTarget, s3Target } from "@amazon-pay-kit/ledger/export";
import { lakeFormatOf } from "../books/incremental-export.ts";
import { feeTaxSettings } from "../books/settings.ts";
import type { Config } from "../config/config.ts";
import type { ExportConfig } from "../config/schema.ts";
import { CliError } from "../errors.ts";

/** The group of an account: the first that has it. */
function groupOf(groups: ExportConfig["groups"], accountId: string): string | undefined {
  return Object.entries(groups ?? {}).find(([, accounts]) => accounts.includes(accountId))?.[0];
}

/** An export that is brought up to date: to a bucket it does not matter which host does it. */
function incrementalJob(config: Config, ledger: Ledger, setting: ExportConfig): JobExport {
  const { format, tables, detail, accrual, cron, folder = "", bucket, accounts, groups } = setting;
  return {
    ...(cron === undefined ? {} : { cron }),
    run: async ({ accountId, signal }) => {
      if (accounts?.includes(accountId) === false) return { files: 0 };
      const target = bucket === undefined ? folderTarget(folder) : await s3Target(bucket);
      try {
        const { store, clock, random } = ledger;
        return await exportIncrement(
          { store, clock, random, accountId },
          {
            target,
            format: lakeFormatOf(format),
            tables,
            accountGroup: groupOf(groups, accountId),
            detail: detail ?? "settlement",
            accrual,
            feeTax: feeTaxSettings(config),
            settings: config.export,
            signal,
          },
        );
      } finally {
        target.close();
      }
    },
  };
}

/** The exports of the configuration as jobs: each account's goes to `FOLDER/ACCOUNT/NAME.EXTENSION`, whole or not at all. */
export function jobExports(config: Config, ledger: Ledger): Readonly<Record<string, JobExport>> {
  return Object.fromEntries(
    Object.entries(config.exports).map(([name, setting]) => {
      if (setting.incremental === true) return [name, incrementalJob(config, ledger, setting)];
      const { format: wanted, what, detail, accrual, currency, cron, folder = "", accounts } = setting;
      const format = EXPORT_FORMATS.find((one) => one.name === wanted);
      if (format === undefined) {
        throw new CliError("config.export", `exports.${name}: there is no format ${JSON.stringify(wanted)}`, {
          remedy: `choose from ${EXPORT_FORMATS.map((one) => one.name).join(", ")}`,
        });
      }
      const options: ExportOptions = {
        format: wanted,
        what: what as Exported | undefined,
        detail: detail ?? "settlement",
        accrual,
        feeTax: feeTaxSettings(config),
        currency,
        settings: config.export,
        timeZone: config.timeZone,
      };
      const file = format.folder === undefined ? `${name}.${format.extension.replace(/^\./, "")}` : name;
      const job: JobExport = {
        ...(cron === undefined ? {} : { cron }),
        run: async ({ accountId }) => {
          if (accounts?.includes(accountId) === false) return { files: [] };
          const context = { store: ledger.store, clock: ledger.clock, accountId };
          try {
            return { files: await exportBooksTo(context, options, join(folder, accountId, file)) };
          } catch (error) {
            // A merchant without a settlement yet is no failure of the schedule.
            if (error instanceof ExportError && error.code === "export.nothing") return { files: [] };
            throw error;
          }
        },
      };
      return [name, job];
    }),
  );
}
