import { AmazonPay, ConfigurationError, type Hooks } from "@amazon-pay-kit/sdk";
import { WebStoreClient } from "@amazon-pay-kit/sdk/compat";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { MwsReports } from "@amazon-pay-kit/sdk/mws";
import type { FaultRequest } from "@amazon-pay-kit/sandbox";
import { useSandbox } from "@amazon-pay-kit/sandbox/testing";
import { SpanKind, SpanStatusCode, context, metrics, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTelemetryHooks } from "./index.ts";

const exporter = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const counted = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const reader = new PeriodicExportingMetricReader({ exporter: counted, exportIntervalMillis: 3_600_000 });
const meterProvider = new MeterProvider({ readers: [reader] });
const service = useSandbox({ beforeAll, afterAll, beforeEach });

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
beforeEach(async () => {
  exporter.reset();
  await reader.forceFlush();
  counted.reset();
});
afterAll(async () => {
  context.disable();
  await tracerProvider.shutdown();
  await meterProvider.shutdown();
});

const observed = (hooks: Hooks, options: Partial<ConstructorParameters<typeof AmazonPay>[0]> = {}): AmazonPay =>
  new AmazonPay({ ...service.client({ region: "eu" }), hooks, ...options } as ConstructorParameters<
    typeof AmazonPay
  >[0]);
const spanOf = (name: string): ReadableSpan => {
  const found = exporter.getFinishedSpans().find((span) => span.name === name);
  if (found === undefined)
    throw new Error(
      `no span ${name} among ${exporter
        .getFinishedSpans()
        .map((span) => span.name)
        .join(", ")}`,
    );
  return found;
};
const fault = (rule: FaultRequest): Promise<unknown> => service.sandbox.control("POST", "/faults", rule);

async function charged(pay: AmazonPay): Promise<string> {
  const { chargePermissionId } = await service.permission({ region: "eu" });
  const charge = await pay.charges.create({
    chargePermissionId,
    chargeAmount: { amount: "10.00", currencyCode: "EUR" },
    captureNow: true,
  });
  return charge.chargeId;
}

/** Measured since the last test: name of the instrument, attributes, count. */
async function points(): Promise<{ name: string; unit: string; attributes: Record<string, unknown>; count: number }[]> {
  await reader.forceFlush();
  return counted.getMetrics().flatMap((resource) =>
    resource.scopeMetrics.flatMap(({ metrics: all }) =>
      all.flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map(({ attributes, value }) => ({
          name: descriptor.name,
          unit: descriptor.unit,
          attributes,
          count: typeof value === "object" && "count" in value ? value.count : (value as number),
        })),
      ),
    ),
  );
}

