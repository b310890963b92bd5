import { accountSettings, schemaState, type Ledger } from "@amazon-pay-kit/ledger";
import {
  createMetrics,
  JOB_KINDS,
  prepareJobs,
  processMetrics,
  runWorker,
  serveMetrics,
  type Metrics,
  type MetricsServer,
} from "@amazon-pay-kit/worker";
import { knownAccounts } from "../accounts/known-accounts.ts";
import { withBooks } from "../books/open.ts";
import { reconcileSettings } from "../books/settings.ts";
import { waitForDatabase } from "../books/wait-for-database.ts";
import { CliError, EXIT } from "../errors.ts";
import type { Context } from "../program/context.ts";
import { flag, text, type CommandRow, type Input } from "../program/command.ts";
import { VERSION } from "../program/version.ts";
import { accountsAtWork } from "../workers/worker-accounts.ts";
import { hooksOf } from "../service/hooks.ts";
import { jobDatabase } from "../workers/job-database.ts";
import { jobExports } from "../workers/job-exports.ts";
import { portOf } from "../options/port.ts";
import { workerSettingsOf } from "../workers/worker-options.ts";
import { jobLog, workLog } from "../workers/work-log.ts";

/** A worker that has not looked for work for so long is not ready. */
const STUCK_SECONDS = 60;

export const worker: CommandRow = {
  name: "worker",
  summary: "run sync and reconcile jobs for many merchants, next to other workers",
  description:
    "Runs jobs from a queue in PostgreSQL: lists the reports of every account, downloads, loads and reconciles. Start as many workers as you like, on any host, with the same configuration; each may be killed at any moment. On SIGTERM it accepts no more jobs and exits when the running ones are done.",
  options: [
    { flags: "--concurrency <jobs>", help: "jobs to run at once (default: 8)" },
    {
      flags: "--downloads <reports>",
      help: "reports per account to download at once, across all workers (default: 4)",
    },
    { flags: "--every <minutes>", help: "minutes between checks of an account (default: 60)" },
    { flags: "--kind <kind>", help: `only jobs of this kind: ${JOB_KINDS.join(", ")}`, repeat: true },
    { flags: "--drain <seconds>", help: "how long jobs may continue after SIGTERM (default: 30)" },
    {
      flags: "--take-over <seconds>",
      help: "reassign the jobs of a worker that has not responded for this long (default: 45)",
    },
    {
      flags: "--personal-data <what>",
      help: "buyer data in the ledger",
      choices: ["keep", "mask", "drop"],
    },
    { flags: "--metrics-port <port>", help: "serve /metrics, /livez and /readyz on this port" },
    { flags: "--metrics-host <host>", help: "address to listen on (default: 127.0.0.1)" },
    {
      flags: "--prepare",
      help: "create the tables of ledger and queue, then exit; run it as the owner of the database",
    },
  ],
  examples: [
    ["DATABASE_URL=postgres://… apay worker --metrics-port 9464", "start one of any number of workers"],
    ["apay worker --kind load --kind reconcile", "only CPU-heavy jobs"],
    ["apay worker --prepare && apay database roles | psql $DATABASE_URL", "set up a database"],
  ],
  run: async (context, input) => {
    const databaseUrl = jobDatabase(context);
    const log = workLog(context);
    const config = context.config();
    const prepare = flag(input, "prepare");
    if (context.accountName !== undefined)
      throw new CliError("usage.account", "--account: a worker takes the jobs of every account, those of others too", {
        remedy: "leave --account out; workers for some accounts alone need a configuration and a database of their own",
      });
    const settings = workerSettingsOf(input);
    if (prepare)
      return withBooks(
        context,
        async ({ ledger }) => {
          await prepareJobs({ databaseUrl, exports: jobExports(config, ledger) });
          if (context.json) context.document({ prepared: true });
          else context.line("the tables of ledger and queue are there");
          return EXIT.done;
        },
        { logger: log },
      );
    const state: WorkerState = { ledger: undefined, lastRound: undefined };
    const metrics = createMetrics();
    processMetrics(metrics, { clock: context.clock, version: VERSION });
    // Before the database is waited for: a worker that waits is alive, and whoever restarts it does not help.
    const served = await serveState(context, input, { metrics, state });
    try {
      await waitForDatabase(context, databaseUrl, log);
      return await withBooks(
        context,
        async ({ ledger }) => {
          state.ledger = ledger;
          const { kit, tables } = await schemaState(ledger.store.db);
          if (tables > kit) log.warn?.("the ledger's tables are newer than this worker, and admit it", { kit, tables });
          const names = (await knownAccounts(context, ledger.store)).map(({ accountId }) => accountId);
          // Says what an account needs.
          if (names.length === 0) context.account();
          if (served !== undefined) context.info(`figures on ${served.url}/metrics`);
          if (context.json) context.document({ accounts: names, metrics: served?.url ?? null });
          else context.info(`working for ${described(names)} (Ctrl-C ends it)`);
          await runWorker(ledger, {
            databaseUrl,
            accounts: accountsAtWork(context, log, () => accountSettings({ store: ledger.store })),
            reconcile: reconcileSettings(config),
            exports: jobExports(config, ledger),
            hooks: hooksOf(config.hooks),
            metrics,
            signal: context.signal,
            onJob: jobLog(log),
            onRound: ({ at }) => {
              state.lastRound = at;
            },
            ...settings,
          });
          return EXIT.done;
        },
        { logger: log },
      );
    } finally {
      await served?.close();
    }
  },
};

/** What `/readyz` goes by. */
interface WorkerState {
  /** Until the database has answered there is none. */
  ledger: Ledger | undefined;
  /** When the worker looked for work last. */
  lastRound: number | undefined;
}

/** Serves figures and health on the port that was asked for, if any. */
async function serveState(
  context: Context,
  input: Input,
  { metrics, state }: { readonly metrics: Metrics; readonly state: WorkerState },
): Promise<MetricsServer | undefined> {
  const port = text(input, "metricsPort");
  if (port === undefined) return undefined;
  const host = text(input, "metricsHost");
  return serveMetrics({
    metrics,
    port: portOf(port, "--metrics-port", 0),
    ...(host === undefined ? {} : { host }),
    health: async () => {
      const { ledger, lastRound } = state;
      if (ledger === undefined) return { ok: false, facts: { error: "the database is waited for" } };
      await ledger.store.db.selectFrom("account").select("account_id").limit(1).execute();
      // A worker whose loop is stuck answers, and takes no job.
      const idleSeconds = lastRound === undefined ? 0 : Math.round((context.clock.now() - lastRound) / 1000);
      return { ok: !context.signal.aborted && idleSeconds < STUCK_SECONDS, facts: { idleSeconds } };
    },
  });
}

/** A few accounts by name, thousands by number. */
function described(names: readonly string[]): string {
  return names.length <= 5 ? names.join(", ") : `${names.length} accounts`;
}
