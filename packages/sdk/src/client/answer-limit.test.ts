import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TEST_KEY } from "../conformance/client-fixture.ts";
import { answer, startPlainService, type LocalService } from "../conformance/service.ts";
import type { UnreadableAnswerError } from "../errors/call-error.ts";
import { MwsReports } from "../mws/index.ts";
import { AmazonPay } from "../amazon-pay.ts";

const LIMIT = 100_000;

describe("an answer that is too large", () => {
  let service: LocalService;
  const client = (more: object = {}): AmazonPay =>
    new AmazonPay({ region: "na", publicKeyId: "SANDBOX-X", privateKey: TEST_KEY, baseUrl: service.origin, ...more });
  beforeAll(async () => {
    service = await startPlainService((_request, response) => answer(response, 200, {}));
  });
  afterAll(() => service.close());

  const failure = async (call: Promise<unknown>): Promise<UnreadableAnswerError> => {
    const outcome: unknown = await call.then(
      () => "answered",
      (error: unknown) => error,
    );
    expect(outcome).toMatchObject({ name: "UnreadableAnswerError", code: "answer.too-large", requestId: "request-1" });
    return outcome as UnreadableAnswerError;
  };
  const charge = { chargePermissionId: "S01-1-1", chargeAmount: { amount: "1.00", currencyCode: "USD" } } as const;

  test.each([200, 400, 500])("of status %i is a coded error, and is not asked for again", async (status) => {
    service.received.length = 0;
    service.handle = (_request, response) => answer(response, status, " ".repeat(LIMIT) + "{}");
    const error = await failure(client({ maxAnswerBytes: LIMIT }).charges.create(charge, { idempotencyKey: "k1" }));
    expect(error.status).toBe(status);
    expect(error.message).toContain("call again with idempotencyKey k1");
    expect(service.received).toHaveLength(1);
  });

  test("counts what was unpacked where the runtime unpacks", async () => {
    const packed = gzipSync(JSON.stringify({ a: "x".repeat(LIMIT) }));
    expect(packed.length).toBeLessThan(LIMIT / 100);
    service.handle = (_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "x-amz-pay-request-id": "request-1" });
      response.end(packed);
    };
    const fetch = (request: Request): Promise<Response> => globalThis.fetch(request);
    await failure(client({ maxAnswerBytes: LIMIT, fetch }).charges.retrieve("C"));
  });

  test("is measured at 16 MiB by default, and one byte less is read", async () => {
    const text = JSON.stringify({ chargeId: "C" });
    service.handle = (_request, response) => answer(response, 200, " ".repeat(16 * 1024 * 1024 - text.length) + text);
    expect((await client().charges.retrieve("C")).chargeId).toBe("C");
    service.handle = (_request, response) => answer(response, 200, " ".repeat(16 * 1024 * 1024) + text);
    await failure(client().charges.retrieve("C"));
  });

  test("of MWS likewise; a report has a limit of its own", async () => {
    const seller = { region: "na", sellerId: "A", accessKeyId: "K", secretKey: "S", baseUrl: service.origin } as const;
    service.handle = (_request, response) => answer(response, 200, "x".repeat(16 * 1024 * 1024 + 1));
    const tooLarge = { code: "answer.too-large" };
    await expect(new MwsReports(seller).getReportList()).rejects.toMatchObject(tooLarge);
    service.handle = (_request, response) => answer(response, 200, "x".repeat(LIMIT + 1));
    const limited = new MwsReports({ ...seller, maxReportBytes: LIMIT });
    await expect(limited.getReport("1")).rejects.toMatchObject(tooLarge);
  });
});

test("a header that cannot be sent is refused before the first attempt", async () => {
  const service = await startPlainService((_request, response) => answer(response, 200, {}));
  const pay = new AmazonPay({
    region: "na",
    publicKeyId: "SANDBOX-X",
    privateKey: TEST_KEY,
    baseUrl: service.origin,
  });
  const refused = ["x-shop: Käse€", "x-shop: a\u0000b", "x-shop: a\r\nb", "connection: close", "Upgrade: h2c"];
  for (const line of [...refused, "TE: trailers", "expect: 100-continue", "content-encoding: gzip", "x y: z"]) {
    const [name = "", value = ""] = line.split(": ");
    await expect(pay.charges.retrieve("C", { headers: { [name]: value } }), line).rejects.toMatchObject({
      code: "request.invalid",
    });
  }
  expect(service.received).toHaveLength(0);
  await pay.charges.retrieve("C", { headers: { "x-shop": "Käse" } });
  expect(service.received).toHaveLength(1);
  await service.close();
});
