import type { LedgerContext } from "@amazon-pay-kit/ledger";
import {
  earliestRetry,
  syncReports as sync,
  SyncError,
  type SyncOptions,
  type SyncSummary,
} from "@amazon-pay-kit/ledger/ingest";
import { HOUR, MINUTE } from "@amazon-pay-kit/money";
import type { Random } from "@amazon-pay-kit/sdk/random";
import { deliverEvents, registerHooks } from "../hooks/deliver.ts";
import { checkHooks, type Hook } from "../hooks/hook.ts";

/** How often a watch looks for reports. */
export interface Pace {
  /** Between two looks when all is well, in milliseconds. */
  readonly everyMillis: number;
  /** Runs in a row that failed. */
  readonly failures: number;
}

/** The whole hour is when everybody's clocks strike: looks keep so far away from it, where there is package. */
const QUIET = 2 * MINUTE;

/**
 * How long to wait before the next look, in milliseconds.
 *
 * When all is well: the usual time, a tenth more or less by chance, and not on the hour. After failures: a minute, then twice
 * as long each time, by chance between half of it and all, up to an hour or the usual time, whichever is longer.
 */
export function nextWait(pace: Pace, now: number, random: Random): number {
  const { everyMillis, failures } = pace;
  if (failures > 0) {
    const ceiling = Math.min(MINUTE * 2 ** (failures - 1), Math.max(everyMillis, HOUR));
    return ceiling * (0.5 + random.fraction() / 2);
  }
  const wait = everyMillis * (0.9 + random.fraction() / 5);
  const sinceHour = (now + wait) % HOUR;
  const onTheHour = everyMillis >= 10 * MINUTE && sinceHour < QUIET;
  return onTheHour ? wait + QUIET + random.fraction() * 4 * MINUTE : wait;
}

/** Options of `watch`. */
export interface WatchOptions extends SyncOptions {
  /** Minutes between checks. Default 60; reports appear once a day, up to a day late. */
  readonly everyMinutes?: number;
  /** Hooks to call for new reports and alerts. */
  readonly hooks?: readonly Hook[];
  /** Called after each check with its result and the milliseconds until the next one; it is awaited. */
  readonly onRound?: (summary: SyncSummary, waitMillis: number) => void | Promise<void>;
}

/** A report that waits for its next try brings the next look forward, but not closer than this. */
const SHORTEST = MINUTE;

function checkWatch(options: WatchOptions): number {
  const every = options.everyMinutes ?? 60;
  if (!Number.isFinite(every) || every <= 0)
    throw new SyncError("sync.bad-option", `everyMinutes is ${every}: expected more than 0`);
  checkHooks(options.hooks ?? []);
  return every * MINUTE;
}

/** Says the same trouble once, and when it is over. */
function logRound(context: LedgerContext, summary: SyncSummary, failures: number): void {
  const { logger } = context;
  const { failures: failed, ...counts } = summary;
  if (summary.fetched > 0 || summary.quarantined > 0) logger.info?.("reports came in", counts);
  if (failed.length === 0) {
    if (failures > 0) logger.info?.("every source can be read again", { afterFailures: failures });
    return;
  }
  const quiet = failures > 0 && !Number.isInteger(Math.log2(failures + 1));
  for (const failure of failed)
    (quiet ? logger.debug : logger.warn)?.("a source cannot be read", { ...failure, inARow: failures + 1 });
}

async function round(
  context: LedgerContext,
  options: WatchOptions,
  everyMillis: number,
  signal: AbortSignal,
): Promise<SyncSummary> {
  const ids = options.accounts.map((account) => account.accountId);
  const hooks = options.hooks ?? [];
  await registerHooks(context, ids, hooks);
  const summary = await sync(context, { freshMillis: everyMillis / 2, ...options, signal });
  await deliverEvents(context, ids, hooks, signal);
  return summary;
}

/**
 * Looks for reports again and again until the signal aborts, then returns.
 *
 * Several runners may watch the same accounts: each looks only for what another has not looked for lately, and takes over
 * when the other one is gone. Being killed at any moment loses nothing.
 *
 * @throws SyncError, HookError for options that make no sense; what the store or the archive throw when they cannot be used
 */
export async function watch(context: LedgerContext, options: WatchOptions): Promise<void> {
  const everyMillis = checkWatch(options);
  const signal = options.signal ?? new AbortController().signal;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const summary = await round(context, options, everyMillis, signal);
      logRound(context, summary, failures);
      failures = summary.failures.length > 0 ? failures + 1 : 0;
      const now = context.clock.now();
      const usual = nextWait({ everyMillis, failures }, now, context.random);
      const retry = await earliestRetry(
        context.store.db,
        options.accounts.map((account) => account.accountId),
      );
      const wait = retry === null ? usual : Math.min(usual, Math.max(retry - now, SHORTEST));
      await options.onRound?.(summary, wait);
      // Reconciling comes after a look, and has news of its own.
      const ids = options.accounts.map((account) => account.accountId);
      await deliverEvents(context, ids, options.hooks ?? [], signal);
      await context.clock.sleep(wait, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
  }
}
