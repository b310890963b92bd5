import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { scripted, TEST_KEY } from "../conformance/client-fixture.ts";
import { AmazonPay } from "../amazon-pay.ts";
import type { AmazonPayOptions } from "./options.ts";
import { settingsOf } from "./settings.ts";
import { VERSION } from "./user-agent.ts";

const good = { region: "eu", publicKeyId: "SANDBOX-A1", privateKey: TEST_KEY } as const;
const make = (change: object): AmazonPay => new AmazonPay({ ...good, ...change } as AmazonPayOptions);

describe("what is refused, by option", () => {
  test.each<[object, string]>([
    [{ region: "fr" }, "config.region"],
    [{ region: undefined }, "config.region"],
    [{ publicKeyId: "" }, "config.public-key-id"],
    [{ publicKeyId: undefined }, "config.public-key-id"],
    [{ publicKeyId: "A, Signature=x" }, "config.public-key-id"],
    [{ publicKeyId: "AHABCDEFG" }, "config.environment"],
    [{ publicKeyId: "AHABCDEFG", environment: "staging" }, "config.environment"],
    [{ environment: "live" }, "config.environment"],
    [{ privateKey: undefined }, "key.missing"],
    [{ privateKey: "private.pem" }, "key.malformed"],
    [{ privateKey: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey }, "key.not-rsa"],
    [{ signer: { sign: () => new Uint8Array() } }, "config.signer"],
    [{ privateKey: undefined, signer: {} }, "config.signer"],
    [{ algorithm: "RSA" }, "config.algorithm"],
    [{ baseUrl: "pay-api.amazon.eu" }, "config.base-url"],
    [{ baseUrl: "http://pay-api.amazon.eu" }, "config.base-url"],
    [{ baseUrl: "http://localhost.evil.example" }, "config.base-url"],
    [{ baseUrl: "https://host/path" }, "config.base-url"],
    [{ baseUrl: "https://user:secret@host" }, "config.base-url"],
    [{ ca: "x", fetch: () => Promise.reject(new Error("no")) }, "config.ca"],
    [{ ca: "ca.pem" }, "config.ca"],
    [{ ca: 5 }, "config.ca"],
    [{ ca: [""] }, "config.ca"],
    [{ proxy: true }, "config.proxy"],
    [{ proxy: null }, "config.proxy"],
    [{ proxy: { host: "proxy.example" } }, "config.proxy"],
    [{ fetch: "https://shop.example" }, "config.option"],
    [{ transport: {} }, "config.option"],
    [{ clock: new Date() }, "config.option"],
    [{ random: Math.random }, "config.option"],
    [{ hooks: "all" }, "config.option"],
    [{ hooks: { onRequest: () => undefined } }, "config.option"],
    [{ hooks: { request: 5 } }, "config.option"],
    [{ logger: true }, "config.option"],
    [{ logger: { debug: 1 } }, "config.option"],
    [{ unknownFields: "Refuse" }, "config.option"],
    [{ unknownFields: true }, "config.option"],
    [{ maxRetries: -1 }, "config.number"],
    [{ maxRetries: 1.5 }, "config.number"],
    [{ timeoutMs: 0 }, "config.number"],
    [{ timeoutMs: Number.NaN }, "config.number"],
    [{ totalTimeoutMs: -5 }, "config.number"],
  ])("%j", (change, code) => {
    expect(() => make(change)).toThrow(expect.objectContaining({ code }));
  });
});

test.each([
  [Promise.resolve("-----BEGIN"), /is a Promise: await it/],
  [5, /is a number: pass the PEM text/],
  [{ key: "-----BEGIN" }, /is an object of another kind/],
  [
    generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }),
    /is a JWK: pass createPrivateKey/,
  ],
  ["x", /not PEM text/],
])("a key of another type is named: %o", (privateKey, words) => {
  expect(() => make({ privateKey })).toThrow(
    expect.objectContaining({ code: "key.malformed", message: expect.stringMatching(words) }),
  );
});

test.each<[string, (pem: string) => string]>([
  ["the base64 of DER", (pem) => pem.replaceAll(/-----.*?-----|\s/g, "")],
  ["the same in lines and quotes", (pem) => `"${pem.replaceAll(/-----.*?-----/g, "")}"`],
  ["line ends that were escaped twice", (pem) => pem.replaceAll("\n", "\\\\n")],
])("%s is read as a key", (_, form) => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  for (const type of ["pkcs8", "pkcs1"] as const)
    expect(make({ privateKey: form(String(privateKey.export({ type, format: "pem" }))) }).region).toBe("eu");
});

test("listeners without functions, and loggers of other makers, are taken", () => {
  class Other {
    debug(): void {}
    warn(): void {}
    info(): void {}
  }
  for (const change of [
    { hooks: {} },
    { logger: {} },
    { logger: console },
    { logger: new Other() },
    { hooks: undefined },
  ])
    expect(make(change).region).toBe("eu");
});

test("a key id in quotation marks says so", () => {
  expect(() => make({ publicKeyId: '"SANDBOX-A1"' })).toThrow(/quotation marks around it/);
});

test.each([undefined, null, "eu"])("options that are none, as plain JavaScript may give: %j", (options) => {
  expect(() => new AmazonPay(options as unknown as AmazonPayOptions)).toThrow(
    expect.objectContaining({ code: "config.option", message: expect.stringContaining("`publicKeyId`") }),
  );
});

describe("where requests go", () => {
  test.each<[object, string, string]>([
    [{ region: "US" }, "https://pay-api.amazon.com", "/v2"],
    [{ region: "de" }, "https://pay-api.amazon.eu", "/v2"],
    [{ region: "UK", publicKeyId: "live-A1" }, "https://pay-api.amazon.eu", "/v2"],
    [{ region: "jp", publicKeyId: "AHX", environment: "live" }, "https://pay-api.amazon.jp", "/live/v2"],
    [{ publicKeyId: "AHX", environment: "sandbox" }, "https://pay-api.amazon.eu", "/sandbox/v2"],
    [{ baseUrl: "https://localhost:8543/" }, "https://localhost:8543", "/v2"],
    [{ baseUrl: "http://127.0.0.1:8580" }, "http://127.0.0.1:8580", "/v2"],
    [{ baseUrl: "http://[::1]:8580" }, "http://[::1]:8580", "/v2"],
  ])("%j", (change, origin, root) => {
    expect(settingsOf({ ...good, ...change } as AmazonPayOptions)).toMatchObject({ origin, root });
  });

  test("the host that is signed is the region's, also through another address", async () => {
    const transport = scripted({});
    await make({ baseUrl: "https://proxy.example", transport }).charges.retrieve("C");
    expect(transport.sent[0]?.headers["x-amz-pay-host"]).toBe("pay-api.amazon.eu");
  });

  test("a client says where it is", () => {
    expect([make({ region: "DE" }).region, make({}).environment, make({ publicKeyId: "LIVE-A" }).environment]).toEqual([
      "eu",
      "sandbox",
      "live",
    ]);
  });
});

test("the version is the package's", () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(VERSION).toBe(version);
});

test("a signer that fails, or gives no bytes, is an error of its own and is not tried again", async () => {
  for (const sign of [() => Promise.reject(new Error("KMS is down")), () => "signature" as never]) {
    const transport = scripted({});
    const client = new AmazonPay({ region: "eu", publicKeyId: "SANDBOX-A1", signer: { sign }, transport });
    await expect(client.charges.retrieve("C")).rejects.toMatchObject({ code: "key.signing-failed" });
    expect(transport.sent).toHaveLength(0);
  }
});
