import { describe, expect, test } from "vitest";
import { systemClock } from "../clock/system.ts";
import { scripted, testClient } from "../conformance/client-fixture.ts";
import type { CallError } from "../errors/call-error.ts";
import type { AmazonPay } from "../amazon-pay.ts";
import type { RequestOptions } from "./options.ts";

const charge = { chargePermissionId: "S01-1-1", chargeAmount: { amount: "14.00", currencyCode: "USD" } } as const;
const reset = Object.assign(new Error("socket"), { code: "ECONNRESET" });
const failureOf = (call: Promise<unknown>): Promise<CallError> =>
  call.then(
    () => expect.unreachable("the call must fail"),
    (error: unknown) => error as CallError,
  );

describe("an option that a call does not have is refused before anything is sent", () => {
  test.each<[string, object]>([
    ["a header where options stand, as the official SDK takes them", { "x-amz-pay-idempotency-key": "k1" }],
    ["a misspelt key", { idempotency_key: "k1" }],
    ["another client's name of it", { timeout: 500 }],
  ])("%s", async (_, options) => {
    const calls: ((client: AmazonPay) => Promise<unknown>)[] = [
      (client) => client.charges.create(charge, options as RequestOptions),
      (client) => client.call({ method: "POST", path: "/charges", body: charge, options: options as RequestOptions }),
      (client) => client.reportDocuments.download("1", options),
    ];
    for (const call of calls) {
      const transport = scripted({});
      const error = await failureOf(call(testClient(transport).client));
      expect(error).toMatchObject({ name: "ConfigurationError", code: "config.option" });
      expect(error.message).toContain(`\`${Object.keys(options)[0]}\``);
      expect(error.message).toContain("idempotencyKey, signal, timeoutMs");
      expect(transport.sent).toHaveLength(0);
    }
  });

  test.each<RequestOptions>([
    { maxRetries: -1 },
    { maxRetries: 1.5 },
    { totalTimeoutMs: 0 },
    { timeoutMs: Number.NaN },
  ])("a limit that is none: %j", async (options) => {
    const transport = scripted({});
    const error = await failureOf(testClient(transport).client.charges.create(charge, options));
    expect(error).toMatchObject({ code: "config.number" });
    expect(error.message).toContain(Object.keys(options)[0]);
    expect(transport.sent).toHaveLength(0);
  });
});

describe("a call's own limits stand over the client's", () => {
  test("maxRetries, up and down, for this call alone", async () => {
    const transport = scripted({ status: 503 });
    const { client } = testClient(transport, { maxRetries: 2 });
    await failureOf(client.charges.create(charge, { maxRetries: 0 }));
    expect(transport.sent).toHaveLength(1);
    await failureOf(client.charges.create(charge, { maxRetries: 4 }));
    expect(transport.sent).toHaveLength(6);
    await failureOf(client.charges.create(charge));
    expect(transport.sent).toHaveLength(9);
  });

  test("totalTimeoutMs ends the attempts, also of a listing's further pages", async () => {
    const transport = scripted({ body: '{"reports":[{}],"nextToken":"t"}' }, { status: 503 });
    const { client, clock } = testClient(transport, { maxRetries: 100 });
    const start = clock.now();
    const walk = async (): Promise<void> => {
      for await (const report of client.reports.list({}, { totalTimeoutMs: 2_000 })) expect(report).toBeDefined();
    };
    await failureOf(walk());
    expect(clock.now() - start).toBeLessThanOrEqual(2_000);
    expect(transport.sent.length).toBeGreaterThan(1);
  });
});

describe("a lost answer says that the work may be done, and how to make sure", () => {
  test.each([
    ["a connection that broke off", reset],
    ["a time that is up", () => new Promise<never>(() => undefined)],
  ])("%s", async (_, step) => {
    const { client } = testClient(scripted(step), { maxRetries: 0, timeoutMs: 20, clock: systemClock });
    const error = await failureOf(client.charges.create(charge, { idempotencyKey: "order-7" }));
    expect(error.message).toMatch(/may have been done all the same: call again with idempotencyKey order-7$/);
    expect(error.idempotencyKey).toBe("order-7");
  });

  test("not where nothing can have been done, and not where a repeat does no harm", async () => {
    const refused = Object.assign(new Error("socket"), { code: "ECONNREFUSED" });
    const words = /all the same/;
    const create = failureOf(testClient(scripted(refused), { maxRetries: 0 }).client.charges.create(charge));
    expect((await create).message).not.toMatch(words);
    const read = failureOf(testClient(scripted(reset), { maxRetries: 0 }).client.charges.retrieve("C"));
    expect((await read).message).not.toMatch(words);
  });
});
