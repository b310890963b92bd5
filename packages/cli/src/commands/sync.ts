import { withBooks } from "../books/open.ts";
import { CliError, EXIT } from "../errors.ts";
import { flag, text, type CommandRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { syncAccount, type SourceKind } from "../service/sources.ts";
import { syncProgress, syncStatus, syncWords } from "../service/sync-progress.ts";
import { watchReports } from "../service/watch.ts";

function whole(value: string | undefined, option: string, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < least)
    throw new CliError("usage.number", `${option}: ${JSON.stringify(value)} is not a whole number from ${least}`);
  return number;
}

function accountsOf(context: Context, only: SourceKind | undefined): ReturnType<typeof syncAccount>[] {
  const config = context.config();
  const accounts =
    context.accountName === undefined && config.accounts.size > 1 ? [...config.accounts.values()] : [context.account()];
  return accounts.map((account) => syncAccount(account, context, only));
}

export const sync: CommandRow = {
  name: "sync",
  summary: "download, archive and load everything new",
  description:
    "Fetches every report that is new for every account (or the one named by --account), keeps the bytes, loads the rows. The first run goes back 90 days. Nothing is fetched twice; a run that was killed goes on where it was.",
  options: [
    { flags: "--once", help: "end when everything new is there (the default)" },
    { flags: "--watch", help: "stay, and look again every hour or so" },
    { flags: "--every <minutes>", help: "with --watch: minutes between looks, give or take (default: 60)" },
    { flags: "--source <source>", help: "only this source", choices: ["v2", "mws", "folder"] },
    { flags: "--backfill <days>", help: "how far the first run goes back (default: 90)" },
    {
      flags: "--personal-data <what>",
      help: "buyer data in the ledger: keep, mask or drop",
      choices: ["keep", "mask", "drop"],
    },
    { flags: "--metrics-port <port>", help: "with --watch: serve health and Prometheus metrics here" },
  ],
  examples: [
    ["apay sync", "everything new, then end"],
    ["apay sync --watch --metrics-port 9464", "as a service"],
    ["apay sync --account us --source folder", "files that you downloaded by hand"],
  ],
  run: (context, input) =>
    withBooks(context, async ({ ledger }) => {
      const only = text(input, "source") as SourceKind | undefined;
      const backfillDays = whole(text(input, "backfill"), "--backfill", 0);
      const personalData = text(input, "personalData") as "keep" | "mask" | "drop" | undefined;
      const options = {
        accounts: accountsOf(context, only),
        signal: context.signal,
        onEvent: syncProgress(context),
        ...(backfillDays === undefined ? {} : { backfillDays }),
        ...(personalData === undefined ? {} : { personalData }),
      };
      if (flag(input, "watch")) {
        const everyMinutes = whole(text(input, "every"), "--every", 1);
        const port = whole(text(input, "metricsPort"), "--metrics-port", 0);
        await watchReports(
          context,
          ledger,
          { ...options, ...(everyMinutes === undefined ? {} : { everyMinutes }) },
          port,
        );
        return EXIT.done;
      }
      const summary = await ledger.sync(options);
      context.progress.end();
      if (context.json) context.document(summary);
      else context.line(syncWords(summary));
      return syncStatus(summary);
    }),
};
