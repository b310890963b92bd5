import { generateKeyPairSync } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { manualClock } from "../clock/manual.ts";
import { nodeVerifier, stringToSign, verifyRequestSync } from "../signing/index.ts";
import type { ClientConfig } from "./config.ts";
import { AmazonPayClient, ClientError, InStoreClient, WebStoreClient } from "./index.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** A client over a stand-in for the network that gives these answers in turn. */
function client(answers: readonly (Response | Error)[], more: Partial<ClientConfig> = {}) {
  const sent: Request[] = [];
  const left = [...answers];
  const clock = manualClock(Date.UTC(2026, 0, 1), { autoAdvance: true });
  const config: ClientConfig = {
    publicKeyId: "SANDBOX-AE1",
    privateKey,
    region: "US",
    clock,
    timeoutMs: Infinity,
    totalTimeoutMs: Infinity,
    fetch: async (request) => {
      sent.push(request);
      const answer = left.shift() ?? new Response("{}");
      if (answer instanceof Error) throw answer;
      return answer;
    },
    ...more,
  };
  return { client: new WebStoreClient(config), config, sent, clock };
}

const failed = (status: number) => new Response('{"reasonCode":"InternalServerError","message":"no"}', { status });

describe("compat, where the official SDK is wrong", () => {
  it("refuses ids that are none, instead of calling another address", async () => {
    const { client: web, sent } = client([]);
    for (const id of ["", ".", "..", undefined, null, 5] as unknown as string[]) {
      await expect(web.getCharge(id), String(id)).rejects.toBeInstanceOf(ClientError);
    }
    expect(sent).toEqual([]);
  });

  it("rejects the promise for a configuration that cannot work, and does not throw from the constructor", async () => {
    for (const [config, why] of [
      [{ region: "xx" }, /`region`/],
      [{ privateKey: "no key" }, /key/],
      [{ algorithm: "MD5" }, /`algorithm`/],
      [{ publicKeyId: "" }, /`publicKeyId`/],
    ] as unknown as [Partial<ClientConfig>, RegExp][]) {
      const { client: web } = client([], config);
      await expect(web.getCharge("C-1")).rejects.toThrowError(why);
      expect(() => web.generateButtonSignature({})).toThrowError(why);
    }
  });

  it("repeats failed calls, signed afresh, under the same idempotency key", async () => {
    const {
      client: web,
      sent,
      clock,
    } = client([failed(500), new TypeError("fetch failed"), failed(503), new Response("{}", { status: 201 })]);
    const started = clock.now();
    expect((await web.createCharge({ a: 1 })).status).toBe(201);
    expect(sent).toHaveLength(4);
    expect(new Set(sent.map(({ headers }) => headers.get("authorization"))).size).toBe(4);
    const keys = new Set(sent.map(({ headers }) => headers.get("x-amz-pay-idempotency-key")));
    expect(keys.size).toBe(1);
    expect([...keys][0]).toMatch(/^[0-9a-f]{32}$/);
    expect(clock.now()).toBeGreaterThan(started);
  });

  it("does not repeat what the service cannot recognise, nor what was decided", async () => {
    const unknown = client([failed(500)]);
    const call = unknown.client.apiCall({ method: "POST", urlFragment: "newThings", payload: {} });
    await expect(call).rejects.toMatchObject({ response: { status: 500 } });
    expect(unknown.sent).toHaveLength(1);
    const declined = client([failed(422)]);
    await expect(declined.client.createCharge({})).rejects.toMatchObject({ status: 422 });
    expect(declined.sent).toHaveLength(1);
  });

  it("repeats a call of the shop floor when its body names it", async () => {
    for (const [payload, times] of [
      [{ chargeReferenceId: "R1" }, 2],
      [{ metadata: { chargeReferenceId: "R1" } }, 1],
      ["no JSON", 1],
    ] as const) {
      const { config, sent } = client([failed(500)]);
      await new InStoreClient(config).charge(payload).catch(() => undefined);
      expect(sent, JSON.stringify(payload)).toHaveLength(times);
    }
  });

  it("encodes ids, query names and lists, and leaves out what is undefined", async () => {
    const { client: web, sent } = client([]);
    await web.getBuyer("a/b+c=");
    await web.getReports({ "report Types": ["_A_", "_B_"], nextToken: undefined } as never);
    await web.getReports({ createdSince: new Date("2026-01-01T00:00:00Z") });
    expect(sent.map(({ url }) => url.replace("https://pay-api.amazon.com/v2", ""))).toEqual([
      "/buyers/a%2Fb%2Bc%3D",
      "/reports?report%20Types=_A_%2C_B_",
      "/reports?createdSince=20260101T000000Z",
    ]);
  });

  it("changes nothing that belongs to the caller", async () => {
    const { config } = client([]);
    const web = new WebStoreClient(config);
    const query = Object.freeze({ reportTypes: Object.freeze(["_A_"]) });
    const options = { method: "POST", urlFragment: "reports", headers: { "X-Custom": "1" }, payload: { a: 1 } };
    const before = structuredClone(options);
    await web.getReports(query);
    await web.apiCall(options);
    await web.apiCall(options);
    web.getSignedHeaders(options);
    expect(options).toEqual(before);
    expect(Object.isFrozen(config)).toBe(false);
    expect(web.configArgs).toEqual(config);
  });

  it("leaves TLS verification on", async () => {
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    const { client: web } = client([], { overrideServiceUrl: "localhost:8543" });
    await web.getCharge("C-1");
    web.getSignedHeaders({ method: "GET", urlFragment: "charges/1" });
    expect(process.env["NODE_TLS_REJECT_UNAUTHORIZED"]).toBe(before);
    const plain = client([], { overrideServiceUrl: "https://localhost:8543/" });
    await plain.client.getCharge("C-1");
    expect(plain.sent[0]?.url).toBe("https://localhost:8543/v2/charges/C-1");
  });

  it("keeps key and signature out of its errors", async () => {
    for (const answer of [failed(400), new TypeError("fetch failed")]) {
      const { client: web } = client([answer], { maxRetries: 0 });
      const error: unknown = await web.getCharge("C-1").catch((reason: unknown) => reason);
      const shown = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error);
      expect(shown).not.toMatch(/Signature=|PRIVATE KEY|authorization/i);
      expect((error as ClientError).cause).toMatchObject({ code: expect.any(String) as string });
    }
  });
});