describe("spans", () => {
  test("a call is a span, the request a client span within, by the names of the conventions", async () => {
    const pay = observed(openTelemetryHooks({ tracerProvider, meterProvider }));
    const shop = tracerProvider.getTracer("shop").startSpan("order");
    const chargeId = await context.with(trace.setSpan(context.active(), shop), () => charged(pay));
    await pay.charges.retrieve(chargeId);
    shop.end();

    const call = spanOf("AmazonPay createCharge");
    expect(call.kind).toBe(SpanKind.INTERNAL);
    expect(call.parentSpanContext?.spanId).toBe(shop.spanContext().spanId);
    expect(call.instrumentationScope).toMatchObject({ name: "@amazon-pay-kit/opentelemetry" });
    expect(call.attributes).toEqual({
      "amazon_pay.operation": "createCharge",
      "amazon_pay.region": "eu",
      "amazon_pay.environment": "sandbox",
      "amazon_pay.idempotency_key": expect.stringMatching(/^[\w-]{1,32}$/) as string,
      "amazon_pay.attempts": 1,
    });
    const request = spanOf("POST /v2/charges");
    expect(request.kind).toBe(SpanKind.CLIENT);
    expect(request.parentSpanContext?.spanId).toBe(call.spanContext().spanId);
    expect(request.status.code).toBe(SpanStatusCode.UNSET);
    expect(request.attributes).toEqual({
      "amazon_pay.operation": "createCharge",
      "amazon_pay.region": "eu",
      "amazon_pay.environment": "sandbox",
      "amazon_pay.request_id": expect.any(String) as string,
      "http.request.method": "POST",
      "http.response.status_code": 201,
      "server.address": new URL(String(service.client().baseUrl ?? "https://pay-api.amazon.eu")).hostname,
      "server.port": expect.any(Number) as number,
      "url.full": expect.stringMatching(/\/v2\/charges$/) as string,
      "url.template": "/v2/charges",
    });
    expect(spanOf("GET /v2/charges/{chargeId}").attributes["url.full"]).toMatch(new RegExp(`/v2/charges/${chargeId}$`));
  });

  test("each attempt has a span of its own; a resend says which, and the pause is an event of the call", async () => {
    const pay = observed(openTelemetryHooks({ tracerProvider, meterProvider }));
    await fault({ match: { path: "/v2/charges" }, fault: "status", status: 503, times: 2 });
    await charged(pay);
    const attempts = exporter.getFinishedSpans().filter((span) => span.name === "POST /v2/charges");
    expect(attempts.map((span) => span.attributes["http.request.resend_count"])).toEqual([undefined, 1, 2]);
    expect(attempts.map((span) => span.attributes["error.type"])).toEqual(["503", "503", undefined]);
    expect(attempts.map((span) => span.status)).toEqual([
      { code: SpanStatusCode.ERROR },
      { code: SpanStatusCode.ERROR },
      { code: SpanStatusCode.UNSET },
    ]);
    const call = spanOf("AmazonPay createCharge");
    expect(new Set(attempts.map((span) => span.parentSpanContext?.spanId))).toEqual(
      new Set([call.spanContext().spanId]),
    );
    expect(call.events.map(({ name, attributes }) => [name, attributes?.["error.type"]])).toEqual([
      ["amazon_pay.retry", "api.service"],
      ["amazon_pay.retry", "api.service"],
    ]);
    expect(call.attributes["amazon_pay.attempts"]).toBe(3);
    expect(call.status.code).toBe(SpanStatusCode.UNSET);
  });

  test("a call that fails says why: a decline, a lost connection, and an abort during the pause", async () => {
    const hooks = openTelemetryHooks({ tracerProvider, meterProvider });
    const pay = observed(hooks, { maxRetries: 0 });
    const { chargePermissionId } = await service.permission({ region: "eu" });
    const chargeAmount = { amount: "10.00", currencyCode: "EUR" } as const;
    const declined = pay.charges.create(
      { chargePermissionId, chargeAmount, captureNow: true },
      { simulate: "HardDeclined" },
    );
    await expect(declined).rejects.toMatchObject({ code: "api.declined" });
    expect(spanOf("AmazonPay createCharge")).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: "api.declined" },
      attributes: { "error.type": "api.declined" },
    });
    expect(spanOf("POST /v2/charges").attributes).toMatchObject({
      "error.type": "422",
      "http.response.status_code": 422,
      "amazon_pay.reason_code": "HardDeclined",
      "amazon_pay.error_code": "api.declined",
    });

    exporter.reset();
    const dead = Object.assign(new Error("gone"), { code: "ECONNREFUSED" });
    const away = observed(hooks, { maxRetries: 0, fetch: () => Promise.reject(dead) });
    await expect(away.charges.retrieve("S")).rejects.toThrow();
    const lost = spanOf("GET /v2/charges/{chargeId}");
    expect(lost.attributes["http.response.status_code"]).toBeUndefined();
    expect(lost.attributes["error.type"]).toMatch(/^connection\./);
    expect(lost.status).toEqual({ code: SpanStatusCode.ERROR, message: lost.attributes["error.type"] });

    exporter.reset();
    const control = new AbortController();
    const slow = observed({ ...hooks, retry: () => queueMicrotask(() => control.abort()) });
    await fault({ match: { path: "/v2/charges/S" }, fault: "status", status: 503 });
    await expect(slow.charges.retrieve("S", { signal: control.signal })).rejects.toMatchObject({
      code: "request.aborted",
    });
    expect(spanOf("AmazonPay getCharge").attributes).toMatchObject({
      "error.type": "request.aborted",
      "amazon_pay.attempts": 1,
    });
  });

  test("calls at the same time, of two clients with the same hooks, do not mix", async () => {
    const hooks = openTelemetryHooks({ tracerProvider, meterProvider });
    const clients = [observed(hooks), observed(hooks)];
    await Promise.all(clients.flatMap((pay) => [charged(pay), charged(pay)]));
    const calls = exporter.getFinishedSpans().filter((span) => span.name === "AmazonPay createCharge");
    const requests = exporter.getFinishedSpans().filter((span) => span.name === "POST /v2/charges");
    expect(calls).toHaveLength(4);
    expect(new Set(requests.map((span) => span.parentSpanContext?.spanId))).toEqual(
      new Set(calls.map((span) => span.spanContext().spanId)),
    );
  });

  test("an instrumentation of the transport makes no second span, and what runs beside is traced as before", async () => {
    const tracer = tracerProvider.getTracer("fetch");
    const options = service.client({ region: "eu" });
    const pay = observed(openTelemetryHooks({ tracerProvider, meterProvider: false }), {
      fetch: (request: Request) => {
        tracer.startSpan("of the transport").end();
        return (options.fetch as (request: Request) => Promise<Response>)(request);
      },
    });
    await charged(pay);
    expect(exporter.getFinishedSpans().map((span) => span.name)).toEqual([
      "POST /v2/charges",
      "AmazonPay createCharge",
    ]);
    tracer.startSpan("afterwards").end();
    expect(spanOf("afterwards").parentSpanContext).toBeUndefined();
  });

  test("hold no key, signature, token or buyer data, whatever is sent", async () => {
    const pay = observed(openTelemetryHooks({ tracerProvider, meterProvider }), { maxRetries: 0 });
    const secrets = ["BuyerTokenSecret", "Ada Lovelace", "AuthTokenSecret", "HeaderSecret"];
    const options = { headers: { "x-shop-secret": "HeaderSecret" }, authToken: "AuthTokenSecret" };
    await pay.buyers.retrieve("BuyerTokenSecret", options).catch(() => undefined);
    await pay.checkoutSessions
      .create(
        {
          storeId: "amzn1.application-oa2-client.x",
          webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/review" },
          addressDetails: { name: "Ada Lovelace", addressLine1: "1 Street", postalCode: "10115", countryCode: "DE" },
        },
        options,
      )
      .catch(() => undefined);
    await pay.call({ method: "GET", path: "/buyers/BuyerTokenSecret", options }).catch(() => undefined);
    const spans = exporter.getFinishedSpans();
    expect(spans.map((span) => span.name)).toContain("GET /v2/buyers/{buyerToken}");
    expect(spanOf("GET /v2/buyers/{buyerToken}").attributes["url.full"]).toMatch(/\/v2\/buyers\/REDACTED$/);
    const all = JSON.stringify([
      ...spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
      ...(await points()),
    ]);
    for (const secret of [...secrets, "Signature=", "PRIVATE KEY"]) expect(all).not.toContain(secret);
  });
});

