/** What programs other than the official SDKs send over a socket: each gets a documented answer, none a 500. */
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signRaw, type RawRequest } from "../testing/raw-signer.ts";
import { startSandbox, type StartedSandbox } from "./start-sandbox.ts";

let started: StartedSandbox;
let permission: string;
let key: { readonly publicKeyId: string; readonly privateKeyPem: string };
beforeAll(async () => {
  started = await startSandbox({ port: 0, httpsPort: 0, seed: 1 });
  const found = started.ready.merchants[0]?.keys[0];
  key = { publicKeyId: found?.publicKeyId ?? "", privateKeyPem: readFileSync(found?.privateKeyFile ?? "", "utf8") };
  permission = await newPermission();
});
afterAll(async () => {
  expect(started.sandbox.failures).toEqual([]);
  await started.close();
});

async function newPermission(): Promise<string> {
  const merchantId = started.ready.merchants[0]?.merchantId ?? "";
  const made = await started.sandbox.control("POST", "/charge-permissions", { merchantId, amount: "100.00" });
  return made.chargePermissionId;
}

/** Sends bytes as they are. `more` is sent when the first answer is there. */
function exchange(bytes: string | Buffer, more?: string): Promise<string> {
  const { hostname, port } = new URL(started.ready.http);
  return new Promise((resolve) => {
    let text = "";
    let waiting = more;
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      if (waiting !== undefined) socket.write(waiting);
      waiting = undefined;
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      resolve(text);
    });
  });
}

interface Sent {
  readonly method?: string;
  readonly target?: string;
  readonly body?: string;
  /** What goes over the line where it is not what was signed. */
  readonly sentTarget?: string;
  readonly sentBody?: Buffer;
  readonly version?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly unsigned?: Readonly<Record<string, string>>;
  readonly sign?: Partial<RawRequest>;
  readonly keepAlive?: boolean;
}

let keys = 0;

