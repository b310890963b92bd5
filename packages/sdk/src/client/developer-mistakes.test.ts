/** Mistakes of a week with the client that went out, or ended in an error of the runtime, before they were looked at. */
import { createServer as createPlain } from "node:net";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { AmazonPay } from "../amazon-pay.ts";
import { scripted, TEST_KEY, testClient } from "../conformance/client-fixture.ts";
import { processNotification } from "../notifications/index.ts";
import { toMoney } from "../request/price-output.ts";
import { Charges } from "../resources/charges.ts";
import type { RawCall } from "./raw-call.ts";

const codeAndText = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => expect.unreachable("it must fail"),
    (error: { code?: string; message: string }) => `${error.code}: ${error.message}`,
  );

describe("a raw call is refused before anything is sent", () => {
  test.each<[string, unknown, RegExp]>([
    ["without anything", undefined, /^config\.option: .*an object/],
    ["as a text", "/charges/C", /^config\.option: .*an object/],
    ["without a method", { path: "/charges/C" }, /^config\.option: `method` must be one of GET, POST, PATCH, DELETE/],
    // Taken as no POST it would be repeated without a key: a second payment.
    ["with a POST in lower case", { method: "post", path: "/charges", body: {} }, /^config\.option: `method` must be/],
    ["with a method of no operation", { method: "PUT", path: "/charges/C" }, /^config\.option: `method` must be/],
    ["with a path that climbs", { method: "GET", path: "/charges/../refunds/R" }, /^config\.option: `path` must/],
    ["with a path that climbs in code", { method: "GET", path: "/charges/%2E%2e/R" }, /^config\.option: `path` must/],
    ["with a path that ends in a dot", { method: "GET", path: "/charges/." }, /^config\.option: `path` must/],
    ["with a path that is no text", { method: "GET", path: ["charges"] }, /^config\.option: `path` must/],
    ["with a member of another name", { method: "GET", path: "/charges/C", headers: { a: "b" } }, /`headers`.*options/],
  ])("%s", async (_, call, words) => {
    const transport = scripted({});
    expect(await codeAndText(testClient(transport).client.call(call as RawCall))).toMatch(words);
    expect(transport.sent).toEqual([]);
  });

  test("and one with dots inside a segment goes out", async () => {
    const transport = scripted({});
    await testClient(transport).client.call({ method: "GET", path: "/report-documents/amzn1.tortuga..3" });
    expect(transport.sent[0]?.target).toBe("/v2/report-documents/amzn1.tortuga..3");
  });
});

test.each([null, "eu", 5, []])("options from the environment that are %j are told", (given) => {
  expect(() => AmazonPay.fromEnv(given as unknown as object, {})).toThrowError(/options .* an object/);
});

describe("an amount that is told twice", () => {
  test.each([
    { minor: 1050n, currency: "USD", amount: "9.00" },
    { minor: 1050n, currency: "USD", amount: "10.50", currencyCode: "USD" },
    { minor: 1050n, currency: "USD", currencyCode: "EUR" },
  ])("is refused: which is meant cannot be told", async (chargeAmount) => {
    const transport = scripted({});
    const call = testClient(transport).client.charges.create({
      chargePermissionId: "S01-1-1",
      chargeAmount: chargeAmount as { minor: bigint; currency: "USD" },
    });
    expect(await codeAndText(call)).toMatch(/^request\.invalid: .*chargeAmount\.amount is given twice/);
    expect(transport.sent).toEqual([]);
  });
});

async function against(
  listener: RequestListener,
  scheme = "http",
  call = (client: AmazonPay): Promise<unknown> => client.charges.retrieve("C"),
): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new AmazonPay({
    region: "na",
    publicKeyId: "SANDBOX-X",
    privateKey: TEST_KEY,
    baseUrl,
    maxRetries: 3,
  });
  try {
    return await codeAndText(call(client));
  } finally {
    client.close();
    server.closeAllConnections();
    server.close();
  }
}