/** A client whose report document is what `serve` answers, the first time and later. */
function downloading(hooks: Hooks, serve: (fetched: number) => Response, maxRetries = 3): AmazonPay {
  let fetched = 0;
  return observed(hooks, {
    maxRetries,
    random: { fraction: () => 0, bytes: (length) => new Uint8Array(length) },
    fetch: (request: Request) => {
      if (new URL(request.url).hostname === "documents.example") return Promise.resolve(serve((fetched += 1)));
      return Promise.resolve(
        Response.json({
          reportDocumentId: "doc-1",
          url: "https://documents.example/secret-place?X-Amz-Signature=secret",
          compressionAlgorithm: "N/A",
        }),
      );
    },
  });
}

const named = (name: string): ReadableSpan[] => exporter.getFinishedSpans().filter((span) => span.name === name);

describe("downloads of reports", () => {
  test("are one span until the last byte, with the address's call and each fetch within", async () => {
    const pay = downloading(openTelemetryHooks({ tracerProvider, meterProvider }), (fetched) =>
      fetched === 1 ? new Response("", { status: 503 }) : new Response("a,b\n"),
    );
    const download = await pay.reportDocuments.download("doc-1");
    expect(named("AmazonPay downloadReportDocument")).toEqual([]);
    expect(await download.text()).toBe("a,b\n");

    const call = spanOf("AmazonPay downloadReportDocument");
    expect(call.status.code).toBe(SpanStatusCode.UNSET);
    expect(call.attributes).toEqual({
      "amazon_pay.operation": "downloadReportDocument",
      "amazon_pay.region": "eu",
      "amazon_pay.environment": "sandbox",
      "amazon_pay.attempts": 2,
    });
    expect(call.events.map(({ name, attributes }) => [name, attributes?.["error.type"]])).toEqual([
      ["amazon_pay.retry", "download.refused"],
    ]);
    expect(spanOf("AmazonPay getReportDocument").parentSpanContext?.spanId).toBe(call.spanContext().spanId);
    const fetches = named("GET /{document}");
    expect(fetches.map((span) => span.parentSpanContext?.spanId)).toEqual(Array(2).fill(call.spanContext().spanId));
    expect(fetches.map(({ kind }) => kind)).toEqual([SpanKind.CLIENT, SpanKind.CLIENT]);
    expect(fetches[0]?.attributes).toMatchObject({ "error.type": "503", "http.response.status_code": 503 });
    expect(fetches[1]?.attributes).toEqual({
      "amazon_pay.operation": "downloadReportDocument",
      "amazon_pay.region": "eu",
      "amazon_pay.environment": "sandbox",
      "http.request.method": "GET",
      "http.request.resend_count": 1,
      "http.response.status_code": 200,
      "server.address": "documents.example",
      "server.port": 443,
      "url.full": "https://documents.example/REDACTED",
      "url.template": "/{document}",
    });
    expect((await points()).map(({ name, attributes, count }) => [name, attributes["error.type"], count])).toEqual([
      ["http.client.request.duration", undefined, 1],
      ["http.client.request.duration", "503", 1],
      ["http.client.request.duration", undefined, 1],
      ["amazon_pay.client.call.duration", undefined, 1],
      ["amazon_pay.client.call.duration", undefined, 1],
      ["amazon_pay.client.retries", "download.refused", 1],
    ]);
    const told = JSON.stringify(exporter.getFinishedSpans().map(({ name, attributes }) => ({ name, attributes })));
    expect(told).not.toMatch(/secret-place|X-Amz-Signature/);
  });

  test("that break off while they are read end with that error, and one that is given up ends too", async () => {
    const hooks = openTelemetryHooks({ tracerProvider, meterProvider: false });
    let pulled = 0;
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        if (pulled === 1) controller.enqueue(new TextEncoder().encode("a,b,c\n"));
        else controller.error(new Error("gone"));
      },
    });
    const download = await downloading(hooks, () => new Response(broken)).reportDocuments.download("doc-1");
    await expect(download.text()).rejects.toMatchObject({ code: "download.truncated" });
    expect(spanOf("AmazonPay downloadReportDocument")).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: "download.truncated" },
      attributes: { "error.type": "download.truncated" },
    });

    exporter.reset();
    const left = await downloading(hooks, () => new Response("a,b,c\n")).reportDocuments.download("doc-1");
    await left.stream.cancel();
    expect(spanOf("AmazonPay downloadReportDocument").status.code).toBe(SpanStatusCode.UNSET);
  });

  test("that never begin say why", async () => {
    const hooks = openTelemetryHooks({ tracerProvider, meterProvider: false });
    const refusing = downloading(hooks, () => new Response("", { status: 404 }));
    await expect(refusing.reportDocuments.download("doc-1")).rejects.toMatchObject({ code: "download.refused" });
    expect(spanOf("AmazonPay downloadReportDocument").status).toEqual({
      code: SpanStatusCode.ERROR,
      message: "download.refused",
    });
    expect(spanOf("GET /{document}").attributes["error.type"]).toBe("404");
  });
});

