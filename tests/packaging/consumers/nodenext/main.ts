/** A TypeScript project on Node, with the strictest settings: what it says must compile, and what is marked must not. */
import { AmazonPay, DeclinedError, idempotencyKeyFrom, type Charge, type Signer } from "@amazon-pay-kit/sdk";
import { WebStoreClient, type ClientAnswer } from "@amazon-pay-kit/sdk/compat";
import { MwsReports, type ReportInfo } from "@amazon-pay-kit/sdk/mws";
import { nodeNotificationHandler, verifyNotification } from "@amazon-pay-kit/sdk/notifications";
import { signRequest } from "@amazon-pay-kit/sdk/signing";
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const client = new AmazonPay({ region: "eu", publicKeyId: "SANDBOX-AE1", privateKey });
const signer: Signer = { sign: async (message) => new Uint8Array(message) };
export const withSigner = new AmazonPay({ region: "jp", publicKeyId: "LIVE-AE1", signer, maxRetries: 0 });
// @ts-expect-error a key or a signer is needed
export const withNeither = () => new AmazonPay({ region: "eu", publicKeyId: "SANDBOX-AE1" });
// @ts-expect-error not both
export const withBoth = () => new AmazonPay({ region: "eu", publicKeyId: "SANDBOX-AE1", privateKey, signer });

export async function pay(): Promise<Charge> {
  try {
    const charge = await client.charges.create(
      { chargePermissionId: "S01-0000000-0000000", chargeAmount: { amount: "10.00", currencyCode: "EUR" } },
      { idempotencyKey: idempotencyKeyFrom("order-1", "charge") },
    );
    const { requestId } = await client.charges.retrieve(charge.chargeId).withResponse();
    console.log(requestId?.length, charge.statusDetails.state);
    return charge;
  } catch (error) {
    if (error instanceof DeclinedError) console.log(error.advice);
    throw error;
  }
}

// @ts-expect-error a charge needs an amount
export const withoutAmount = () => client.charges.create({ chargePermissionId: "S01" });

export async function legacy(): Promise<string> {
  const web = new WebStoreClient({ publicKeyId: "AE1", privateKey: createPrivateKey(""), region: "eu", sandbox: true });
  const answer: ClientAnswer<Charge> = await web.getCharge("S01");
  return `${answer.status} ${answer.data.chargeId} ${answer.headers.get("x")}`;
}

export async function reports(): Promise<readonly ReportInfo[]> {
  const mws = new MwsReports({ region: "na", sellerId: "A", accessKeyId: "B", secretKey: "C" });
  const found: ReportInfo[] = [];
  for await (const report of mws.reports({ reportTypes: ["_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_"] })) {
    found.push(report);
  }
  return found;
}

export const server = createServer(
  nodeNotificationHandler({ onChange: ({ objectType, objectId }) => console.log(objectType, objectId) }),
);

export async function notified(body: string): Promise<string | undefined> {
  const notification = await verifyNotification(body);
  // @ts-expect-error only a change has an object
  console.log(notification.objectId);
  return notification.type === "Notification" ? notification.objectId : undefined;
}

export const signed = signRequest(
  { method: "GET", path: "/v2/charges/S01", headers: {} },
  { publicKeyId: "AE1", signer },
);