/** A signed request as the bytes of its head and of its body. */
function request(sent: Sent): { readonly head: string; readonly body: Buffer } {
  const { method = "GET", target = `/v2/chargePermissions/${permission}`, body = "" } = sent;
  keys += 1;
  const headers = signRaw({
    method,
    target,
    headers: {
      accept: "application/json",
      "content-type": "application/json",
      "x-amz-pay-region": "NA",
      "x-amz-pay-host": "pay-api.amazon.com",
      "x-amz-pay-date": new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ""),
      ...(method === "POST" ? { "x-amz-pay-idempotency-key": `k${keys}` } : {}),
      ...sent.headers,
    },
    body,
    ...key,
    ...sent.sign,
  });
  const bytes = sent.sentBody ?? Buffer.from(body);
  const lines = Object.entries({
    host: "pay-api.amazon.com",
    ...headers,
    ...(method === "GET" ? {} : { "content-length": String(bytes.length) }),
    connection: sent.keepAlive === true ? "keep-alive" : "close",
    ...sent.unsigned,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return {
    head: `${method} ${sent.sentTarget ?? target} HTTP/${sent.version ?? "1.1"}\r\n${lines.join("")}\r\n`,
    body: bytes,
  };
}

const bytesOf = (sent: Sent): Buffer => {
  const { head, body } = request(sent);
  return Buffer.concat([Buffer.from(head, "latin1"), body]);
};

const statusesOf = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
const bodyOf = (text: string): Record<string, unknown> =>
  JSON.parse(text.slice(text.lastIndexOf("\r\n\r\n") + 4)) as Record<string, unknown>;

const charge = async (): Promise<string> =>
  JSON.stringify({
    chargePermissionId: await newPermission(),
    chargeAmount: { amount: "5.00", currencyCode: "USD" },
  });

describe("a signed GET", () => {
  it.each<[string, () => Sent, number]>([
    ["of HTTP/1.0", () => ({ version: "1.0" }), 200],
    ["with a slash at the end", () => ({ target: `/v2/chargePermissions/${permission}/` }), 200],
    ["with a question mark and nothing behind it", () => ({ target: `/v2/chargePermissions/${permission}?` }), 200],
    [
      "with an id in hexadecimal, upper case",
      () => ({ target: `/v2/chargePermissions/${permission.replaceAll("-", "%2D")}` }),
      200,
    ],
    [
      "with an id in hexadecimal, lower case",
      () => ({ target: `/v2/chargePermissions/${permission.replaceAll("-", "%2d")}` }),
      200,
    ],
    [
      "through a proxy, with the whole address",
      () => ({ sentTarget: `http://pay-api.amazon.com/v2/chargePermissions/${permission}` }),
      200,
    ],
    [
      "whose query is sent in lower case hexadecimal and signed in upper case",
      () => ({
        target: "/v2/reports?createdSince=2026-01-01T00%3a00%3a00Z",
        sign: { canonicalQuery: "createdSince=2026-01-01T00%3A00%3A00Z" },
      }),
      200,
    ],
    ["whose query has &amp; of a page for &", () => ({ target: "/v2/reports?pageSize=10&amp;reportTypes=X" }), 400],
    ["with an id in another path's slashes", () => ({ target: `/v2/chargePermissions/a%2Fb` }), 404],
    ["of an id by the name of a member of all objects", () => ({ target: "/v2/chargePermissions/constructor" }), 404],
    ["of an id with a zero byte", () => ({ target: "/v2/chargePermissions/%00" }), 404],
    ["twice the region, in two headers", () => ({ unsigned: { "X-Amz-Pay-Region": "EU" } }), 400],
    ["with header names in capitals", () => ({ unsigned: { ACCEPT: "application/json" } }), 403],
  ])("%s", async (_name, sent, status) => {
    expect(statusesOf(await exchange(bytesOf(sent())))).toEqual([status]);
  });
});

describe("a signed POST", () => {
  it("asks whether it may go on, and does", async () => {
    const { head, body } = request({ method: "POST", target: "/v2/charges", body: await charge(), unsigned: EXPECT });
    expect(statusesOf(await exchange(head, body.toString()))).toEqual([100, 201]);
  });

  it("asks for something that HTTP does not have", async () => {
    const sent = { method: "POST", target: "/v2/charges", body: await charge(), unsigned: { expect: "200-maybe" } };
    expect(statusesOf(await exchange(bytesOf(sent)))).toEqual([417]);
  });

  it("comes in pieces of any size", async () => {
    const body = await charge();
    const { head } = request({ method: "POST", target: "/v2/charges", body });
    const pieces = [body.slice(0, 5), body.slice(5, 6), body.slice(6)]
      .map((piece) => `${piece.length.toString(16)};more=1\r\n${piece}\r\n`)
      .join("");
    const chunked = head.replace(/content-length: \d+/, "transfer-encoding: chunked");
    expect(statusesOf(await exchange(`${chunked}${pieces}0\r\n\r\n`))).toEqual([201]);
  });

  it("comes before the answers to the calls in front of it, on one connection", async () => {
    const together = Buffer.concat([
      bytesOf({ keepAlive: true }),
      bytesOf({ method: "POST", target: "/v2/charges", body: await charge(), keepAlive: true }),
      bytesOf({ target: "/v2/charges/none" }),
    ]);
    expect(statusesOf(await exchange(together))).toEqual([200, 201, 404]);
  });

  it.each(["text/plain", "application/json; charset=utf-8", "application/json;charset=ISO-8859-1", "APPLICATION/JSON"])(
    "has the content type %s",
    async (contentType) => {
      const headers = { "content-type": contentType };
      const sent = { method: "POST", target: "/v2/charges", body: await charge(), headers };
      expect(statusesOf(await exchange(bytesOf(sent)))).toEqual([201]);
    },
  );

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const)("was compressed by %s after it was signed: the event says so", async (coding, compress) => {
    const body = await charge();
    const sent = { method: "POST", target: "/v2/charges", body, unsigned: { "content-encoding": coding } };
    const text = await exchange(bytesOf({ ...sent, sentBody: compress(body) }));
    expect(bodyOf(text)["reasonCode"]).toBe("InvalidRequestSignature");
    expect(started.sandbox.events.list({ limit: 1 })[0]?.signature?.explanation).toEqual({
      cause: "body",
      advice: expect.stringContaining(`compressed after it was signed (content-encoding ${coding})`) as string,
    });
  });

  it("was compressed before it was signed: the answer says so", async () => {
    const sentBody = Buffer.from(gzipSync(await charge()).toString("latin1"), "utf8");
    const unsigned = { "content-encoding": "gzip" };
    const sent = { method: "POST", target: "/v2/charges", body: sentBody.toString("utf8"), sentBody, unsigned };
    expect(bodyOf(await exchange(bytesOf(sent)))).toEqual({
      reasonCode: "InvalidRequestFormat",
      message: "The request body is not valid JSON. Its content-encoding is gzip: send it as it is.",
    });
  });

  it.each([
    ["is not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
    ["has more brackets than any document", Buffer.from("[".repeat(100_000))],
  ])("has a body that %s", async (_name, sentBody) => {
    const sent = { method: "POST", target: "/v2/charges", body: sentBody.toString("latin1"), sentBody };
    const text = await exchange(bytesOf(sent));
    expect(statusesOf(text)[0]).toBeGreaterThanOrEqual(400);
    expect(statusesOf(text)[0]).toBeLessThan(500);
  });
});

const EXPECT = { expect: "100-continue" };

describe("what a merchant writes into an order", () => {
  it.each([
    ["every script", "🛍️ Größe 金 \u202Eabc"],
    ["control characters", "a\u0000b\n\tc"],
    ["half a character", "\ud800"],
    ["256 characters outside the basic plane", "🛍".repeat(256)],
    ["nothing", ""],
  ])("comes back as it was: %s", async (_name, merchantReferenceId) => {
    const body = JSON.stringify({ merchantMetadata: { merchantReferenceId } });
    const text = await exchange(bytesOf({ method: "PATCH", body }));
    expect(statusesOf(text)).toEqual([200]);
    const bytes = Buffer.from(text.slice(text.indexOf("\r\n\r\n") + 4), "latin1").toString("utf8");
    expect(JSON.parse(bytes)).toMatchObject({ merchantMetadata: { merchantReferenceId } });
  });

  it.each([
    ["merchantReferenceId", 256],
    ["noteToBuyer", 255],
    ["merchantStoreName", 50],
    ["customInformation", 4096],
  ])("has at most so many characters: %s %d", async (member, most) => {
    const answer = (length: number) =>
      exchange(
        bytesOf({ method: "PATCH", body: JSON.stringify({ merchantMetadata: { [member]: "x".repeat(length) } }) }),
      );
    expect(statusesOf(await answer(most))).toEqual([200]);
    expect(bodyOf(await answer(most + 1))).toEqual({
      reasonCode: "InvalidParameterValue",
      message: `The value provided for [merchantMetadata.${member}] is invalid. It has ${most + 1} characters; at most ${most} are allowed.`,
    });
  });
});

it.each([
  ["HEAD /checkout.js", 200],
  ["OPTIONS /v2/charges", 405],
  ["OPTIONS *", 404],
])("%s is answered with %d", async (line, status) => {
  expect(statusesOf(await exchange(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`))).toEqual([status]);
});

it("pages of any origin may load the script", async () => {
  const text = await exchange(
    "GET /checkout.js HTTP/1.1\r\nHost: x\r\nOrigin: https://shop.example\r\nConnection: close\r\n\r\n",
  );
  expect(text).toMatch(/\r\naccess-control-allow-origin: \*\r\n/);
  expect(text).toMatch(/\r\ncross-origin-resource-policy: cross-origin\r\n/);
});

it("who sends slowly keeps nobody else waiting", async () => {
  const { hostname, port } = new URL(started.ready.http);
  const slow = Array.from({ length: 50 }, () => {
    const socket = connect(Number(port), hostname);
    socket.on("error", () => undefined);
    socket.write("POST /v2/charges HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
    return socket;
  });
  expect(statusesOf(await exchange(bytesOf({})))).toEqual([200]);
  for (const socket of slow) socket.destroy();
});