describe("MWS", () => {
  function mws(hooks: Hooks, broken = 0, secretKey?: string): MwsReports {
    const merchant = service.sandbox.merchants.find(({ region }) => region === "eu")?.mws;
    if (merchant === undefined) throw new Error("no merchant");
    let sent = 0;
    return new MwsReports({
      region: "eu",
      sellerId: merchant.sellerId,
      accessKeyId: merchant.accessKeyId,
      secretKey: secretKey ?? merchant.secretKey,
      authToken: merchant.authToken,
      baseUrl: "https://mws-eu.amazonservices.com",
      fetch: (request) => {
        sent += 1;
        return sent <= broken ? Promise.resolve(new Response("", { status: 503 })) : service.sandbox.fetch(request);
      },
      clock: manualClock(service.sandbox.engine.realNow(), { autoAdvance: true }),
      timeoutMs: 2 ** 40,
      random: { fraction: () => 0, bytes: (length) => new Uint8Array(length) },
      hooks,
    });
  }

  test("a call is a span, each attempt a client span within, a pause an event", async () => {
    const reports = mws(openTelemetryHooks({ tracerProvider, meterProvider }), 1);
    await reports.getReportList();
    const call = spanOf("AmazonPay GetReportList");
    expect(call.attributes).toEqual({
      "amazon_pay.operation": "GetReportList",
      "amazon_pay.region": "eu",
      "amazon_pay.environment": "live",
      "amazon_pay.attempts": 2,
    });
    expect(call.events.map(({ name, attributes }) => [name, attributes])).toEqual([
      ["amazon_pay.retry", { "error.type": "mws.service", "amazon_pay.retry.delay": 1 }],
    ]);
    const attempts = named("POST /Reports/2009-01-01");
    expect(attempts.map((span) => span.parentSpanContext?.spanId)).toEqual(Array(2).fill(call.spanContext().spanId));
    expect(attempts[0]?.attributes).toMatchObject({
      "error.type": "503",
      "http.response.status_code": 503,
      "amazon_pay.error_code": "mws.service",
    });
    expect(attempts[1]?.attributes).toEqual({
      "amazon_pay.operation": "GetReportList",
      "amazon_pay.region": "eu",
      "amazon_pay.environment": "live",
      "amazon_pay.request_id": expect.any(String) as string,
      "http.request.method": "POST",
      "http.request.resend_count": 1,
      "http.response.status_code": 200,
      "server.address": "mws-eu.amazonservices.com",
      "server.port": 443,
      "url.full": "https://mws-eu.amazonservices.com/Reports/2009-01-01",
      "url.template": "/Reports/2009-01-01",
    });
    expect((await points()).map(({ name, attributes, count }) => [name, attributes["error.type"], count])).toEqual([
      ["http.client.request.duration", "503", 1],
      ["http.client.request.duration", undefined, 1],
      ["amazon_pay.client.call.duration", undefined, 1],
      ["amazon_pay.client.retries", "mws.service", 1],
    ]);
  });

  test("a refusal says why, and no key, secret or token is told", async () => {
    const reports = mws(openTelemetryHooks({ tracerProvider, meterProvider }), 0, "not-the-secret");
    await expect(reports.getReportList()).rejects.toMatchObject({ code: "mws.signature" });
    expect(spanOf("AmazonPay GetReportList").status).toEqual({ code: SpanStatusCode.ERROR, message: "mws.signature" });
    expect(spanOf("POST /Reports/2009-01-01").attributes).toMatchObject({
      "error.type": "403",
      "amazon_pay.reason_code": "SignatureDoesNotMatch",
    });
    await mws(openTelemetryHooks({ tracerProvider, meterProvider })).serverTime();
    expect(spanOf("GET /").parentSpanContext?.spanId).toBe(spanOf("AmazonPay Ping").spanContext().spanId);
    const told = JSON.stringify([
      ...exporter.getFinishedSpans().map(({ name, attributes, events }) => ({ name, attributes, events })),
      ...(await points()),
    ]);
    const { secretKey, authToken, accessKeyId } =
      service.sandbox.merchants.find(({ region }) => region === "eu")?.mws ?? {};
    for (const secret of [secretKey, authToken, accessKeyId, "not-the-secret", "Signature="])
      expect(told).not.toContain(secret);
  });
});

