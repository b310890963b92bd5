import type { Sandbox, SandboxMerchant } from "@amazon-pay-kit/sandbox";
import { type AmazonPay, AmazonPayError } from "@amazon-pay-kit/sdk";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { type HandlerOptions, memoryReplayStore, processNotification } from "@amazon-pay-kit/sdk/notifications";
import { integer, type Random } from "@amazon-pay-kit/sdk/random";

const TRIES = 40;

/** Where a shop's notifications come in: by them alone the shop learns of its charges and refunds. */
export interface Operator {
  /** Deliveries so far, repeats included. */
  readonly deliveries: number;
  /** What should not be: a message that was taken twice, a genuine one that was refused. */
  readonly violations: readonly string[];
  /** Hands a notification in; the answer goes back to the sender. */
  deliver(request: Request): Promise<Response>;
  /** Lets the next notifications come twice, late, or in another order. */
  confuse(random: Random): Promise<void>;
  /** Reads every object that was told of as it is now, and names the money: `charge ID AMOUNT CURRENCY`. */
  money(client: AmazonPay): Promise<string[]>;
}

/** Asks again where the client has given up: a shop's queue does the same. */
async function withRetries<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof AmazonPayError) || attempt === TRIES) throw error;
    }
  }
}

/** Opens the operator of a shop. */
export function openOperator(sandbox: Sandbox, merchant: SandboxMerchant, clock: Clock): Operator {
  const replayStore = memoryReplayStore();
  const charges = new Set<string>();
  const refunds = new Set<string>();
  const taken = new Set<string>();
  const violations: string[] = [];
  let deliveries = 0;
  const trust = async (): Promise<Pick<HandlerOptions, "trustedHosts" | "ca" | "certificates">> => ({
    trustedHosts: [new URL(sandbox.place.secureOrigin).host],
    ca: (await sandbox.certificates.authority()).pair.certificatePem,
    certificates: async (url) => new Uint8Array(await (await sandbox.fetch(new Request(url))).arrayBuffer()),
  });
  return {
    get deliveries() {
      return deliveries;
    },
    violations,
    async deliver(request) {
      deliveries += 1;
      const answer = await processNotification(await request.text(), {
        ...(await trust()),
        clock,
        replayStore,
        merchantIds: [merchant.merchantId],
        onChange: ({ messageId, objectType, objectId }) => {
          if (taken.has(messageId)) violations.push(`message ${messageId} was taken twice`);
          taken.add(messageId);
          if (objectType === "CHARGE") charges.add(objectId);
          if (objectType === "REFUND") refunds.add(objectId);
        },
        onError: (error) => void violations.push(`a genuine notification was refused: ${String(error)}`),
      });
      return new Response(answer.text, { status: answer.status });
    },
    async confuse(random) {
      const { merchantId } = merchant;
      for (const faults of [
        { duplicate: integer(random, 1, 3), times: integer(random, 1, 6) },
        { reorder: integer(random, 2, 5) },
        { delay: `PT${integer(random, 1, 50)}M`, times: integer(random, 1, 4) },
      ])
        await sandbox.control("POST", "/notifications", { merchantId, ...faults });
    },
    async money(client) {
      const found: string[] = [];
      for (const chargeId of charges) {
        const { captureAmount, statusDetails } = await withRetries(() => client.charges.retrieve(chargeId));
        if (statusDetails.state !== "Captured" || !captureAmount) continue;
        found.push(`charge ${chargeId} ${captureAmount.amount} ${captureAmount.currencyCode}`);
      }
      for (const refundId of refunds) {
        const { refundAmount, statusDetails } = await withRetries(() => client.refunds.retrieve(refundId));
        if (statusDetails.state !== "Refunded" || !refundAmount) continue;
        found.push(`refund ${refundId} ${refundAmount.amount} ${refundAmount.currencyCode}`);
      }
      return found.sort();
    },
  };
}