describe("what something else than the service answers", () => {
  test("a refusal that is packed says so", async () => {
    const packed = gzipSync('{"reasonCode":"InvalidParameterValue","message":"no"}');
    const given = await against((_, response) => {
      response.writeHead(400, { "content-encoding": "gzip" }).end(packed);
    });
    expect(given).toMatch(/^api\.invalid-request: .*packed with gzip/);
  });

  test("https:// to a port that speaks plain HTTP is not tried again, and told", async () => {
    let connections = 0;
    const given = await against((_, response) => void response.end(`${(connections += 1)}`), "https");
    expect(given).toMatch(/^connection\.tls: .*TLS could not be agreed on: the port may be one for plain http/);
    expect(connections).toBe(0);
  });

  test("headers without an end, and what is no HTTP at all", async () => {
    const given = await against((_, response) => void response.setHeader("x", "y".repeat(20_000)).end("{}"));
    expect(given).toMatch(/^connection\.failed: .*no HTTP that can be read/);
    const server = createPlain((socket) => socket.end("220 mail.example ESMTP\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const options = { region: "na", publicKeyId: "SANDBOX-X", privateKey: TEST_KEY, baseUrl, maxRetries: 0 } as const;
    const client = new AmazonPay(options);
    expect(await codeAndText(client.charges.retrieve("C"))).toMatch(/^connection\.failed: .*no HTTP that can be read/);
    client.close();
    server.close();
  });
});

describe("a hook or logger that fails", () => {
  const fail = (): never => {
    throw new Error("counter");
  };
  const failLater = (): Promise<never> => Promise.reject(new Error("counter"));
  const told: string[] = [];
  const logger = {
    debug: () => undefined,
    warn: (words: string) => void told.push(words),
  };

  test.each<[string, object]>([
    ["hooks, later", { hooks: { request: failLater, response: failLater, done: failLater }, logger }],
    ["hooks around, later", { hooks: { aroundCall: failLater, aroundAttempt: failLater }, logger }],
    ["hooks, at once", { hooks: { request: fail, response: fail, done: fail }, logger }],
    ["a logger, later", { logger: { debug: failLater, warn: failLater } }],
    ["a logger, at once", { logger: { debug: fail, warn: fail } }],
    ["both", { hooks: { request: failLater }, logger: { debug: fail, warn: failLater } }],
  ])("does not end the call, and not the process: %s", async (_, options) => {
    told.length = 0;
    const unheard: unknown[] = [];
    const note = (reason: unknown): void => void unheard.push(reason);
    process.on("unhandledRejection", note);
    try {
      const { client } = testClient(scripted({ status: 503 }, {}), options);
      expect(await client.charges.retrieve("C")).toEqual({});
      await new Promise((resolve) => setTimeout(resolve, 5));
    } finally {
      process.off("unhandledRejection", note);
    }
    expect(unheard).toEqual([]);
    if ((options as { logger?: unknown }).logger === logger)
      expect(told).toContain("a hook of the Amazon Pay client failed");
  });

  test("nor does an onError of notifications that rejects pass unheard", async () => {
    const answer = processNotification("{}", { onChange: () => undefined, onError: failLater });
    await expect(answer).rejects.toThrow("counter");
  });
});

test("a list that is not there is no empty month", async () => {
  const { client } = testClient(scripted({ body: '{"reports":null}' }));
  const all = async (): Promise<void> => {
    for await (const report of client.reports.list()) expect(report).toBeUndefined();
  };
  await expect(all()).rejects.toMatchObject({ code: "answer.shape", operation: "getReports" });
});

test("a page in place of a report is not kept for one", async () => {
  let asked = 0;
  const given = await against(
    (request, response) => {
      asked += 1;
      if (request.url === "/login") response.writeHead(200, { "content-type": "text/html" }).end("<html>");
      else response.end(JSON.stringify({ url: `http://${request.headers.host}/login` }));
    },
    "http",
    (client) => client.reportDocuments.download("D"),
  );
  expect(given).toMatch(/^download\.refused: .*answered with 200 and an HTML page/);
  expect(asked).toBe(2);
});

test.each(["undefined", "null", "NaN", "[object Object]"])("the id %s was no value", async (id) => {
  const transport = scripted({});
  const call = testClient(transport).client.checkoutSessions.retrieve(id);
  expect(await codeAndText(call)).toMatch(/^request\.invalid: .*checkoutSessionId is the text/);
  expect(transport.sent).toEqual([]);
});

test("what is made of nothing is told at once", async () => {
  for (const given of [undefined, { region: "na" }])
    expect(() => new Charges(given as never)).toThrowError(/new Charges\(connect\(options\)\)/);
  expect(() => testClient(scripted({}), { maxAnswerBytes: 0 })).toThrowError(/`maxAnswerBytes` .* 1 or more/);
  for (const price of [undefined, null, {}, 5])
    expect(() => toMoney(price as never)).toThrowError(/toMoney needs an amount of the service/);
  for (const options of [undefined, {}])
    expect(await codeAndText(processNotification("{}", options as never))).toMatch(/^notification\.bad-option/);
});

describe("timers that a test fakes", () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const options = { region: "na", publicKeyId: "SANDBOX-X", privateKey: TEST_KEY } as const;
  const twice = () => scripted({ status: 503 }, { body: '{"chargeId":"C"}' });

  test("hold a call only where it pauses, until they are moved on", async () => {
    vi.useFakeTimers();
    const once = new AmazonPay({ ...options, transport: scripted({ body: '{"chargeId":"C"}' }) });
    expect(await once.charges.retrieve("C")).toEqual({ chargeId: "C" });
    const call = new AmazonPay({ ...options, transport: twice() }).charges.retrieve("C");
    await vi.advanceTimersByTimeAsync(1000);
    expect(await call).toEqual({ chargeId: "C" });
  });

  test("do not hold it where only the date is faked, and the date is the one that is signed", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 2, 3, 4, 5) });
    const transport = twice();
    expect(await new AmazonPay({ ...options, transport }).charges.retrieve("C")).toEqual({ chargeId: "C" });
    expect(transport.sent[0]?.headers["x-amz-pay-date"]).toBe("20260102T030405Z");
  });
});
