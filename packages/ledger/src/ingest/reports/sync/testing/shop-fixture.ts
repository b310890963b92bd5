import { SECOND } from "@amazon-pay-kit/money";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { createSandbox, type Sandbox, type SandboxMerchant, trade, type TradeOptions } from "@amazon-pay-kit/sandbox";

/** A sandbox with a shop that has traded, and a client of that shop. */
export interface TestShop {
  readonly sandbox: Sandbox;
  readonly merchant: SandboxMerchant;
  readonly client: AmazonPay;
  /** The sandbox's time, for the ledger. */
  readonly clock: Clock;
}

const START = Date.UTC(2026, 0, 5);

/** Short waits are pauses between calls; longer ones are the heartbeat of a lease, which has nothing to renew here. */
const PAUSE = 10 * SECOND;

/**
 * A clock that shows the sandbox's time. Pauses take none of it; anyone who waits longer is woken when the work is over: a
 * heartbeat that never waits would leave no turn to anything else.
 */
export function clockOf(sandbox: Sandbox): Clock {
  return {
    now: () => sandbox.clock.now(),
    sleep: async (millis, signal) => {
      signal?.throwIfAborted();
      if (millis <= PAUSE || signal === undefined) return;
      await new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
      });
    },
  };
}

/** A client of a merchant of a sandbox in this process. */
export function clientOf(sandbox: Sandbox, merchant: SandboxMerchant): AmazonPay {
  const key = merchant.keys.find(({ publicKeyId }) => publicKeyId.startsWith("SANDBOX-"));
  if (key?.privateKeyPem === undefined) throw new TypeError("the sandbox gave its merchant no key");
  return new AmazonPay({
    region: merchant.region,
    publicKeyId: key.publicKeyId,
    privateKey: key.privateKeyPem,
    baseUrl: "https://localhost",
    fetch: (request) => sandbox.fetch(request),
    clock: clockOf(sandbox),
    timeoutMs: Number.POSITIVE_INFINITY,
    totalTimeoutMs: Number.POSITIVE_INFINITY,
  });
}

/** Opens a sandbox whose first shop trades for some days. */
export async function openShop(options: Partial<TradeOptions> = {}): Promise<TestShop> {
  const sandbox = await createSandbox({ seed: 1, clock: manualClock(START) });
  const [merchant] = sandbox.merchants;
  if (merchant === undefined) throw new TypeError("the sandbox has no merchant");
  if (options.days !== 0) {
    await trade(sandbox, {
      merchantId: merchant.merchantId,
      days: 30,
      orders: 200,
      books: { firstSettlementAfter: "P3D", settlementEvery: "P3D" },
      ...options,
    });
  }
  return { sandbox, merchant, client: clientOf(sandbox, merchant), clock: clockOf(sandbox) };
}
