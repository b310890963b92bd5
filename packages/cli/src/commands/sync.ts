import { accountSettings, type Store, type SyncOptions } from "@amazon-pay-kit/ledger";
import { accountOf, mergeAccounts } from "../accounts/known-accounts.ts";
import { withBooks } from "../books/open.ts";
import type { Account } from "../config/config.ts";
import { CliError, EXIT } from "../errors.ts";
import { flag, text, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { encodingOption } from "../options/encoding.ts";
import { portOf } from "../options/port.ts";
import { syncAccount, type SourceKind } from "../service/sources.ts";
import { syncProgress, syncStatus, syncText } from "../service/sync-progress.ts";
import { watchReports } from "../service/watch.ts";
import { wholeOf } from "../options/whole.ts";
import { workLog } from "../workers/work-log.ts";

type PersonalData = NonNullable<SyncOptions["personalData"]>;

/** The account of `--account`, or all that are not paused. One that is named is looked at though it is paused. */
async function chosenAccounts(context: Context, store: Store): Promise<readonly Account[]> {
  if (context.accountName !== undefined) return [await accountOf(context)];
  const known = mergeAccounts(context.config(), await accountSettings({ store }), context);
  if (known.length === 0) return [context.account()];
  const paused = known.filter((one) => one.paused).map(({ accountId }) => accountId);
  if (paused.length > 0)
    context.info(
      `paused, and left out: ${paused.slice(0, 5).join(", ")}${paused.length > 5 ? ` and ${paused.length - 5} more` : ""}`,
    );
  return known.filter((one) => !one.paused).map((one) => one.account());
}

async function accountsOf(context: Context, input: Input, store: Store): Promise<ReturnType<typeof syncAccount>[]> {
  const only = text(input, "source") as SourceKind | undefined;
  const personalData = text(input, "personalData") as PersonalData | undefined;
  const encoding = encodingOption(input);
  const accounts = await chosenAccounts(context, store);
  return accounts.map((account) => ({
    ...syncAccount(account, context, only),
    ...(personalData === undefined ? {} : { personalData }),
    ...(encoding === undefined ? {} : { encoding }),
  }));
}

function optionsOf(input: Input): Omit<SyncOptions, "accounts"> {
  const backfillDays = wholeOf(text(input, "backfill"), "--backfill", 0);
  const warnAtDays = wholeOf(text(input, "warnAt"), "--warn-at", 1);
  const takeOver = wholeOf(text(input, "takeOver"), "--take-over", 1);
  return {
    ...(backfillDays === undefined ? {} : { backfillDays }),
    ...(warnAtDays === undefined ? {} : { warnAtDays }),
    ...(takeOver === undefined ? {} : { leaseMillis: takeOver * 1000 }),
  };
}

function everyOf(input: Input): number {
  const given = text(input, "every") ?? "60";
  const minutes = Number(given);
  if (Number.isFinite(minutes) && minutes > 0) return minutes;
  throw new CliError("usage.number", `--every: ${JSON.stringify(given)} is no number of minutes above 0`);
}

/** Flags that say nothing to a run that ends: better refused than silently left aside. */
const WATCHING: Readonly<Record<string, string>> = {
  __proto__: null as never,
  every: "--every",
  reconcile: "--reconcile",
  metricsPort: "--metrics-port",
  metricsHost: "--metrics-host",
};

function refuseWithoutWatch(input: Input): void {
  const given = Object.entries(WATCHING).filter(([name]) => text(input, name) !== undefined || flag(input, name));
  if (given.length === 0) return;
  const flags = given.map(([, name]) => name).join(", ");
  throw new CliError(
    "usage.needs-watch",
    `${flags}: only with --watch, and this run ends when everything new is there`,
    {
      remedy: "add --watch, or leave it out",
    },
  );
}

export const sync: CommandRow = {
  name: "sync",
  summary: "download, archive and load everything new",
  description:
    "Downloads every new report of every account (or of the one named by --account), archives the files and loads their rows. The first run goes back 90 days. Nothing is downloaded twice; a killed run continues where it stopped. With --watch it keeps running: it calls the hooks in apay.config.json for new reports and alerts, serves health checks and Prometheus metrics, logs to stderr (JSON lines with --json), and stops on SIGTERM.",
  options: [
    { flags: "--once", help: "exit once everything new is loaded (the default)" },
    { flags: "--watch", help: "keep running and check about every hour" },
    { flags: "--every <minutes>", help: "with --watch: approximate minutes between checks (default: 60)" },
    { flags: "--reconcile", help: "with --watch: reconcile after each check that found something new" },
    { flags: "--source <source>", help: "only this source", choices: ["v2", "mws", "folder"] },
    { flags: "--backfill <days>", help: "how far the first run goes back (default: 90)" },
    {
      flags: "--personal-data <what>",
      help: "buyer data in the ledger; overrides the accounts' setting",
      choices: ["keep", "mask", "drop"],
    },
    {
      flags: "--encoding <name>",
      help: "encoding of the files where it is not UTF-8; overrides the accounts' setting",
    },
    {
      flags: "--take-over <seconds>",
      help: "take over the accounts of a process that has not responded for this long (default: 60)",
    },
    { flags: "--warn-at <days>", help: "alert when a report of this age was never downloaded (default: 80)" },
    { flags: "--metrics-port <port>", help: "with --watch: serve /metrics, /livez and /readyz on this port" },
    { flags: "--metrics-host <host>", help: "address to listen on (default: 127.0.0.1)" },
  ],
  examples: [
    ["apay sync", "load everything new, then exit"],
    ["apay sync --watch --reconcile --metrics-port 9464", "as a service"],
    ["apay sync --account us --source folder", "files you downloaded yourself"],
  ],
  run: (context, input) => {
    const watching = flag(input, "watch");
    if (watching && flag(input, "once"))
      throw new CliError("usage.once-or-watch", "--once and --watch exclude each other", { remedy: "leave one out" });
    if (!watching) refuseWithoutWatch(input);
    return withBooks(
      context,
      async (open) => {
        const accounts = await accountsOf(context, input, open.store);
        const options = optionsOf(input);
        const onEvent = syncProgress(context);
        if (watching) {
          const port = text(input, "metricsPort");
          await watchReports(context, open, {
            accounts,
            options,
            everyMinutes: everyOf(input),
            metricsPort: port === undefined ? undefined : portOf(port, "--metrics-port", 0),
            metricsHost: text(input, "metricsHost"),
            reconcile: flag(input, "reconcile"),
            onEvent,
          });
          return EXIT.done;
        }
        const summary = await open.ledger.sync({ ...options, accounts, signal: context.signal, onEvent });
        context.progress.end();
        if (context.json) context.document(summary);
        else context.line(syncText(summary));
        return syncStatus(summary);
      },
      watching ? { logger: workLog(context) } : {},
    );
  },
};
