import { generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { ApiError } from "../errors/api-error.ts";
import { AmazonPay } from "../amazon-pay.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = privateKey.export({ type: "pkcs8", format: "pem" }) as string;

/** A service, or a proxy before it, that answers with this message, made from what it was sent. */
async function refusedWith(message: (headers: Headers, body: string) => string): Promise<ApiError> {
  const pay = new AmazonPay({
    region: "eu",
    publicKeyId: "SANDBOX-AE1",
    privateKey: key,
    maxRetries: 0,
    fetch: async (request) => {
      const text = message(request.headers, await request.text());
      return Response.json({ reasonCode: "InvalidRequest", message: text }, { status: 400 });
    },
  });
  const call = pay.deliveryTrackers.create(
    {
      chargePermissionId: "S02-1-1",
      deliveryDetails: [{ trackingNumber: "00340434161094", carrierCode: "DHL" }],
      merchantMetadata: { merchantStoreName: "Hildegard von Bingen" },
    } as never,
    { authToken: "the-token-of-a-merchant", headers: { "x-shop": "a-header-of-my-own" } } as never,
  );
  return call.then(
    () => Promise.reject(new Error("it was not refused")),
    (error: unknown) => (error instanceof ApiError ? error : Promise.reject(error as Error)),
  );
}

it("leaves the request's own secrets out of an error, however the answer echoes them", async () => {
  const error = await refusedWith(
    (headers, body) =>
      `cannot read ${JSON.stringify(Object.fromEntries(headers))} with ${body} of Hildegard von Bingen`,
  );
  for (const text of [error.message, error.serviceMessage, JSON.stringify(error), String(error.stack)]) {
    expect(text).not.toContain("the-token-of-a-merchant");
    expect(text).not.toContain("a-header-of-my-own");
    expect(text).not.toContain("Hildegard");
    expect(text).not.toMatch(/Signature=[A-Za-z0-9+/]{8}/);
  }
  expect(error.serviceMessage).toContain("[redacted]");
});

it("keeps an error printable and no longer than a screen", async () => {
  const error = await refusedWith(() => `\u001b[2Jgone\u009b\u202e${"x".repeat(1_000_000)}`);
  expect(error.message.length).toBeLessThan(1200);
  expect(error.message).toContain("\\x1b[2Jgone\\x9b\\u202e");
  expect(error.serviceMessage).toContain("(1000010 characters)");
});

it("leaves what a message says of a wrong value as it is", async () => {
  const error = await refusedWith(() => "The value '00340434161094' provided for 'trackingNumber' is invalid");
  expect(error.serviceMessage).toBe("The value '00340434161094' provided for 'trackingNumber' is invalid");
});

it("does not quote a private key that was given as a region", () => {
  const wrong = { region: key as never, publicKeyId: "SANDBOX-AE1", privateKey: key };
  expect(() => new AmazonPay(wrong)).toThrow(/`region` must be one of/);
  expect(() => new AmazonPay({ ...wrong, region: "moon" as never })).toThrow(/"moon"/);
});