describe("compat, signing at once", () => {
  const verifier = nodeVerifier(publicKey);

  it("signs buttons as text or object, for both algorithms", () => {
    const payload = { storeId: "s", webCheckoutDetails: { checkoutReviewReturnUrl: "https://localhost/ü" } };
    for (const algorithm of ["AMZN-PAY-RSASSA-PSS", "AMZN-PAY-RSASSA-PSS-V2"] as const) {
      const { config } = client([], { algorithm });
      const signer = new AmazonPayClient(config);
      for (const form of [payload, JSON.stringify(payload)]) {
        const signature = Buffer.from(signer.generateButtonSignature(form), "base64");
        const text = new TextEncoder().encode(stringToSign(JSON.stringify(payload), algorithm));
        expect(verifier.verify(text, signature, algorithm)).toBe(true);
      }
    }
  });

  it("signs requests that the application sends itself", () => {
    const { client: web } = client([]);
    const headers = web.getSignedHeaders({
      method: "POST",
      urlFragment: "charges",
      payload: { a: "ü" },
      headers: { "X-Amz-Pay-Idempotency-Key": "K1", "x-amz-pay-simulation-code": "SoftDeclined", Accept: "text/html" },
      queryParams: { z: "1", a: ["2", "3"] },
    });
    expect(headers).toMatchObject({
      "x-amz-pay-idempotency-key": "K1",
      "x-amz-pay-simulation-code": "SoftDeclined",
      "x-amz-pay-region": "na",
      "x-amz-pay-host": "pay-api.amazon.com",
      "x-amz-pay-date": "20260101T000000Z",
      accept: "application/json",
    });
    expect(headers["authorization"]).toMatch(
      /^AMZN-PAY-RSASSA-PSS PublicKeyId=SANDBOX-AE1, SignedHeaders=accept;content-type;x-amz-pay-date;x-amz-pay-host;x-amz-pay-idempotency-key;x-amz-pay-region, /,
    );
    const request = { method: "POST", path: "/v2/charges?a=2%2C3&z=1", headers, body: '{"a":"ü"}' };
    expect(verifyRequestSync(request, verifier)).toMatchObject({ valid: true });
  });
});
