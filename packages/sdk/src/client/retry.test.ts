import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../clock/index.ts";
import { manualClock } from "../clock/manual.ts";
import { scripted, TEST_KEY, TEST_NOW, TEST_VERIFIER, testClient } from "../conformance/client-fixture.ts";
import { answer, startSecureService, type LocalService } from "../conformance/service.ts";
import { seededRandom } from "../random/index.ts";
import { verifyRequestSync } from "../signing/verify-request.ts";
import type { TransportRequest } from "../transport/transport.ts";
import { AmazonPay } from "../amazon-pay.ts";
import type { RetryEvent } from "./events.ts";

const usd = { amount: "14.00", currencyCode: "USD" } as const;
const charge = { chargePermissionId: "S01-1-1", chargeAmount: usd };
const fault = (code: string): Error => Object.assign(new Error("socket"), { code });
const keyOf = (request: TransportRequest): string | undefined => request.headers["x-amz-pay-idempotency-key"];

describe("what is tried again", () => {
  test.each([408, 425, 429, 500, 502, 503, 504])("status %i, with one key, signed anew each time", async (status) => {
    const transport = scripted({ status, body: "" }, { status, body: "<html></html>" }, { status: 201 });
    const { client } = testClient(transport);
    const { retries } = await client.charges.create(charge).withResponse();
    expect(retries).toBe(2);
    expect(transport.sent).toHaveLength(3);
    expect(new Set(transport.sent.map(keyOf)).size).toBe(1);
    expect(keyOf(transport.sent[0] as TransportRequest)).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(transport.sent.map((request) => request.headers["authorization"])).size).toBe(3);
    for (const { method, target, headers, body } of transport.sent)
      expect(verifyRequestSync({ method, path: target, headers, body }, TEST_VERIFIER).valid).toBe(true);
  });

  test.each(["ECONNRESET", "ECONNREFUSED", "ENOTFOUND", "EPIPE", "UND_ERR_SOCKET", "SOMETHING_NEW"])(
    "connection fault %s",
    async (code) => {
      const transport = scripted(fault(code), Object.assign(new TypeError("fetch failed"), { cause: fault(code) }), {
        status: 200,
      });
      await testClient(transport).client.charges.retrieve("C");
      expect(transport.sent).toHaveLength(3);
    },
  );

  test("the date moves on with the clock", async () => {
    const transport = scripted({ status: 503, headers: { "retry-after": "7" } }, {});
    await testClient(transport).client.charges.retrieve("C");
    expect(transport.sent.map((request) => request.headers["x-amz-pay-date"])).toEqual([
      "20260102T030405Z",
      "20260102T030412Z",
    ]);
  });

  test("an in-store charge, because its reference tells a repeat", async () => {
    const transport = scripted({ status: 502, body: "" }, {});
    await testClient(transport).client.inStore.charge({
      chargePermissionId: "S",
      chargeReferenceId: "r",
      chargeTotal: usd,
    });
    expect(transport.sent).toHaveLength(2);
  });
});

describe("what is not", () => {
  test.each([400, 401, 403, 404, 405, 409, 422, 426, 501])("status %i", async (status) => {
    const transport = scripted({ status, body: '{"reasonCode":"X","message":"m"}' });
    await expect(testClient(transport).client.charges.create(charge)).rejects.toMatchObject({ status, retries: 0 });
    expect(transport.sent).toHaveLength(1);
  });

  test("a decline, although its status is 500", async () => {
    const transport = scripted({ status: 500, body: '{"reasonCode":"ProcessingFailure","message":"m"}' });
    await expect(testClient(transport).client.charges.create(charge)).rejects.toMatchObject({
      code: "api.declined",
      advice: "retry-if-chargeable",
    });
    expect(transport.sent).toHaveLength(1);
  });

  test("a certificate that cannot be verified", async () => {
    const transport = scripted(fault("SELF_SIGNED_CERT_IN_CHAIN"));
    await expect(testClient(transport).client.charges.retrieve("C")).rejects.toMatchObject({ code: "connection.tls" });
    expect(transport.sent).toHaveLength(1);
  });

  test("more than maxRetries allows; the error tells the key for a later try", async () => {
    const transport = scripted({ status: 503, body: "" });
    await expect(
      testClient(transport, { maxRetries: 2 }).client.charges.create(charge, { idempotencyKey: "mine" }),
    ).rejects.toMatchObject({ code: "api.service", retries: 2, idempotencyKey: "mine" });
    expect(transport.sent.map(keyOf)).toEqual(["mine", "mine", "mine"]);
    const once = scripted(fault("ECONNRESET"));
    await expect(testClient(once, { maxRetries: 0 }).client.charges.create(charge)).rejects.toMatchObject({
      code: "connection.reset",
      retries: 0,
    });
    expect(once.sent).toHaveLength(1);
  });
});

