import { accountsIn } from "../../../accounts/accounts.ts";
import { serviceClock } from "../../../accounts/service-clock.ts";
import type { LedgerContext } from "../../../context.ts";
import { LeaseError } from "../../../leases/errors.ts";
import { withLease } from "../../../leases/with-lease.ts";
import type { SyncEvent } from "./events.ts";
import { Limiter } from "./limiter.ts";
import { type SyncAccount, type SyncOptions, syncSettings, type SyncSettings } from "./options.ts";
import type { ReportSource } from "../sources/source.ts";
import { acknowledgeStored } from "./steps/acknowledge.ts";
import { fetchLeftOver, fetchReports } from "./steps/fetch-reports.ts";
import { judgeCoverage } from "./steps/judge-coverage.ts";
import { listDisbursements } from "./steps/list-disbursements.ts";
import { listReports } from "./steps/list-reports.ts";
import { loadWaiting } from "./steps/load-waiting.ts";
import { runSteps } from "./steps/run-steps.ts";
import { warnOfLoss } from "./steps/warn-of-loss.ts";
import { type SyncSummary, SyncTally } from "./summary.ts";

/** In this order, so that ending at any point loses nothing: each step begins with what the one before left in the store. */
const STEPS = [
  loadWaiting,
  fetchLeftOver,
  listReports,
  fetchReports,
  acknowledgeStored,
  listDisbursements,
  warnOfLoss,
  judgeCoverage,
];

interface Shared {
  readonly settings: SyncSettings;
  readonly downloads: Limiter;
  readonly tell: (event: SyncEvent) => void;
}

async function readAccount(
  context: LedgerContext,
  wanted: SyncAccount,
  shared: Shared,
  signal: AbortSignal,
): Promise<void> {
  const { downloads, tell } = shared;
  const { personalData = shared.settings.personalData, encoding = shared.settings.encoding } = wanted;
  const settings = { ...shared.settings, personalData, encoding };
  const account = await accountsIn(context.store, context.clock).add(wanted);
  const { accountId } = account;
  const service = await serviceClock(context, accountId);
  const read = (source: ReportSource, alive: AbortSignal): Promise<unknown> =>
    runSteps(
      {
        context,
        account,
        source,
        service,
        settings,
        downloads,
        signal: alive,
        tell: (event) => tell({ ...event, accountId, source: source.name } as SyncEvent),
      },
      STEPS,
    );
  try {
    await withLease(context, { accountId, name: "sync", millis: settings.leaseMillis, signal }, async (lease) => {
      for (const source of wanted.sources) await read(source, lease.signal);
    });
  } catch (error) {
    if (!(error instanceof LeaseError)) throw error;
    for (const source of wanted.sources)
      tell({ type: "skipped", accountId, source: source.name, message: error.message });
  }
}

/**
 * Brings in everything new of the given accounts once: lists, downloads, archives, loads and acknowledges reports.
 *
 * It can be stopped at any moment, by the signal or by killing the process; the next call continues where it stopped.
 * A failing source does not hold up the others: it is listed in the summary's `failures`.
 *
 * @throws the signal's reason; SyncError `sync.bad-option`; what the store or the archive throw
 */
export async function sync(context: LedgerContext, options: SyncOptions): Promise<SyncSummary> {
  const settings = syncSettings(options);
  const signal = options.signal ?? new AbortController().signal;
  const tally = new SyncTally();
  const tell = (event: SyncEvent): void => {
    tally.add(event);
    context.logger.debug?.(`sync ${event.type}`, event);
    options.onEvent?.(event);
  };
  const shared = { settings, downloads: new Limiter(settings.downloads), tell };
  const accounts = new Limiter(settings.accountsAtOnce);
  await accounts.all(options.accounts, (account) => readAccount(context, account, shared, signal));
  return tally.summary();
}
