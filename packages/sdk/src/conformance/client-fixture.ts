import { generateKeyPairSync } from "node:crypto";
import { AmazonPay } from "../amazon-pay.ts";
import type { AmazonPayOptions } from "../client/options.ts";
import { manualClock, type ManualClock } from "../clock/index.ts";
import { nodeVerifier } from "../keys/public-key.ts";
import { seededRandom } from "../random/index.ts";
import type { Transport, TransportAnswer, TransportRequest } from "../transport/transport.ts";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** PEM of the key that the clients of these tests sign with. */
export const TEST_KEY = pair.privateKey.export({ type: "pkcs8", format: "pem" }) as string;

/** Its other half. */
export const TEST_VERIFIER = nodeVerifier(pair.publicKey);

/** 2 January 2026, 03:04:05 UTC. */
export const TEST_NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

/** What a scripted transport does with a request: answers it, or fails. */
export type Step =
  | Partial<TransportAnswer>
  | Error
  | ((request: TransportRequest) => Promise<Partial<TransportAnswer>> | Partial<TransportAnswer>);

/** A transport that plays a script and remembers what it was sent. The last step is repeated. */
export function scripted(...steps: readonly Step[]): Transport & { readonly sent: TransportRequest[] } {
  const sent: TransportRequest[] = [];
  return {
    sent,
    async send(request) {
      const step = steps[Math.min(sent.length, steps.length - 1)];
      sent.push(request);
      if (step instanceof Error) throw step;
      const answer = typeof step === "function" ? await step(request) : (step ?? {});
      return { status: 200, headers: {}, body: "{}", ...answer };
    },
    open: () => Promise.reject(new Error("not scripted")),
    close: () => undefined,
  };
}

/** A client whose pauses take no time. */
export function testClient(
  transport: Transport,
  options: Partial<AmazonPayOptions> = {},
): { readonly client: AmazonPay; readonly clock: ManualClock } {
  const clock = manualClock(TEST_NOW, { autoAdvance: true });
  const client = new AmazonPay({
    region: "na",
    publicKeyId: "SANDBOX-TEST",
    privateKey: TEST_KEY,
    transport,
    clock,
    random: seededRandom(1),
    ...options,
  } as AmazonPayOptions);
  return { client, clock };
}
