import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { scripted, testClient, TEST_VERIFIER } from "../conformance/client-fixture.ts";
import type { Signer } from "../keys/signer.ts";
import { verifyRequest } from "../signing/verify-request.ts";
import { AmazonPay } from "../amazon-pay.ts";

describe("a signer that can sign aside", () => {
  const signer = (used: string[]): Signer => ({
    sign: () => {
      used.push("at once");
      return new Uint8Array(256);
    },
    signAside: async () => {
      used.push("aside");
      return new Uint8Array(256);
    },
  });
  const clientOf = (used: string[], transport = scripted({})): AmazonPay =>
    new AmazonPay({ region: "eu", publicKeyId: "SANDBOX-A1", signer: signer(used), transport });

  test("signs at once for a call that is alone, also for the next one", async () => {
    const used: string[] = [];
    const client = clientOf(used, scripted(new Error("reset"), {}));
    await expect(client.call({ method: "POST", path: "/charges" })).rejects.toMatchObject({
      code: "connection.failed",
    });
    await client.charges.retrieve("C");
    expect(used).toEqual(["at once", "at once"]);
  });

  test("signs aside for those that come while another is under way", async () => {
    const used: string[] = [];
    const client = clientOf(used);
    await Promise.all(["A", "B", "C"].map((id) => client.charges.retrieve(id)));
    expect(used).toEqual(["at once", "aside", "aside"]);
  });
});

test("many calls at a time of a private key are all signed rightly", async () => {
  const transport = scripted({});
  const { client } = testClient(transport);
  await Promise.all(Array.from({ length: 8 }, (_none, index) => client.charges.retrieve(`C${index}`)));
  for (const { method, target, headers } of transport.sent)
    expect(await verifyRequest({ method, path: target, headers }, TEST_VERIFIER)).toMatchObject({ valid: true });
  expect(new Set(transport.sent.map(({ target }) => target)).size).toBe(8);
});

test("a private key whose numbers do not belong together says so on either thread", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = privateKey.export({ type: "pkcs1", format: "der" });
  const prime = Buffer.from(String(privateKey.export({ format: "jwk" }).p), "base64url");
  // An even number is no prime. The reader looks at the modulus only, so that this is found when the key signs.
  key[key.indexOf(prime) + prime.length - 1] = 2;
  const { client } = testClient(scripted({}), { privateKey: key });
  const calls = await Promise.allSettled(["A", "B"].map((id) => client.charges.retrieve(id)));
  for (const call of calls) expect(call).toMatchObject({ status: "rejected", reason: { code: "key.signing-failed" } });
});
