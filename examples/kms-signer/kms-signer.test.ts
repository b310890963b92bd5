import { constants, generateKeyPairSync, sign } from "node:crypto";
import { createSandbox, type Sandbox } from "@amazon-pay-kit/sandbox";
import { AmazonPay, KeyError, type Signer } from "@amazon-pay-kit/sdk";
import { publicKeyVerifier } from "@amazon-pay-kit/sdk/signing";
import { KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startStandIn, type StandIn } from "./key-service-stand-in.ts";
import { kmsSigner } from "./kms-signer.ts";
import { awsKey } from "./services/aws.ts";
import { azureKey } from "./services/azure.ts";
import { googleKey } from "./services/google.ts";

const KEY_ID = "alias/amazon-pay";
const PUBLIC_KEY_ID = "SANDBOX-KMS0000000000000000";

let service: StandIn;
let kms: KMSClient;
let sandbox: Sandbox;
let merchantId: string;

const clientWith = (signer: Signer): AmazonPay =>
  new AmazonPay({ region: "eu", publicKeyId: PUBLIC_KEY_ID, signer, fetch: sandbox.fetch, maxRetries: 0 });

beforeAll(async () => {
  service = await startStandIn(KEY_ID);
  kms = new KMSClient({
    region: "eu-central-1",
    endpoint: service.endpoint,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 2,
  });
  sandbox = await createSandbox({ seed: 1 });
  ({ merchantId } = await sandbox.addMerchant({
    region: "eu",
    publicKeyId: PUBLIC_KEY_ID,
    publicKeyPem: service.publicKey,
  }));
});

afterAll(async () => {
  kms.destroy();
  await service.stop();
  await sandbox.close();
});

describe("a key service that refuses", () => {
  it.each(["NotFoundException", "DisabledException"] as const)(
    "with %s ends the call before anything is sent, with its own error as the cause",
    async (refusal) => {
      service.refuse(refusal);
      const before = sandbox.events.list().length;
      const error: unknown = await clientWith(kmsSigner(awsKey(kms, KEY_ID)))
        .charges.retrieve("S02-0000000-0000000-C000000")
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(KeyError);
      expect(error).toMatchObject({ code: "key.signing-failed", cause: { name: refusal } });
      expect(sandbox.events.list()).toHaveLength(before);
    },
  );

  it("for a moment is asked again by its own client", async () => {
    service.refuse("KMSInternalException");
    const signature = await kmsSigner(awsKey(kms, KEY_ID)).sign(new Uint8Array([1]), "AMZN-PAY-RSASSA-PSS-V2");
    expect(signature).toHaveLength(256);
  });

  it("knows no key of that name", async () => {
    await expect(awsKey(kms, "alias/other").sign(new Uint8Array([1]))).rejects.toMatchObject({
      name: "NotFoundException",
    });
  });

  it("is not even asked for the algorithm with the short salt", async () => {
    const before = service.signatures();
    const signer = kmsSigner(awsKey(kms, KEY_ID));
    const pay = new AmazonPay({
      region: "eu",
      publicKeyId: PUBLIC_KEY_ID,
      signer,
      algorithm: "AMZN-PAY-RSASSA-PSS",
      fetch: sandbox.fetch,
    });
    await expect(pay.charges.retrieve("S02-0-0-C0")).rejects.toMatchObject({ code: "key.unsupported" });
    expect(service.signatures()).toBe(before);
  });
});

describe("a key in AWS KMS", () => {
  it("signs charges and buttons that Amazon Pay accepts, one signature an attempt", async () => {
    const pay = clientWith(kmsSigner(awsKey(kms, KEY_ID)));
    const { chargePermissionId } = await sandbox.control("POST", "/charge-permissions", {
      merchantId,
      type: "OneTime",
      amount: "12.34",
      currencyCode: "EUR",
    });
    const before = service.signatures();
    const charge = await pay.charges.create({
      chargePermissionId,
      chargeAmount: { amount: "12.34", currencyCode: "EUR" },
      captureNow: true,
    });
    expect(charge.statusDetails.state).toBe("Captured");
    expect(service.signatures()).toBe(before + 1);

    const button = await pay.button.create({
      storeId: "amzn1.application-oa2-client.00000000000000000000000000000000",
      webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/review" },
    });
    expect(button.algorithm).toBe("AMZN-PAY-RSASSA-PSS-V2");
    expect(Buffer.from(button.signature, "base64")).toHaveLength(256);
  });
});

describe("the other clouds", () => {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const message = new TextEncoder().encode("AMZN-PAY-RSASSA-PSS-V2\n00");
  const pss = { key: pair.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const verifies = async (signature: Uint8Array): Promise<boolean> =>
    publicKeyVerifier(pair.publicKey).verify(message, signature, "AMZN-PAY-RSASSA-PSS-V2");

  it("Azure signs the message", async () => {
    const asked: string[] = [];
    const key = azureKey({
      signData: (algorithm, data) => {
        asked.push(algorithm);
        return Promise.resolve({ result: sign("sha256", data, pss) });
      },
    });
    expect(await verifies(await key.sign(message))).toBe(true);
    expect(asked).toEqual(["PS256"]);
  });

  it("Google is given the hash of the message, and must give bytes", async () => {
    const digests: string[] = [];
    const key = googleKey(
      {
        asymmetricSign: ({ digest }) => {
          digests.push(Buffer.from(digest.sha256).toString("hex"));
          return Promise.resolve([{ signature: null }]);
        },
      },
      "projects/p/cryptoKeyVersions/1",
    );
    await expect(key.sign(message)).rejects.toThrow("gave no signature for projects/p");
    expect(digests).toEqual(["b38b6e4d30bca803bd644112b0abbc124ca941f8f334cc2739b5027b8a769d9b"]);
  });
});
