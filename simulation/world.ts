import {
  openMemoryArchive,
  openSqliteStore,
  type LedgerContext,
  type SyncAccount,
  apiV2Source,
} from "@amazon-pay-kit/ledger";
import { createSandbox, type Sandbox, type SandboxMerchant } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { manualClock, type Clock } from "@amazon-pay-kit/sdk/clock";
import { seededRandom, type Random } from "@amazon-pay-kit/sdk/random";
import { faultyFetch, type WireReport } from "./faults.ts";
import { KEYS } from "./keys.ts";

/** First moment of every simulation. */
const START = Date.UTC(2026, 0, 5, 8, 0, 0);
const REGIONS = ["na", "eu", "jp"] as const;

/** Everything that a simulation runs on: one process, ports only. */
export interface World {
  readonly sandbox: Sandbox;
  readonly merchants: readonly SandboxMerchant[];
  readonly clock: Clock;
  readonly random: Random;
  readonly context: LedgerContext;
  readonly wire: WireReport;
  /** Makes the accounts of a fresh process: new clients, the same service. */
  readonly accounts: () => SyncAccount[];
  close(): Promise<void>;
}

/** Builds a world of so many merchants under a seed. */
export async function buildWorld(seed: number | string, merchantCount: number, faultRate: number): Promise<World> {
  const base = manualClock(START, { autoAdvance: true });
  const random = seededRandom(`world ${seed}`);
  const sandbox = await createSandbox({ clock: base, seed, merchants: [] });
  // Trade moves the sandbox ahead of its base clock; everybody else lives in the sandbox's time.
  const clock: Clock = { now: () => sandbox.clock.now(), sleep: (millis, signal) => base.sleep(millis, signal) };
  const merchants: SandboxMerchant[] = [];
  for (let index = 0; index < merchantCount; index += 1) {
    merchants.push(
      await sandbox.addMerchant({
        region: REGIONS[index % REGIONS.length] ?? "na",
        publicKeyPem: KEYS.publicKey,
        publicKeyId: `SANDBOX-SIM${seed}N${index}`,
      }),
    );
  }
  const store = await openSqliteStore(":memory:");
  const wire: WireReport = { calls: 0, faults: new Map(), violations: [] };
  const service = faultyFetch(sandbox.fetch, {
    random: seededRandom(`wire ${seed}`),
    clock,
    rate: faultRate,
    report: wire,
  });
  const context: LedgerContext = {
    store,
    archive: openMemoryArchive(),
    clock,
    random: seededRandom(`ledger ${seed}`),
    logger: {},
  };
  const accounts = (): SyncAccount[] =>
    merchants.map((merchant, index) => ({
      accountId: `m${index}`,
      region: merchant.region,
      environment: "sandbox",
      sellerId: merchant.merchantId,
      sources: [
        apiV2Source(
          new AmazonPay({
            region: merchant.region,
            publicKeyId: `SANDBOX-SIM${seed}N${index}`,
            privateKey: KEYS.privateKey,
            fetch: service,
            clock,
            random,
            // Time moves only when somebody waits: a timeout would jump to its end at once.
            timeoutMs: Number.POSITIVE_INFINITY,
            totalTimeoutMs: Number.POSITIVE_INFINITY,
          }),
        ),
      ],
    }));
  return {
    sandbox,
    merchants,
    clock,
    random,
    context,
    wire,
    accounts,
    async close() {
      await store.close();
      await sandbox.close();
    },
  };
}
