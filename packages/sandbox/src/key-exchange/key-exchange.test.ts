import { publicEncrypt, constants } from "node:crypto";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import {
  createExchangeKeys,
  keyShareHandler,
  readSharedKeys,
  registrationForm,
  type SharedKeys,
} from "@amazon-pay-kit/sdk/key-exchange";
import { beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";

const keys = createExchangeKeys();
let sandbox: Sandbox;
let handler: (request: Request) => Promise<Response>;
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 1, transport: (request) => handler(request) });
});
const register = (fields: Record<string, string>) =>
  sandbox.fetch(new Request("http://sandbox.invalid/register", { method: "POST", body: new URLSearchParams(fields) }));

describe("the registration form", () => {
  it.each([
    [{ spId: "" }, "`spId` is required"],
    [{ publicKey: "-----BEGIN PUBLIC KEY-----" }, "`publicKey` must be what createExchangeKeys gives"],
    [{ keyShareURL: "http://shop.example/keys" }, "`keyShareURL` must be an https address"],
    [{ region: "jp" as const }, "`url` is needed in this region"],
    [{ fields: { spId: "other" } }, "`fields` must not hold spId"],
  ])("refuses %j", (over, message) => {
    expect(() => registrationForm({ region: "na", spId: "A1", publicKey: keys.publicKey, ...over })).toThrow(message);
  });

  it("has the fields of version 2, escaped", () => {
    const form = registrationForm({
      region: "eu",
      spId: 'A"1',
      publicKey: keys.publicKey,
      fields: { merchantLoginDomains: ["https://a.example", "https://b.example"] },
    });
    expect(form.url).toBe("https://payments-eu.amazon.com/register");
    expect(form.fields.map(([name]) => name)).toEqual([
      "spId",
      "onboardingVersion",
      "publicKey",
      "merchantLoginDomains",
      "merchantLoginDomains",
    ]);
    expect(form.html()).toContain('value="A&#34;1"');
  });
});

describe("keys that were shared", () => {
  it.each([
    ["", "key-exchange.payload"],
    ["{", "key-exchange.payload"],
    ["[]", "key-exchange.payload"],
    ['{"merchantId":"A1"}', "key-exchange.payload"],
    ['{"encryptedPayload":"x","encryptedKey":"y"}', "key-exchange.payload"],
    ['{"merchantId":"A1","storeId":"s","publicKeyId":"AAAA"}', "key-exchange.key"],
  ])("refuses %j", (payload, code) => {
    expect(() => readSharedKeys(payload, keys)).toThrow(expect.objectContaining({ code }));
  });

  it("are refused with the private key of another registration", async () => {
    const { payload } = (await sandbox.control("POST", "/key-exchange", { publicKey: keys.publicKey })) as {
      payload: string;
    };
    expect(() => readSharedKeys(payload, createExchangeKeys())).toThrow(
      expect.objectContaining({ code: "key-exchange.key" }),
    );
  });

  it("are read in each spelling and padding", () => {
    const key = { key: Buffer.from(keys.publicKey, "base64"), format: "der", type: "spki" } as const;
    const id = (padding: number, text = "SANDBOX-AE5E5B7B2SAERURYEH6DKDAZ") =>
      publicEncrypt({ ...key, padding }, Buffer.from(text)).toString("base64");
    const wanted = { merchantId: "A1", storeId: "s", publicKeyId: "SANDBOX-AE5E5B7B2SAERURYEH6DKDAZ" };
    const read = (publicKeyId: string, padding?: "oaep") =>
      readSharedKeys({ merchant_id: "A1", store_id: "s", public_key_id: publicKeyId }, { ...keys, padding });
    expect(read(id(constants.RSA_PKCS1_PADDING))).toEqual(wanted);
    expect(read(encodeURIComponent(id(constants.RSA_PKCS1_PADDING)))).toEqual(wanted);
    expect(read(id(constants.RSA_PKCS1_PADDING, Buffer.from(wanted.publicKeyId).toString("base64")))).toEqual(wanted);
    expect(read(id(constants.RSA_PKCS1_OAEP_PADDING), "oaep")).toEqual(wanted);
    expect(read(wanted.publicKeyId)).toEqual(wanted);
  });
});

describe("an exchange with the sandbox", () => {
  it("automatic: the shop gets keys that sign its calls", async () => {
    const got: SharedKeys[] = [];
    handler = keyShareHandler({ ...keys, onKeys: (shared) => void got.push(shared) });
    const { fields } = registrationForm({
      region: "na",
      spId: "A1",
      publicKey: keys.publicKey,
      keyShareURL: "https://shop.example/keys",
    });
    const answer = await register(Object.fromEntries(fields));
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("The keys were transferred.")]);
    const pay = new AmazonPay({
      region: "na",
      publicKeyId: got[0]!.publicKeyId,
      privateKey: keys.privateKey,
      fetch: sandbox.fetch,
    });
    const session = await pay.checkoutSessions.create({
      storeId: got[0]!.storeId,
      webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/review" },
    });
    expect(session.statusDetails.state).toBe("Open");
  });

  it("manual: the payload of the page, pasted", async () => {
    const answer = await register({ spId: "A1", onboardingVersion: "2", publicKey: keys.publicKey });
    const pasted = /<pre>(.+)<\/pre>/.exec(await answer.text())?.[1]?.replaceAll("&#34;", '"') ?? "";
    expect(readSharedKeys(pasted, keys)).toMatchObject({ merchantId: sandbox.merchants[0]!.merchantId });
  });

  it("a shop that cannot store them is quoted without its inside", async () => {
    const errors: unknown[] = [];
    handler = keyShareHandler({
      ...keys,
      onError: (error) => void errors.push(error),
      onKeys: () => Promise.reject(new Error("database password")),
    });
    const answer = await register({
      spId: "A1",
      onboardingVersion: "2",
      publicKey: keys.publicKey,
      keyShareURL: "https://shop.example/keys",
    });
    const text = await answer.text();
    expect(text).toContain("the keys could not be stored");
    expect(text).not.toContain("password");
    expect(errors).toHaveLength(1);
  });

  it.each([
    [{ onboardingVersion: "2" }, "spId is missing"],
    [{ spId: "A1" }, "onboardingVersion must be 2"],
    [{ spId: "A1", onboardingVersion: "2", publicKey: "x" }, "publicKey must be an RSA public key"],
  ])("refuses the form %j", async (fields, words) => {
    const answer = await register(fields);
    expect([answer.status >= 400, await answer.text()]).toEqual([true, expect.stringContaining(words)]);
  });

  it("answers the browser's preflight as Amazon's page needs it", async () => {
    const answer = await keyShareHandler({ ...keys, onKeys: () => undefined })(
      new Request("https://shop.example/keys", { method: "OPTIONS" }),
    );
    expect([
      answer.status,
      answer.headers.get("access-control-allow-origin"),
      answer.headers.get("access-control-allow-methods"),
    ]).toEqual([204, "https://payments.amazon.com", "GET, POST"]);
  });
});
