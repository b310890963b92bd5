import { type SyncAccount, type SyncEvent, type SyncOptions, type SyncSummary } from "@amazon-pay-kit/ledger";
import {
  createMetrics,
  type Health,
  type MetricsServer,
  processMetrics,
  serveMetrics,
  syncMetrics,
  watch,
} from "@amazon-pay-kit/worker";
import type { OpenBooks } from "../books/open.ts";
import type { Context } from "../program/context.ts";
import { VERSION } from "../program/version.ts";
import { hooksOf } from "./hooks.ts";
import { syncText } from "./sync-progress.ts";

/** How a watch is kept. */
export interface WatchSettings {
  readonly accounts: readonly SyncAccount[];
  readonly options: Omit<SyncOptions, "accounts" | "signal" | "onEvent">;
  readonly everyMinutes: number;
  /** Serve health and figures here; undefined for not at all. */
  readonly metricsPort: number | undefined;
  readonly metricsHost: string | undefined;
  /** Reconcile after a look that brought something. */
  readonly reconcile: boolean;
  readonly onEvent: (event: SyncEvent) => void;
}

/** When the last look was, and how it went. */
class Checks {
  readonly #context: Context;
  readonly #tooOldMillis: number;
  #last: { readonly at: number; readonly failures: number } | null = null;

  constructor(context: Context, everyMinutes: number) {
    this.#context = context;
    this.#tooOldMillis = Math.max(3 * everyMinutes * 60_000, 3_600_000);
  }

  note(summary: SyncSummary): void {
    this.#last = { at: this.#context.clock.now(), failures: summary.failures.length };
  }

  /** Ready once it has looked, and as long as it has looked lately with some success. */
  health(): Health {
    const last = this.#last;
    if (last === null) return { ok: false, facts: { state: "has not looked yet" } };
    const age = this.#context.clock.now() - last.at;
    const facts = { lastCheck: new Date(last.at).toISOString(), sourcesFailing: last.failures };
    return { ok: age < this.#tooOldMillis && !this.#context.signal.aborted, facts };
  }
}

/** Stays and brings in what is new until the signal comes: tells hooks, counts, answers for its health. */
export async function watchReports(context: Context, open: OpenBooks, settings: WatchSettings): Promise<void> {
  const { accounts, options, everyMinutes, metricsPort, metricsHost, onEvent } = settings;
  const metrics = createMetrics();
  processMetrics(metrics, { clock: context.clock, version: VERSION });
  const count = syncMetrics(metrics);
  const checks = new Checks(context, everyMinutes);
  let served: MetricsServer | undefined;
  if (metricsPort !== undefined) {
    served = await serveMetrics({
      metrics,
      port: metricsPort,
      health: async () => {
        await open.store.db.selectFrom("account").select("account_id").limit(1).execute();
        return checks.health();
      },
      ...(metricsHost === undefined ? {} : { host: metricsHost }),
    });
    context.info(`figures on ${served.url}/metrics, health on ${served.url}/readyz`);
  }
  if (context.json)
    context.document({ accounts: accounts.map(({ accountId }) => accountId), metrics: served?.url ?? null });
  try {
    await watch(open.ledger, {
      ...options,
      accounts,
      everyMinutes,
      hooks: hooksOf(context.config().hooks),
      signal: context.signal,
      onEvent: (event) => {
        count(event);
        onEvent(event);
      },
      onRound: async (summary, waitMillis) => {
        checks.note(summary);
        context.progress.end();
        if (settings.reconcile && (summary.rows > 0 || summary.disbursements > 0)) {
          const { exceptions } = await open.reconcile();
          context.info(`reconciled: ${exceptions.length} exceptions to explain`);
        }
        const minutes = Math.max(1, Math.round(waitMillis / 60_000));
        context.info(`${syncText(summary)}; next look in about ${minutes} min`);
      },
    });
  } finally {
    await served?.close();
  }
}