describe("pauses", () => {
  test("follow Retry-After in both forms, and ignore one that cannot be read", async () => {
    const pauses: number[] = [];
    const hooks = { retry: (event: RetryEvent) => void pauses.push(event.delayMs) };
    const after = (value: string) => ({ status: 429, headers: { "retry-after": value }, body: "" });
    const transport = scripted(after("30"), after("Fri, 02 Jan 2026 03:05:35 GMT"), after("soon"), {});
    await testClient(transport, { hooks, totalTimeoutMs: 120_000 }).client.charges.retrieve("C");
    expect(pauses.slice(0, 2)).toEqual([30_000, 60_000]);
    expect(pauses[2]).toBeLessThanOrEqual(2000);
  });

  test.each([30_000, 60_000])("that leave nothing of a budget of %i ms are not begun", async (totalTimeoutMs) => {
    const clock = manualClock(TEST_NOW);
    const transport = scripted({ status: 503, headers: { "retry-after": "60" }, body: "" });
    const { client } = testClient(transport, { clock, totalTimeoutMs });
    await expect(client.charges.retrieve("C")).rejects.toMatchObject({ code: "api.service", retries: 0 });
    expect(clock.now()).toBe(TEST_NOW);
  });

  test("end at once when the signal aborts", async () => {
    const clock = manualClock(TEST_NOW);
    const transport = scripted({ status: 503, headers: { "retry-after": "60" }, body: "" });
    const { client } = testClient(transport, { clock });
    const control = new AbortController();
    const call = client.charges.retrieve("C", { signal: control.signal });
    call.catch(() => undefined);
    while (clock.sleepers === 0) await systemClock.sleep(1);
    control.abort(new Error("the buyer left"));
    await expect(call).rejects.toMatchObject({
      code: "request.aborted",
      retries: 0,
      cause: expect.objectContaining({ message: "the buyer left" }),
    });
    expect(transport.sent).toHaveLength(1);
    expect(clock.sleepers).toBe(0);
  });
});

describe("limits of time, by the clock", () => {
  test("an attempt without answer is given up and tried again", async () => {
    const clock = manualClock(TEST_NOW);
    const transport = scripted(
      () => new Promise(() => undefined),
      () => new Promise(() => undefined),
      {},
    );
    const { client } = testClient(transport, {
      clock,
      timeoutMs: 10_000,
      random: { fraction: () => 0, bytes: (n) => new Uint8Array(n) },
    });
    const call = client.charges.retrieve("C").withResponse();
    for (let turn = 0; turn < 2; turn += 1) {
      while (clock.sleepers === 0 || transport.sent.length <= turn) await systemClock.sleep(1);
      await clock.advance(10_000);
      await clock.advance(0);
    }
    while (transport.sent.length < 3) {
      await systemClock.sleep(1);
      await clock.advance(0);
    }
    expect((await call).retries).toBe(2);
    expect(clock.sleepers).toBe(0);
  });

  test("the budget ends a call in the middle of an attempt", async () => {
    const clock = manualClock(TEST_NOW);
    const { client } = testClient(
      scripted(() => new Promise(() => undefined)),
      { clock, totalTimeoutMs: 5000 },
    );
    const call = client.charges.retrieve("C");
    call.catch(() => undefined);
    while (clock.sleepers === 0) await systemClock.sleep(1);
    await clock.advance(5000);
    await expect(call).rejects.toMatchObject({ code: "timeout.total", millis: 5000, retries: 0 });
  });

  test("a signal that is aborted already sends nothing", async () => {
    const transport = scripted({});
    await expect(
      testClient(transport).client.charges.retrieve("C", { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: "request.aborted" });
    expect(transport.sent).toHaveLength(0);
  });

  test("a signal may be shared by many calls and keeps no listener of theirs", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => (
      (listeners += 1),
      addEventListener.apply(signal, args)
    );
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => (
      (listeners -= 1),
      removeEventListener.apply(signal, args)
    );
    const { client } = testClient(scripted({}));
    for (let call = 0; call < 50; call += 1) await client.charges.retrieve("C", { signal });
    expect(listeners).toBe(0);
  });
});

