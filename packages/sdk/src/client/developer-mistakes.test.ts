/** Mistakes of a week with the client that went out, or ended in an error of the runtime, before they were looked at. */
import { createServer as createPlain } from "node:net";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { AmazonPay } from "../amazon-pay.ts";
import { scripted, TEST_KEY, testClient } from "../conformance/client-fixture.ts";
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

async function against(listener: RequestListener, scheme = "http"): Promise<string> {
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
    return await codeAndText(client.charges.retrieve("C"));
  } finally {
    client.close();
    server.closeAllConnections();
    server.close();
  }
}

describe("what something else than the service answers", () => {
  test("a refusal that is packed says so", async () => {
    const packed = gzipSync('{"reasonCode":"InvalidParameterValue","message":"no"}');
    const said = await against((_, response) => {
      response.writeHead(400, { "content-encoding": "gzip" }).end(packed);
    });
    expect(said).toMatch(/^api\.invalid-request: .*packed with gzip/);
  });

  test("https:// to a port that speaks plain HTTP is not tried again, and told", async () => {
    let connections = 0;
    const said = await against((_, response) => void response.end(`${(connections += 1)}`), "https");
    expect(said).toMatch(/^connection\.tls: .*TLS could not be agreed on: the port may be one for plain http/);
    expect(connections).toBe(0);
  });

  test("headers without an end, and what is no HTTP at all", async () => {
    const said = await against((_, response) => void response.setHeader("x", "y".repeat(20_000)).end("{}"));
    expect(said).toMatch(/^connection\.failed: .*no HTTP that can be read/);
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
