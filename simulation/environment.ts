import {
  openMemoryArchive,
  openSqliteStore,
  type LedgerContext,
  type SyncAccount,
  apiV2Source,
} from "@amazon-pay-kit/ledger";
import { createSandbox, type Sandbox, type SandboxMerchant } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { seededRandom, type Random } from "@amazon-pay-kit/sdk/random";
import { privateKeySigner } from "@amazon-pay-kit/sdk/signing";
import { type Operator, openOperator } from "./operator.ts";
import { faultyFetch, type WireReport } from "./faults.ts";
import { KEYS } from "./keys.ts";
import { type EnvironmentClock, environmentClock } from "./environment-clock.ts";

/** First moment of every simulation. */
const START = Date.UTC(2026, 0, 5, 8, 0, 0);
const REGIONS = ["na", "eu", "jp"] as const;
/** Without the one for other threads: which of two threads is the quicker no seed decides. */
const SIGNER = { sign: privateKeySigner(KEYS.privateKey).sign };

/** After how long without a sign of life a runner is taken for dead; also what the reconciler takes. */
export const LEASE_MILLIS = 60_000;
/** Sleeps beside the work: the signs of life of runners; the sandbox's time limits for receivers of notifications, and theirs. */
const SIGN_OF_LIFE = LEASE_MILLIS / 3;
const ANSWER_TIMEOUT = 15_000;
const CERTIFICATE_TIMEOUT = 5000;

/** Everything that a simulation runs on: one process, ports only. */
export interface Environment {
  readonly sandbox: Sandbox;
  readonly merchants: readonly SandboxMerchant[];
  readonly clock: EnvironmentClock;
  readonly random: Random;
  readonly context: LedgerContext;
  readonly wire: WireReport;
  /** Of the first merchant, in worlds with notifications. */
  readonly operator: Operator | null;
  /** Makes the client of a merchant for a fresh process. */
  readonly clientOf: (index: number) => AmazonPay;
  /** Makes the accounts of a fresh process: new clients, the same service. */
  readonly accounts: () => SyncAccount[];
  close(): Promise<void>;
}

/** What a world is like. */
export interface EnvironmentOptions {
  readonly seed: number | string;
  readonly merchants: number;
  readonly faultRate: number;
  /** Whether the first merchant gets notifications. */
  readonly notifications: boolean;
  /** Reports on a page of a listing. */
  readonly pageSize: number;
}

/** Builds a world of this many merchants under a seed. */
export async function buildEnvironment({
  seed,
  merchants: count,
  faultRate,
  notifications,
  pageSize,
}: EnvironmentOptions): Promise<Environment> {
  let present = START;
  const move = async (millis: number): Promise<void> => void (present += millis);
  const base = environmentClock(() => present, move, new Set([ANSWER_TIMEOUT, CERTIFICATE_TIMEOUT]));
  const random = seededRandom(`world ${seed}`);
  let operator: Operator | null = null;
  const transport = (request: Request): Promise<Response> =>
    operator?.deliver(request) ?? Promise.resolve(new Response(null, { status: 503 }));
  const sandbox = await createSandbox({ clock: base, seed, merchants: [], transport });
  // Trade moves the sandbox ahead of its base clock; everybody else lives in the sandbox's time.
  const clock = environmentClock(
    () => sandbox.clock.now(),
    (millis) => base.pass(millis),
    new Set([SIGN_OF_LIFE]),
  );
  const keyId = (index: number): string => `SANDBOX-SIM${seed}N${index}`;
  const merchants: SandboxMerchant[] = [];
  for (let index = 0; index < count; index += 1) {
    merchants.push(
      await sandbox.addMerchant({
        region: REGIONS[index % REGIONS.length] ?? "na",
        publicKeyPem: KEYS.publicKey,
        publicKeyId: keyId(index),
        notificationUrl: notifications && index === 0 ? "http://localhost/notifications" : null,
      }),
    );
  }
  const [first] = merchants;
  if (notifications && first !== undefined) operator = openOperator(sandbox, first, base);
  const store = await openSqliteStore(":memory:");
  const wire: WireReport = { calls: 0, faults: new Map(), violations: [] };
  const service = faultyFetch(sandbox.fetch, {
    random: seededRandom(`wire ${seed}`),
    clock,
    rate: faultRate,
    report: wire,
  });
  const clientOf = (index: number): AmazonPay =>
    new AmazonPay({
      region: REGIONS[index % REGIONS.length] ?? "na",
      publicKeyId: keyId(index),
      signer: SIGNER,
      fetch: service,
      clock,
      random,
      // Time moves only when somebody waits: a timeout would jump to its end at once.
      timeoutMs: Number.POSITIVE_INFINITY,
      totalTimeoutMs: Number.POSITIVE_INFINITY,
    });
  return {
    sandbox,
    merchants,
    clock,
    random,
    context: { store, archive: openMemoryArchive(), clock, random: seededRandom(`ledger ${seed}`), logger: {} },
    wire,
    operator,
    clientOf,
    accounts: () =>
      merchants.map((merchant, index) => ({
        accountId: `m${index}`,
        region: merchant.region,
        environment: "sandbox",
        sellerId: merchant.merchantId,
        sources: [apiV2Source(clientOf(index), { pageSize })],
      })),
    async close() {
      await store.close();
      await sandbox.close();
    },
  };
}