describe("against a real server with TLS", () => {
  let service: LocalService;
  const client = (more: object = {}): AmazonPay =>
    new AmazonPay({
      region: "na",
      publicKeyId: "SANDBOX-TEST",
      privateKey: TEST_KEY,
      baseUrl: service.origin,
      ca: service.ca,
      random: seededRandom(7),
      ...more,
    });
  beforeAll(async () => {
    service = await startSecureService((_, response) => answer(response, 200, {}));
  });
  afterAll(() => service.close());

  /** Answers in turn, then the last for ever. */
  const play = (...handlers: readonly LocalService["handle"][]): void => {
    let turn = 0;
    service.received.length = 0;
    service.handle = (request, response) => handlers[Math.min(turn++, handlers.length - 1)]?.(request, response);
  };

  test("resets before and within the answer are got over, and the server sees one key and good signatures", async () => {
    const seen: (string | undefined)[] = [];
    play(
      (request) => void request.socket.destroy(),
      (_, response) => {
        response.writeHead(201, { "content-length": "1000" });
        response.write('{"chargeId":');
        setTimeout(() => response.destroy(), 20);
      },
      (_, response) => answer(response, 503, ""),
      (_, response) => answer(response, 201, { chargeId: "S01-1-1-C1" }),
    );
    const pay = client();
    expect(await pay.charges.create(charge)).toEqual({ chargeId: "S01-1-1-C1" });
    for (const { method, path, headers, body } of service.received) {
      seen.push(headers["x-amz-pay-idempotency-key"]);
      expect(verifyRequestSync({ method, path, headers, body }, TEST_VERIFIER).valid).toBe(true);
    }
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(1);
    pay.close();
  });

  test("a server that hangs is given up after timeoutMs", async () => {
    // Time is up once the request is there, and not before: a handshake on a busy machine may take longer than any short limit.
    const limits: number[] = [];
    let ring = (): void => undefined;
    const alarm = (millis: number, then: () => void): (() => void) => {
      limits.push(millis);
      ring = then;
      return () => undefined;
    };
    play(() => ring());
    const pay = client({ timeoutMs: 300, maxRetries: 1, clock: { ...systemClock, alarm } });
    await expect(pay.charges.retrieve("C")).rejects.toMatchObject({ code: "timeout.attempt", retries: 1, millis: 300 });
    expect(service.received).toHaveLength(2);
    expect(limits).toEqual([300, 300]);
    pay.close();
  });

  test("the signal ends a request that is under way, and its connection", async () => {
    const control = new AbortController();
    const closed = new Promise<void>((resolve) => {
      play((request) => {
        request.socket.once("close", () => {
          resolve();
        });
        control.abort();
      });
    });
    const pay = client();
    await expect(pay.charges.create(charge, { signal: control.signal })).rejects.toMatchObject({
      name: "AbortedError",
      code: "request.aborted",
    });
    await closed;
    pay.close();
  });

  test("a certificate of an unknown authority is refused, whatever the environment says", async () => {
    play((_, response) => answer(response, 200, {}));
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      const pay = client({ ca: undefined });
      await expect(pay.charges.retrieve("C")).rejects.toMatchObject({ code: "connection.tls", retries: 0 });
      pay.close();
    } finally {
      if (before === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
      else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = before;
    }
    expect(service.received).toHaveLength(0);
  });

  test("a certificate for another host is refused", async () => {
    const other = await startSecureService((_, response) => answer(response, 200, {}), false);
    const pay = client({ baseUrl: other.origin, ca: other.ca });
    await expect(pay.charges.retrieve("C")).rejects.toMatchObject({ code: "connection.tls", retries: 0 });
    expect(other.received).toHaveLength(0);
    pay.close();
    await other.close();
  });

  test("a file name as `ca` is named", () => {
    expect(() => client({ ca: "ca.pem" })).toThrow(expect.objectContaining({ code: "config.ca" }));
  });

  test("connections are kept: fifty calls, one connection", async () => {
    play((_, response) => answer(response, 200, { note: "Grüße" }));
    const pay = client();
    for (let call = 0; call < 50; call += 1) expect(await pay.charges.retrieve("C")).toEqual({ note: "Grüße" });
    expect(new Set(service.received.map((request) => request.socket)).size).toBe(1);
    pay.close();
  });

  test("a redirect is not followed", async () => {
    play((_, response) => answer(response, 303, "", { location: `${service.origin}/elsewhere` }));
    const pay = client();
    expect(await pay.merchantAccounts.claim("A", { uniqueReferenceId: "ü" })).toEqual({
      location: `${service.origin}/elsewhere`,
    });
    await expect(pay.charges.retrieve("C")).rejects.toMatchObject({ code: "api.redirect", status: 303 });
    expect(service.received.map((request) => request.path)).toEqual(["/v2/merchantAccounts/A/claim", "/v2/charges/C"]);
    expect(service.received[0]?.body).toBe('{"uniqueReferenceId":"ü"}');
    pay.close();
  });

  test("a body with DELETE arrives", async () => {
    play((_, response) => answer(response, 200, {}));
    const pay = client();
    await pay.charges.cancel("C", { cancellationReason: "no stock" });
    expect(service.received[0]).toMatchObject({ method: "DELETE", body: '{"cancellationReason":"no stock"}' });
    pay.close();
  });
});
