import { constants, generateKeyPairSync, sign } from "node:crypto";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox, type SandboxEvent } from "../index.ts";
import { sendRaw, signRaw, type RawRequest } from "../testing/raw-signer.ts";

const NOW = Date.UTC(2026, 10, 20, 18, 14, 43);

describe("authentication", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({ seed: 1, clock: manualClock(NOW) });
  });

  const headers = {
    accept: "application/json",
    "content-type": "application/json",
    "x-amz-pay-date": "20261120T181443Z",
    "x-amz-pay-host": "pay-api.amazon.com",
    "x-amz-pay-region": "na",
  };
  const target = "/v2/charges/S01-1-1-C1";
  const keyOf = (merchant: number, index: number) => {
    const found = sandbox.merchants[merchant]?.keys[index];
    if (found?.privateKeyPem === undefined) throw new Error("no key");
    return { publicKeyId: found.publicKeyId, privateKeyPem: found.privateKeyPem };
  };
  const send = (request: Partial<RawRequest> = {}) =>
    sendRaw(sandbox, { method: "GET", target, headers, ...keyOf(0, 0), ...request });
  const lastEvent = (): SandboxEvent => {
    const [event] = sandbox.events.list({ limit: 1 });
    if (event === undefined) throw new Error("no event");
    return event;
  };
  const cause = () => lastEvent().signature?.explanation?.cause;
  const without = (name: string) => Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));

  it.each(["x-amz-pay-region", "x-amz-pay-host", "x-amz-pay-date"])("refuses a call without %s", async (name) => {
    expect((await send({ headers: without(name) })).body["reasonCode"]).toBe("MissingHeader");
    expect((await send({ headers: { ...headers, [name]: "" } })).body["reasonCode"]).toBe("MissingHeaderValue");
  });

  it.each([
    ["x-amz-pay-region", "mars"],
    ["x-amz-pay-region", "us"],
    ["x-amz-pay-date", "yesterday"],
    ["x-amz-pay-date", "20261320T181443Z"],
  ])("refuses %s: %s", async (name, value) => {
    const answer = await send({ headers: { ...headers, [name]: value } });
    expect(answer.status).toBe(400);
    expect(answer.body["reasonCode"]).toBe("InvalidHeaderValue");
  });

  it.each([
    "",
    "Bearer x",
    "AMZN-PAY-RSASSA-PSS-V3 PublicKeyId=a, SignedHeaders=b, Signature=c",
    "AMZN-PAY-RSASSA-PSS",
  ])("refuses the Authorization header %j", async (authorization) => {
    const answer = await sandbox.handle({
      method: "GET",
      path: target,
      query: "",
      headers: { ...headers, authorization },
      body: new Uint8Array(0),
      origin: "http://x",
      loopback: true,
    });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(authorization === "" ? "MissingHeaderValue" : "InvalidHeaderValue");
    if (authorization !== "") expect(cause()).toBe(authorization.includes(" ") ? "algorithm" : "authorization");
  });

  it("says the service's string to sign when a signature is wrong, and nothing about keys", async () => {
    const answer = await send({
      signedBody: "something else",
      signedNames: Object.keys(headers),
      namesLine: "nonsense",
    });
    expect(answer.status).toBe(403);
    expect(answer.body["reasonCode"]).toBe("InvalidRequestSignature");
    expect(answer.body["message"]).toMatch(
      /^Unable to verify signature, signing String \[AMZN-PAY-RSASSA-PSS\n[0-9a-f]{64}\] , signature \[[A-Za-z0-9+/=]+\]$/,
    );
    expect(cause()).toBe("unknown");
    expect(lastEvent().signature?.canonicalRequest).toContain(`GET\n${target}\n`);
  });

  it("refuses an unknown key, and explains", async () => {
    const answer = await send({ publicKeyId: "SANDBOX-NOBODY" });
    expect(answer).toMatchObject({ status: 403, body: { reasonCode: "InvalidAuthentication" } });
    expect(cause()).toBe("unknown-key");
  });

  it("refuses a merchant in another region, and explains", async () => {
    const answer = await send({ headers: { ...headers, "x-amz-pay-region": "eu" } });
    expect(answer).toMatchObject({ status: 403, body: { reasonCode: "InvalidAuthentication" } });
    expect(cause()).toBe("region");
    expect(lastEvent().signature?.explanation?.advice).toContain("na");
  });

  it("refuses a date too far from both clocks, and takes either of them", async () => {
    const late = { ...headers, "x-amz-pay-date": "20261120T183043Z" };
    const answer = await send({ headers: late });
    expect(answer).toMatchObject({ status: 403, body: { reasonCode: "InvalidRequestSignature" } });
    expect(cause()).toBe("clock");
    await sandbox.clock.advance("P400D");
    expect((await send()).status).toBe(404);
    expect((await send({ headers: { ...headers, "x-amz-pay-date": "20271225T181443Z" } })).status).toBe(404);
    expect((await send({ headers: { ...headers, "x-amz-pay-date": "20270101T000000Z" } })).status).toBe(403);
    await sandbox.clock.moveTo(NOW);
  });

  it("refuses a suspended merchant", async () => {
    const id = sandbox.merchants[1]?.merchantId ?? "";
    await sandbox.control("POST", `/merchants/${id}`, { status: "suspended" });
    const answer = await send({ ...keyOf(1, 0), headers: { ...headers, "x-amz-pay-region": "eu" } });
    expect(answer).toMatchObject({ status: 403, body: { reasonCode: "InvalidAccountStatus" } });
    await sandbox.control("POST", `/merchants/${id}`, { status: "active" });
  });

  it("takes the environment from the key or from the path, and refuses a contradiction", async () => {
    const of = async (index: number, root: string) =>
      (await send({ ...keyOf(0, index), target: `${root}/v2/charges/S01-1-1-C1` })).body["reasonCode"];
    expect(await of(0, "")).toBe("ResourceNotFound");
    expect(await of(0, "/sandbox")).toBe("ResourceNotFound");
    expect(await of(0, "/live")).toBe("UnauthorizedAccess");
    expect(await of(1, "/live")).toBe("ResourceNotFound");
    expect(await of(1, "")).toBe("InvalidRequest");
  });

  const post = { method: "POST", target: "/v2/refunds" };
  const body = '{"chargeId":"S01/1","refundAmount":{"amount":"1.00","currencyCode":"USD"},"softDescriptor":"Grüße"}';

  it.each<[string, Partial<RawRequest>, string]>([
    ["the other algorithm's salt", { saltLength: 32 }, "algorithm"],
    ["a salt of the library's default", { saltLength: 222 }, "algorithm"],
    ["another algorithm's name in the text", { signedAlgorithm: "AMZN-PAY-RSASSA-PSS-V2" }, "algorithm"],
    ["a body that was written anew", { ...post, body, signedBody: JSON.stringify(JSON.parse(body), null, 2) }, "body"],
    ["escaped slashes", { ...post, body, signedBody: body.replaceAll("/", String.raw`\/`) }, "body"],
    [
      "escaped characters",
      { ...post, body, signedBody: body.replace("ü", String.raw`\u00fc`).replace("ß", String.raw`\u00df`) },
      "body",
    ],
    [
      "spaces as Python writes them",
      { ...post, body, signedBody: body.replaceAll(":", ": ").replaceAll(",", ", ") },
      "body",
    ],
    ["sorted members", { ...post, body: '{"b":1,"a":2}', signedBody: '{"a":2,"b":1}' }, "body"],
    ["a body that was not signed", { ...post, body, signedBody: "" }, "body"],
    [
      "names in lower case while mixed case is sent",
      {
        signedNames: Object.keys(headers).map((name) => name.toUpperCase()),
        namesLine: Object.keys(headers).join(";"),
      },
      "headers",
    ],
    [
      "header lines with the typed names",
      {
        signedNames: Object.keys(headers).map((name) => name.toUpperCase()),
        headerLines: Object.entries(headers).map(([name, value]) => `${name.toUpperCase()}:${value}`),
      },
      "headers",
    ],
    [
      "header lines in another order",
      {
        headerLines: Object.entries(headers)
          .map(([name, value]) => `${name}:${value}`)
          .reverse(),
        signedNames: Object.keys(headers).reverse(),
        namesLine: Object.keys(headers).reverse().join(";"),
      },
      "",
    ],
    [
      "sorted lines under an unsorted list",
      {
        signedNames: Object.keys(headers).reverse(),
        headerLines: Object.entries(headers).map(([name, value]) => `${name}:${value}`),
      },
      "headers",
    ],
    [
      "a header that is listed and not signed",
      { headerLines: Object.entries(without("accept")).map(([name, value]) => `${name}:${value}`) },
      "headers",
    ],
    ["a slash too many", { canonicalPath: `${target}/` }, "path"],
    ["the environment in the signed path", { canonicalPath: `/sandbox${target}` }, "path"],
    ["no version in the signed path", { canonicalPath: target.slice(3) }, "path"],
    ["a query that was not signed", { target: "/v2/reports?pageSize=10", canonicalQuery: "" }, "query"],
    [
      "another region's header",
      {
        headerLines: Object.entries({ ...headers, "x-amz-pay-region": "us" }).map(
          ([name, value]) => `${name}:${value}`,
        ),
      },
      "region",
    ],
    [
      "the date in its other form",
      {
        headerLines: Object.entries({ ...headers, "x-amz-pay-date": "2026-11-20T18:14:43Z" }).map(
          ([name, value]) => `${name}:${value}`,
        ),
      },
      "clock",
    ],
  ])("explains %s", async (_name, request, expected) => {
    const answer = await send(request);
    if (expected === "") {
      expect(answer.status).toBe(404);
      return;
    }
    expect(answer.status).toBe(403);
    expect(cause()).toBe(expected);
    expect(lastEvent().signature?.explanation?.advice.length).toBeGreaterThan(20);
  });

  it("explains a key that belongs to another id", async () => {
    const answer = await send({ ...keyOf(0, 1), publicKeyId: keyOf(0, 0).publicKeyId });
    expect(answer.status).toBe(403);
    expect(cause()).toBe("wrong-key");
    expect(lastEvent().signature?.explanation?.advice).toContain(keyOf(0, 1).publicKeyId);
  });

  it("explains PKCS#1 padding, a method that differs, and a signature of another size", async () => {
    const request = { method: "GET", target, headers, ...keyOf(0, 0) };
    const good = signRaw(request)["authorization"] ?? "";
    const text = lastStringToSign(await send({ signedBody: "x" }));
    const pkcs1 = sign("sha256", Buffer.from(text), {
      key: request.privateKeyPem,
      padding: constants.RSA_PKCS1_PADDING,
    }).toString("base64");
    await sendWith(good.replace(/Signature=.*/, `Signature=${pkcs1}`));
    expect(cause()).toBe("algorithm");
    await sendWith(good.replace(/Signature=.*/, "Signature=AAAA"));
    expect(cause()).toBe("signature-malformed");
    await sendWith(signRaw({ ...request, method: "POST" })["authorization"] ?? "");
    expect(cause()).toBe("method");
    await sendWith(good.replace("SignedHeaders=", "SignedHeaders=x-gone;"));
    expect(cause()).toBe("header-missing");
  });

  const lastStringToSign = (answer: { readonly body: Record<string, unknown> }): string =>
    /\[(AMZN[^\]]*)\] ,/.exec(String(answer.body["message"]))?.[1] ?? "";

  const sendWith = (authorization: string) =>
    sandbox.handle({
      method: "GET",
      path: target,
      query: "",
      headers: { ...headers, authorization },
      body: new Uint8Array(0),
      origin: "http://x",
      loopback: true,
    });

  it("takes a merchant's own public key", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const added = (await sandbox.control("POST", "/merchants", {
      region: "eu",
      currency: "GBP",
      publicKey: publicKey.export({ type: "spki", format: "pem" }),
      publicKeyId: "SANDBOX-MINE",
    })) as { readonly keys: readonly unknown[] };
    expect(added.keys).toHaveLength(1);
    const answer = await send({
      publicKeyId: "SANDBOX-MINE",
      privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      headers: { ...headers, "x-amz-pay-region": "eu" },
    });
    expect(answer.status).toBe(404);
  });
});
