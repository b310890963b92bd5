/** A TypeScript project for a bundler and a runtime with the web's own types: no types of Node. */
import { AmazonPay, type ApiError } from "@amazon-pay-kit/sdk";
import { notificationHandler } from "@amazon-pay-kit/sdk/notifications";

declare const key: Parameters<typeof crypto.subtle.sign>[1];
const client = new AmazonPay({
  region: "na",
  publicKeyId: "SANDBOX-AE1",
  privateKey: key,
  fetch: (request) => fetch(request),
});

export const POST: (request: Request) => Promise<Response> = notificationHandler({
  onChange: async ({ objectId }) => {
    const { chargeAmount } = await client.charges.retrieve(objectId, { signal: AbortSignal.timeout(1000) });
    console.log(chargeAmount.amount);
  },
  onError: (error) => console.log((error as ApiError).code),
});