test("calls of two compat clients with the same hooks do not mix", async () => {
  const hooks = openTelemetryHooks({ tracerProvider, meterProvider: false });
  const { privateKey, ...options } = service.client({ region: "eu" });
  const clients = [1, 2].map(() => new WebStoreClient({ ...options, privateKey, sandbox: true, hooks } as never));
  const { chargePermissionId } = await service.permission({ region: "eu" });
  await Promise.all(clients.map((client) => client.getChargePermission(chargePermissionId)));
  const calls = named("AmazonPay getChargePermission");
  expect(calls).toHaveLength(2);
  expect(
    new Set(named("GET /v2/chargePermissions/{chargePermissionId}").map((span) => span.parentSpanContext?.spanId)),
  ).toEqual(new Set(calls.map((span) => span.spanContext().spanId)));
});

describe("metrics", () => {
  test("durations of requests and calls in seconds, and retries", async () => {
    const pay = observed(openTelemetryHooks({ tracerProvider: false, meterProvider }));
    await fault({ match: { path: "/v2/charges" }, fault: "throttle", times: 1 });
    await charged(pay);
    expect(exporter.getFinishedSpans()).toEqual([]);
    const found = await points();
    const common = {
      "amazon_pay.operation": "createCharge",
      "amazon_pay.region": "eu",
      "amazon_pay.environment": "sandbox",
    };
    expect(found.map(({ name, unit, count }) => [name, unit, count])).toEqual([
      ["http.client.request.duration", "s", 1],
      ["http.client.request.duration", "s", 1],
      ["amazon_pay.client.call.duration", "s", 1],
      ["amazon_pay.client.retries", "{retry}", 1],
    ]);
    expect(found[0]?.attributes).toMatchObject({
      ...common,
      "http.request.method": "POST",
      "http.response.status_code": 429,
      "error.type": "429",
      "server.port": expect.any(Number) as number,
      "url.template": "/v2/charges",
    });
    expect(found[1]?.attributes).toMatchObject({ "http.response.status_code": 201 });
    expect(found[1]?.attributes).not.toHaveProperty("error.type");
    expect(found[2]?.attributes).toEqual(common);
    expect(found[3]?.attributes).toEqual({ ...common, "error.type": "api.throttled" });
  });

  test("the global providers serve, also when they are registered after the hooks were made", async () => {
    const pay = observed(openTelemetryHooks());
    trace.setGlobalTracerProvider(tracerProvider);
    metrics.setGlobalMeterProvider(meterProvider);
    try {
      await charged(pay);
      expect(spanOf("AmazonPay createCharge").attributes["amazon_pay.attempts"]).toBe(1);
      expect(await points()).toHaveLength(2);
    } finally {
      trace.disable();
      metrics.disable();
    }
  });

  test("without any SDK the client works as it would", async () => {
    expect(await charged(observed(openTelemetryHooks()))).toMatch(/-C/);
  });
});

