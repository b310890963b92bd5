import { generateKeyPairSync } from "node:crypto";
import { createRequire } from "node:module";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { issue } from "../notifications/conformance/issued.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { nodeVerifier, verifyRequestSync } from "../signing/index.ts";
import type { ClientAnswer } from "./answer.ts";
import * as compat from "./index.ts";

type Client = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
type ClientClass = new (config: object) => Client;
type Classes = Readonly<Record<"AmazonPayClient" | "InStoreClient" | "WebStoreClient", ClientClass>>;

const official = createRequire(import.meta.url)("@amazonpay/amazon-pay-api-sdk-nodejs") as Classes;
const ours = compat as unknown as Classes;
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

interface Received {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

let server: Server;
let ca: string;
let host: string;
let received: Received[] = [];
let answers: { readonly status: number; readonly body: string; readonly headers?: Record<string, string> }[] = [];
const tlsSwitch = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];

beforeAll(async () => {
  const { pem, keyPem } = await issue({
    name: "localhost",
    dnsNames: ["localhost"],
    notAfter: new Date("2049-01-01"),
    authority: true,
  });
  ca = pem;
  server = createServer({ key: keyPem, cert: pem }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({
        method: request.method ?? "",
        url: request.url ?? "",
        body: Buffer.concat(chunks).toString(),
        headers: request.headers as Record<string, string>,
      });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      response.writeHead(answer?.status ?? 500, { "x-amz-pay-request-id": "r-1", ...answer?.headers });
      response.end(answer?.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  host = `localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  // The official client switches verification off for the whole process.
  if (tlsSwitch === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
  else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = tlsSwitch;
});
beforeEach(() => {
  received = [];
  answers = [{ status: 200, body: "{}" }];
});

const config = (more: object = {}) => ({
  publicKeyId: "SANDBOX-AE1234567890",
  privateKey,
  region: "de",
  overrideServiceUrl: host,
  ca,
  maxRetries: 0,
  ...more,
});

const IDEMPOTENT = { "x-amz-pay-idempotency-key": "K1" };
const PAYLOAD = { note: "ünïcödé", chargeAmount: { amount: "1.00", currencyCode: "EUR" } };

/** Every method of the official classes with arguments. */
const CALLS: readonly (readonly [keyof Classes, string, ...unknown[]])[] = [
  ["AmazonPayClient", "getAuthorizationToken", "amzn.mws.1", "A1 B/2"],
  ["AmazonPayClient", "deliveryTrackers", PAYLOAD],
  ["AmazonPayClient", "apiCall", { method: "POST", urlFragment: "charges", payload: PAYLOAD, headers: IDEMPOTENT }],
  ["AmazonPayClient", "apiCall", { method: "GET", urlFragment: "reports", queryParams: { b: "2 x", a: "1" } }],
  ["InStoreClient", "merchantScan", PAYLOAD],
  ["InStoreClient", "charge", PAYLOAD],
  ["InStoreClient", "refund", PAYLOAD],
  ["WebStoreClient", "getBuyer", "token-1"],
  ["WebStoreClient", "createCheckoutSession", PAYLOAD, IDEMPOTENT],
  ["WebStoreClient", "createCheckoutSession", JSON.stringify(PAYLOAD), IDEMPOTENT],
  ["WebStoreClient", "getCheckoutSession", "S-1"],
  ["WebStoreClient", "updateCheckoutSession", "S-1", PAYLOAD],
  ["WebStoreClient", "completeCheckoutSession", "S-1", PAYLOAD, IDEMPOTENT],
  ["WebStoreClient", "finalizeCheckoutSession", "S-1", PAYLOAD, IDEMPOTENT],
  ["WebStoreClient", "getChargePermission", "P-1"],
  ["WebStoreClient", "updateChargePermission", "P-1", PAYLOAD],
  ["WebStoreClient", "closeChargePermission", "P-1", PAYLOAD],
  ["WebStoreClient", "createCharge", PAYLOAD, IDEMPOTENT],
  ["WebStoreClient", "getCharge", "C-1"],
  ["WebStoreClient", "updateCharge", "C-1", PAYLOAD],
  ["WebStoreClient", "captureCharge", "C-1", PAYLOAD, IDEMPOTENT],
  ["WebStoreClient", "cancelCharge", "C-1", PAYLOAD],
  ["WebStoreClient", "createRefund", PAYLOAD, IDEMPOTENT],
  ["WebStoreClient", "getRefund", "R-1"],
  ["WebStoreClient", "getReports"],
  ["WebStoreClient", "getReports", { reportTypes: ["_A_", "_B_"], processingStatuses: "COMPLETED", pageSize: "10" }],
  ["WebStoreClient", "getReportById", "1"],
  ["WebStoreClient", "getReportDocument", "1"],
  ["WebStoreClient", "getReportSchedules"],
  ["WebStoreClient", "getReportSchedules", "_A_,_B_"],
  ["WebStoreClient", "getReportSchedules", ["_A_", "_B_"]],
  ["WebStoreClient", "getReportScheduleById", "1"],
  ["WebStoreClient", "createReport", PAYLOAD, IDEMPOTENT],
  ["WebStoreClient", "createReportSchedule", PAYLOAD, IDEMPOTENT],
  ["WebStoreClient", "cancelReportSchedule", "1"],
  ["WebStoreClient", "registerAmazonPayAccount", PAYLOAD],
  ["WebStoreClient", "updateAmazonPayAccount", "M-1", PAYLOAD],
  ["WebStoreClient", "deleteAmazonPayAccount", "M-1"],
  ["WebStoreClient", "createMerchantAccount", PAYLOAD],
  ["WebStoreClient", "updateMerchantAccount", "M-1", PAYLOAD, { "x-amz-pay-authtoken": "t" }],
  ["WebStoreClient", "merchantAccountClaim", "M-1", PAYLOAD],
  ["WebStoreClient", "createDispute", PAYLOAD, IDEMPOTENT],
  ["WebStoreClient", "getDispute", "D-1"],
  ["WebStoreClient", "updateDispute", "D-1", PAYLOAD],
  ["WebStoreClient", "contestDispute", "D-1", PAYLOAD, IDEMPOTENT],
  ["WebStoreClient", "uploadFile", PAYLOAD, IDEMPOTENT],
];

async function call(classes: Classes, entry: (typeof CALLS)[number], more: object = {}) {
  return callOn(new classes[entry[0]](config(more)), entry);
}

async function callOn(client: Client, [, method, ...args]: (typeof CALLS)[number]) {
  const answer = await (client[method]?.(...structuredClone(args)) as Promise<ClientAnswer<unknown>>);
  return answer;
}

const methodsOf = (type: ClientClass): string[] =>
  Object.getOwnPropertyNames(type.prototype)
    .filter((name) => name !== "constructor" && name !== "send")
    .sort();

describe("compat and the official SDK", () => {
  it("have the same classes and methods, and the list above names each", () => {
    expect(Object.keys(official).sort()).toEqual(["AmazonPayClient", "InStoreClient", "WebStoreClient"]);
    for (const name of ["AmazonPayClient", "InStoreClient", "WebStoreClient"] as const) {
      const methods = methodsOf(official[name]);
      expect(methodsOf(ours[name])).toEqual(methods);
      const called = CALLS.filter(([type]) => type === name).map(([, method]) => method);
      const synchronous = ["generateButtonSignature", "getSignedHeaders"];
      expect([...new Set(called)].sort()).toEqual(methods.filter((method) => !synchronous.includes(method)));
    }
    expect(new ours.WebStoreClient(config())).toBeInstanceOf(ours.AmazonPayClient);
    expect(compat.default).toEqual({
      AmazonPayClient: compat.AmazonPayClient,
      InStoreClient: compat.InStoreClient,
      WebStoreClient: compat.WebStoreClient,
    });
  });

  const prefixed = {};
  const plainSandbox = { publicKeyId: "AE1234567890", sandbox: true };
  const plainLive = { publicKeyId: "AE1234567890" };
  it.each([
    ...CALLS.map((entry) => [entry[1], prefixed, entry] as const),
    ...CALLS.slice(0, 3).flatMap((entry) => [
      [entry[1], plainSandbox, entry] as const,
      [entry[1], plainLive, entry] as const,
    ]),
  ])("send the same request for %s with %o", async (_, more, entry) => {
    await call(official, entry, more);
    await call(ours, entry, more);
    const [theirs, mine] = received;
    expect(mine?.method).toBe(theirs?.method);
    expect(mine?.url).toBe(theirs?.url);
    expect(mine?.body).toBe(theirs?.body);
    for (const name of ["x-amz-pay-region", "accept", "content-type", "x-amz-pay-authtoken"]) {
      expect(mine?.headers[name], name).toBe(theirs?.headers[name]);
    }
    const key = "x-amz-pay-idempotency-key";
    if (theirs?.headers[key] !== undefined) expect(mine?.headers[key]).toBe(theirs.headers[key]);
  });

  it("sign so that a server that verifies is satisfied, under both algorithms", async () => {
    const verifier = nodeVerifier(publicKey);
    for (const algorithm of [undefined, "AMZN-PAY-RSASSA-PSS", "AMZN-PAY-RSASSA-PSS-V2"]) {
      // Few clients, whose connections are used again: a handshake takes longer than all the rest of a call.
      const clients = new Map(CALLS.map(([name]) => [name, new ours[name](config({ algorithm }))]));
      for (const entry of CALLS) await callOn(clients.get(entry[0]) as Client, entry);
    }
    for (const { method, url, headers, body } of received) {
      expect(verifyRequestSync({ method, path: url, headers, body }, verifier)).toMatchObject({ valid: true });
    }
    expect(received).toHaveLength(3 * CALLS.length);
  });

  it.each([
    [200, '{"a":[1,null]}'],
    [201, ""],
    [200, "not JSON"],
    [202, "  "],
    [200, '"text"'],
    [200, "null"],
  ])("give the same answer for %i %j", async (status, body) => {
    answers = [{ status, body, headers: { "content-type": "application/json" } }];
    const pick = ({ data, status, statusText, headers }: ClientAnswer<unknown>) => ({
      data,
      status,
      statusText,
      id: [headers["x-amz-pay-request-id"], headers.get("X-Amz-Pay-Request-Id"), headers.has("nothing")],
    });
    const entry = ["WebStoreClient", "getCharge", "C-1"] as const;
    expect(pick(await call(ours, entry))).toEqual(pick(await call(official, entry)));
  });

  it("parse the list of addresses for the same operations", async () => {
    const address = { name: "A", addressLine1: "B" };
    answers = [{ status: 200, body: JSON.stringify({ shippingAddressList: [JSON.stringify(address)] }) }];
    for (const method of [
      "getCheckoutSession",
      "updateCheckoutSession",
      "completeCheckoutSession",
      "finalizeCheckoutSession",
    ]) {
      const entry = ["WebStoreClient", method, "S-1", PAYLOAD] as const;
      expect((await call(ours, entry)).data, method).toEqual((await call(official, entry)).data);
    }
    answers = [{ status: 200, body: '{"shippingAddressList":null}' }];
    expect((await call(ours, ["WebStoreClient", "getCheckoutSession", "S-1"])).data).toEqual({
      shippingAddressList: null,
    });
  });

  it("take 303 for a success of the claim, and of nothing else", async () => {
    answers = [
      { status: 303, body: '{"merchantAccountId":"M-1"}', headers: { location: `https://${host}/elsewhere` } },
    ];
    const claim = ["WebStoreClient", "merchantAccountClaim", "M-1", PAYLOAD] as const;
    const [theirs, mine] = [await call(official, claim), await call(ours, claim)];
    expect([mine.status, mine.data, mine.headers["location"]]).toEqual([
      theirs.status,
      theirs.data,
      theirs.headers["location"],
    ]);
    received = [];
    await expect(call(ours, ["WebStoreClient", "getCharge", "C-1"])).rejects.toMatchObject({
      response: { status: 303 },
    });
    expect(received).toHaveLength(1);
  });

  it.each([
    [400, '{"reasonCode":"InvalidParameterValue","message":"no"}'],
    [403, '{"reasonCode":"InvalidRequestSignature","message":"no"}'],
    [404, '{"reasonCode":"ResourceNotFound","message":"no"}'],
    [422, '{"reasonCode":"SoftDeclined","message":"no"}'],
    [429, '{"reasonCode":"TooManyRequests","message":"no"}'],
    [500, ""],
    [502, "<html>Bad gateway</html>"],
  ])("fail in the same way with %i", async (status, body) => {
    answers = [{ status, body }];
    const entry = ["WebStoreClient", "createCharge", PAYLOAD, IDEMPOTENT] as const;
    const failure = async (classes: Classes) => {
      const error: unknown = await call(classes, entry).catch((reason: unknown) => reason);
      const { name, code, message, isAxiosError, response } = error as compat.ClientError;
      const { data, statusText, status, headers } = response ?? {};
      return { name, code, message, isAxiosError, status, statusText, data, id: headers?.["x-amz-pay-request-id"] };
    };
    expect(await failure(ours)).toEqual(await failure(official));
  });

  it("name the same cause where no answer came", async () => {
    const unreachable = { overrideServiceUrl: "localhost:1" };
    const entry = ["WebStoreClient", "getCharge", "C-1"] as const;
    for (const classes of [official, ours]) {
      const error: unknown = await call(classes, entry, unreachable).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "ECONNREFUSED" });
      expect((error as compat.ClientError).response).toBeUndefined();
      expect((error as compat.ClientError).request).toBeDefined();
    }
  });
});
