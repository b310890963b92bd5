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
import { feeTaxSettings } from "../books/settings.ts";
import type { Config } from "../config/config.ts";
import { CliError } from "../errors.ts";

/** The exports of the configuration as jobs: each account's goes to `FOLDER/ACCOUNT/NAME.EXTENSION`, whole or not at all. */
export function jobExports(config: Config, ledger: Ledger): Readonly<Record<string, JobExport>> {
  return Object.fromEntries(
    Object.entries(config.exports).map(([name, { format: wanted, what, detail, accrual, currency, cron, folder }]) => {
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