describe("options", () => {
  test("hooks of one's own get everything, within the spans", async () => {
    const told: string[] = [];
    const own: Hooks = {
      aroundCall: (_, run) => {
        told.push("call");
        run();
      },
      aroundAttempt: (_, run) => {
        told.push(trace.getActiveSpan() === undefined ? "attempt outside" : "attempt");
        run();
      },
      request: () => void told.push("request"),
      response: () => void told.push("response"),
      retry: () => void told.push("retry"),
      done: () => void told.push("done"),
    };
    const pay = observed(openTelemetryHooks({ tracerProvider, meterProvider, hooks: own }));
    await fault({ match: { path: "/v2/charges" }, fault: "status", status: 503, times: 1 });
    await charged(pay);
    const attempt = ["request", "attempt", "response"];
    expect(told).toEqual(["call", ...attempt, "retry", ...attempt, "done"]);
  });

  test.each([
    ["a tracer instead of its provider", { tracerProvider: tracerProvider.getTracer("x") }, "getTracer"],
    ["a meter instead of its provider", { meterProvider: meterProvider.getMeter("x") }, "getMeter"],
    [
      "another name",
      { tracer: tracerProvider },
      "unknown option `tracer`: there are tracerProvider, meterProvider, hooks",
    ],
    ["hooks that are none", { hooks: "all" }, "hooks"],
    ["null as provider", { tracerProvider: null }, "getTracer"],
  ])("refused: %s", (_, options, words) => {
    const wrong = (): unknown => openTelemetryHooks(options as never);
    expect(wrong).toThrow(ConfigurationError);
    expect(wrong).toThrow(words);
  });
});
