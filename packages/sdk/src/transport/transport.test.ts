import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answer, startPlainService, type LocalService } from "../conformance/service.ts";
import { faultOf } from "./faults.ts";
import { fetchTransport } from "./fetch.ts";
import { nodeTransport } from "./node-https.ts";
import type { Transport, TransportRequest } from "./transport.ts";

const ADAPTERS: readonly (readonly [string, () => Transport])[] = [
  ["fetch", () => fetchTransport()],
  ["node:http(s)", () => nodeTransport()],
];

/** What every transport must do: the port's conformance suite. */
describe.each(ADAPTERS)("transport over %s", (_, make) => {
  let service: LocalService;
  const transport = make();
  const request = (more: Partial<TransportRequest> = {}): TransportRequest => ({
    method: "GET",
    origin: service.origin,
    target: "/v2/x?a=1%2C2",
    headers: { accept: "application/json", "x-amz-pay-region": "na" },
    signal: new AbortController().signal,
    ...more,
  });
  beforeAll(async () => {
    service = await startPlainService((_request, response) => answer(response, 200, {}));
  });
  afterAll(async () => {
    transport.close();
    await service.close();
  });

  test("sends method, target, headers and body to the letter", async () => {
    service.received.length = 0;
    service.handle = (_request, response) => answer(response, 201, { ok: "ü" }, { "x-amz-pay-request-id": "r" });
    for (const method of ["POST", "PATCH", "DELETE"]) {
      const result = await transport.send(request({ method, body: '{"a":"Grüße 😀"}' }));
      expect(result).toMatchObject({ status: 201, body: '{"ok":"ü"}', headers: { "x-amz-pay-request-id": "r" } });
      expect(service.received.at(-1)).toMatchObject({
        method,
        path: "/v2/x?a=1%2C2",
        body: '{"a":"Grüße 😀"}',
        headers: { "x-amz-pay-region": "na" },
      });
    }
    await transport.send(request());
    expect(service.received.at(-1)).toMatchObject({ method: "GET", body: "" });
  });

  test("hands on every status, and follows no redirect", async () => {
    for (const status of [200, 204, 302, 303, 307, 404, 500]) {
      service.received.length = 0;
      service.handle = (_request, response) => {
        response.writeHead(status, status > 300 && status < 400 ? { location: `${service.origin}/other` } : {});
        response.end();
      };
      expect(await transport.send(request())).toMatchObject({ status, body: "" });
      expect(service.received).toHaveLength(1);
    }
  });

  test("streams a body", async () => {
    service.handle = (_request, response) => {
      response.writeHead(200);
      response.write("one,");
      setTimeout(() => response.end("two"), 5);
    };
    const { body, status } = await transport.open(request());
    expect(status).toBe(200);
    expect(await new Response(body).text()).toBe("one,two");
  });

  test("fails when the connection breaks off within the body, sent or streamed", async () => {
    service.handle = (_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setTimeout(() => response.destroy(), 10);
    };
    await expect(transport.send(request())).rejects.toThrow();
    const { body } = await transport.open(request());
    await expect(new Response(body).text()).rejects.toThrow();
  });

  test("reads up to maxBytes, and ends the exchange with a server that sends more", async () => {
    service.handle = (_request, response) => {
      response.writeHead(200, { "x-amz-pay-request-id": "r" });
      response.end("x".repeat(1000));
    };
    expect((await transport.send(request({ maxBytes: 1000 }))).body).toHaveLength(1000);
    await expect(transport.send(request({ maxBytes: 999 }))).rejects.toMatchObject({
      name: "AnswerTooLarge",
      maxBytes: 999,
      status: 200,
      headers: { "x-amz-pay-request-id": "r" },
    });
    let closed = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      closed = resolve;
    });
    service.handle = (_request, response) => {
      response.writeHead(500);
      const chunk = "y".repeat(65_536);
      const more = (): void => {
        if (response.destroyed) closed();
        else response.write(chunk, () => setImmediate(more));
      };
      response.on("error", () => undefined);
      more();
    };
    await expect(transport.send(request({ maxBytes: 1_000_000 }))).rejects.toMatchObject({ name: "AnswerTooLarge" });
    await ended;
  });

  test("ends when the signal aborts: before, while waiting, and within the body", async () => {
    await expect(transport.send(request({ signal: AbortSignal.abort(new Error("stop")) }))).rejects.toThrow();
    service.handle = () => undefined;
    const waiting = new AbortController();
    setTimeout(() => {
      waiting.abort(new Error("stop"));
    }, 20);
    await expect(transport.send(request({ signal: waiting.signal }))).rejects.toThrow();
    service.handle = (_request, response) => {
      response.writeHead(200);
      response.write("half");
    };
    const reading = new AbortController();
    const { body } = await transport.open(request({ signal: reading.signal }));
    setTimeout(() => {
      reading.abort(new Error("stop"));
    }, 20);
    await expect(new Response(body).text()).rejects.toThrow();
  });

  test("names a host where nothing listens", async () => {
    const closed = await startPlainService(() => undefined);
    await closed.close();
    const error: unknown = await transport.send(request({ origin: closed.origin })).catch((caught: unknown) => caught);
    expect(faultOf(error)).toMatchObject({ code: "connection.refused", passing: true });
  });
});

describe("faults", () => {
  test("a certificate that is not valid yet, or no more, is a matter of the clock first", () => {
    for (const code of ["CERT_NOT_YET_VALID", "CERT_HAS_EXPIRED"])
      expect(faultOf(Object.assign(new Error("x"), { code })).words).toMatch(/clock of this machine/);
  });

  test.each([
    ["ECONNRESET", "connection.reset", true],
    ["EAI_AGAIN", "connection.dns", true],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "connection.tls", false],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "connection.tls", false],
    ["CERT_HAS_EXPIRED", "connection.tls", false],
    ["SELF_SIGNED_CERT_IN_CHAIN", "connection.tls", false],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "connection.tls", false],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "connection.tls", false],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "connection.tls", false],
    ["EWHATEVER", "connection.failed", true],
    ["CERT_NOT_YET_VALID", "connection.tls", false],
  ])("%s is %s", (code, expected, passing) => {
    expect(faultOf(Object.assign(new Error("x"), { code }))).toMatchObject({ code: expected, passing });
    expect(faultOf(new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code }) }))).toMatchObject({
      code: expected,
    });
    expect(
      faultOf(Object.assign(new Error("many"), { errors: [Object.assign(new Error("x"), { code })] })),
    ).toMatchObject({ code: expected });
  });

  test.each([undefined, null, "text", 7, {}])("%j does no harm", (thrown) => {
    expect(faultOf(thrown).code).toBe("connection.failed");
  });
});
