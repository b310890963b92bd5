import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { scripted, TEST_KEY } from "../conformance/client-fixture.ts";
import { AmazonPay } from "../amazon-pay.ts";
import { optionsFromEnv } from "./from-env.ts";

const folder = mkdtempSync(join(tmpdir(), "apk-env-"));
const keyFile = join(folder, "key.pem");
writeFileSync(keyFile, TEST_KEY);
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const env = { AMAZON_PAY_REGION: "eu", AMAZON_PAY_PUBLIC_KEY_ID: "SANDBOX-X" };

describe("AmazonPay.fromEnv", () => {
  test.each([
    { AMAZON_PAY_PRIVATE_KEY: TEST_KEY },
    { AMAZON_PAY_PRIVATE_KEY_FILE: keyFile, AMAZON_PAY_PRIVATE_KEY: " " },
  ])("reads region, key id and key", async (key) => {
    const transport = scripted({});
    const pay = AmazonPay.fromEnv({ transport }, { ...env, ...key, AMAZON_PAY_ENDPOINT: "https://localhost:8543" });
    await pay.charges.retrieve("C");
    expect([pay.region, pay.environment]).toEqual(["eu", "sandbox"]);
    expect(transport.sent[0]?.origin).toBe("https://localhost:8543");
    expect(transport.sent[0]?.headers["authorization"]).toContain("PublicKeyId=SANDBOX-X");
  });

  test.each(['"', "'"])("a value in %s, as Docker's --env-file keeps it, is read without them", async (mark) => {
    const quoted = Object.fromEntries(
      Object.entries({
        ...env,
        AMAZON_PAY_PRIVATE_KEY_FILE: keyFile,
        AMAZON_PAY_ENDPOINT: "https://localhost:8543",
      }).map(([name, value]) => [name, `${mark}${value}${mark}`]),
    );
    const transport = scripted({});
    await AmazonPay.fromEnv({ transport }, quoted).charges.retrieve("C");
    expect(transport.sent[0]?.origin).toBe("https://localhost:8543");
    expect(transport.sent[0]?.headers["authorization"]).toContain("PublicKeyId=SANDBOX-X,");
  });

  test("options win over the environment, a signer over the key", () => {
    const signer = { sign: () => new Uint8Array(256) };
    const options = optionsFromEnv(
      { region: "jp", signer, baseUrl: "https://a.test" },
      { ...env, AMAZON_PAY_ENDPOINT: "x" },
    );
    expect(options).toMatchObject({ region: "jp", publicKeyId: "SANDBOX-X", signer, baseUrl: "https://a.test" });
    expect(options.privateKey).toBeUndefined();
  });

  test.each([
    [{}, "AMAZON_PAY_REGION is not set"],
    [{ AMAZON_PAY_REGION: "eu" }, "AMAZON_PAY_PUBLIC_KEY_ID is not set"],
    [env, "neither AMAZON_PAY_PRIVATE_KEY nor AMAZON_PAY_PRIVATE_KEY_FILE"],
    [{ ...env, AMAZON_PAY_PRIVATE_KEY: "a", AMAZON_PAY_PRIVATE_KEY_FILE: "b" }, "are both set"],
    [{ ...env, AMAZON_PAY_PRIVATE_KEY_FILE: "/nowhere/key" }, "/nowhere/key could not be read (ENOENT)"],
    [{ ...env, AMAZON_PAY_PRIVATE_KEY: "k", AMAZON_PAY_CA_FILE: "/nowhere/ca" }, "AMAZON_PAY_CA_FILE"],
  ])("%j is refused and named", (given, words) => {
    expect(() => optionsFromEnv({}, given)).toThrowError(
      expect.objectContaining({
        code: "config.environment-variable",
        message: expect.stringContaining(words) as string,
      }) as Error,
    );
  });
});

describe("AmazonPay.forSandbox", () => {
  const caFile = join(folder, "ca.pem");
  writeFileSync(caFile, "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----");
  const merchant = (region: "na" | "eu", merchantId: string) => ({
    merchantId,
    storeId: `amzn1.${merchantId}`,
    region,
    currency: "USD",
    keys: [
      { publicKeyId: `SANDBOX-${merchantId}`, privateKeyFile: keyFile },
      { publicKeyId: merchantId, privateKeyFile: keyFile },
    ],
  });
  const ready = {
    http: "http://127.0.0.1:8580",
    https: "https://127.0.0.1:8543",
    caFile,
    merchants: [merchant("na", "A1"), merchant("eu", "A2")],
  };
  const file = join(folder, "ready.json");
  writeFileSync(file, JSON.stringify(ready));

  test("gives client, button script and trust in notifications in one", async () => {
    const transport = scripted({});
    const pay = AmazonPay.forSandbox(file, { region: "eu", transport });
    await pay.charges.retrieve("C");
    expect(transport.sent[0]).toMatchObject({ origin: ready.http, target: "/v2/charges/C" });
    expect(pay.sandboxMerchant?.merchantId).toBe("A2");
    expect(pay.notificationTrust).toMatchObject({ trustedHosts: ["127.0.0.1:8543"] });
    const payload = { storeId: "amzn1.A2", webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/r" } };
    const place = { merchantId: "A2", ledgerCurrency: "EUR", placement: "Cart" } as const;
    expect(await pay.button.render(payload, place)).toContain('src="http://127.0.0.1:8580/checkout.js"');
    const live = new AmazonPay({ region: "eu", publicKeyId: "LIVE-X", privateKey: TEST_KEY });
    const signed = await live.button.create(payload);
    expect(await live.button.render(signed, place)).toContain(
      'src="https://static-eu.payments-amazon.com/checkout.js"',
    );
    expect(live.notificationTrust).toEqual({});
  });

  test("needs no files where the ready file holds what they do", async () => {
    const inline = (name: string): string => `/nowhere/${name}`;
    const [first] = ready.merchants;
    const keys = first!.keys.map((key) => ({ ...key, privateKeyFile: inline("key"), privateKey: TEST_KEY }));
    const pay = AmazonPay.forSandbox({ ...ready, caFile: inline("ca"), ca: "CA", merchants: [{ ...first!, keys }] });
    expect(pay.notificationTrust.ca).toBe("CA");
    expect(await pay.button.create({ signInReturnUrl: "https://shop.example/r", storeId: "amzn1.A1" })).toMatchObject({
      kind: "sign-in",
    });
  });

  test("takes the first merchant, or the one that is named; the key without a prefix too", () => {
    expect(AmazonPay.forSandbox(ready).region).toBe("na");
    expect(AmazonPay.forSandbox(ready, { merchantId: "A2" }).region).toBe("eu");
    const plain = AmazonPay.forSandbox(ready, { publicKeyId: "A1", environment: "sandbox" });
    expect(plain.environment).toBe("sandbox");
  });

  test.each([
    [() => AmazonPay.forSandbox(ready, { merchantId: "A3" }), "it has A1 (na), A2 (eu)"],
    [() => AmazonPay.forSandbox(ready, { publicKeyId: "B" }), "no such key"],
    [() => AmazonPay.forSandbox(keyFile), "not JSON"],
    [() => AmazonPay.forSandbox({} as never), "no ready file"],
  ])("refuses %s", (make, words) => {
    expect(make).toThrowError(
      expect.objectContaining({ code: "config.sandbox", message: expect.stringContaining(words) as string }) as Error,
    );
  });
});
