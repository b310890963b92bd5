import { apiV2Source, exportBooksTo, type Archive, openLedger, type SyncAccount } from "@amazon-pay-kit/ledger";
import { createMetrics, runWorker, serveMetrics } from "@amazon-pay-kit/worker";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { join } from "node:path";

/** A merchant as the platform knows it. */
export interface Merchant {
  readonly id: string;
  readonly region: "na" | "eu" | "jp";
  readonly environment: "live" | "sandbox";
  readonly publicKeyId: string;
  readonly privateKey: string;
  /** Another address of the service, such as a sandbox. */
  readonly baseUrl?: string;
  readonly ca?: string;
}

/** What a worker of the platform needs. */
export interface PlatformWorker {
  readonly databaseUrl: string;
  readonly archive: Archive;
  readonly merchants: readonly Merchant[];
  /** Folder for the nightly files of the data warehouse. */
  readonly warehouse: string;
  readonly metricsPort: number;
  readonly signal: AbortSignal;
  readonly onLoaded?: (accountId: string) => void;
}

function accountOf({ id, region, environment, publicKeyId, privateKey, baseUrl, ca }: Merchant): SyncAccount {
  const client = new AmazonPay({ region, publicKeyId, privateKey, baseUrl, ca });
  return { accountId: id, region, environment, sources: [apiV2Source(client)] };
}

/**
 * One worker. Start as many as you like, on any host: they share the work over the database, and each may die at any moment.
 * Returns when the signal has come and the jobs in hand are done.
 */
export async function work(platform: PlatformWorker): Promise<void> {
  const { databaseUrl, archive, merchants, warehouse, metricsPort, signal, onLoaded } = platform;
  const ledger = await openLedger({ databaseUrl, archive });
  const metrics = createMetrics();
  const server = await serveMetrics({ metrics, port: metricsPort, health: async () => ({ ok: !signal.aborted }) });
  try {
    await runWorker(ledger, {
      databaseUrl,
      accounts: merchants.map(accountOf),
      metrics,
      signal,
      exports: {
        warehouse: {
          cron: "30 2 * * *",
          run: async ({ accountId }) => {
            const books = { store: ledger.store, clock: ledger.clock, accountId };
            const file = join(warehouse, `${accountId}.ndjson`);
            return { files: await exportBooksTo(books, { format: "ndjson" }, file) };
          },
        },
      },
      onEvent: (event) => {
        if (event.type === "loaded") onLoaded?.(event.accountId);
      },
    });
  } finally {
    await server.close();
    await ledger.close();
  }
}
