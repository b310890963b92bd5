import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, test } from "vitest";
import { scripted, testClient } from "../conformance/client-fixture.ts";
import type { CallEvent, Hooks, RequestEvent, ResponseEvent, RetryEvent } from "./events.ts";

interface Told {
  readonly kind: string;
  readonly event: CallEvent;
}

function listener(): { readonly hooks: Hooks; readonly told: Told[] } {
  const told: Told[] = [];
  const record = (kind: string) => (event: CallEvent) => void told.push({ kind, event });
  return { told, hooks: { request: record("request"), response: record("response"), retry: record("retry") } };
}

describe("hooks", () => {
  test("receive every attempt, answer and pause, in order, under one number for each call", async () => {
    const { hooks, told } = listener();
    const transport = scripted({ status: 503, body: "" }, Object.assign(new Error("x"), { code: "ECONNRESET" }), {
      status: 201,
      headers: { "x-amz-pay-request-id": "r3" },
    });
    const { client } = testClient(transport, { hooks });
    await client.charges.create({ chargePermissionId: "S", chargeAmount: { amount: "1", currencyCode: "USD" } });
    await client.charges.retrieve("C1");
    const first = told[0]?.event as RequestEvent;
    const numbered = told.map(({ kind, event }) => [kind, event.callId - first.callId + 1, event.attempt]);
    expect(numbered).toEqual([
      ["request", 1, 1],
      ["response", 1, 1],
      ["retry", 1, 1],
      ["request", 1, 2],
      ["response", 1, 2],
      ["retry", 1, 2],
      ["request", 1, 3],
      ["response", 1, 3],
      ["request", 2, 1],
      ["response", 2, 1],
    ]);
    const responses = told.filter(({ kind }) => kind === "response").map(({ event }) => event as ResponseEvent);
    expect(responses.map(({ status, error, requestId }) => [status, error, requestId])).toEqual([
      [503, "api.service", null],
      [undefined, "connection.reset", null],
      [201, undefined, "r3"],
      [201, undefined, "r3"],
    ]);
    expect(told.filter(({ kind }) => kind === "retry").map(({ event }) => (event as RetryEvent).error)).toEqual([
      "api.service",
      "connection.reset",
    ]);
    expect(told.at(-1)?.event).toMatchObject({ operation: "getCharge", method: "GET", path: "/v2/charges/C1" });
    expect(first.headers["authorization"]).toBe("[redacted]");
    expect(first).toMatchObject({
      origin: "https://pay-api.amazon.com",
      template: "/v2/charges",
      region: "na",
      environment: "sandbox",
    });
    expect(told.at(-1)?.event.template).toBe("/v2/charges/{chargeId}");
  });

  test("receive the service's reason code", async () => {
    const { hooks, told } = listener();
    const { client } = testClient(scripted({ status: 422, body: '{"reasonCode":"HardDeclined","message":"m"}' }), {
      hooks,
    });
    await expect(client.charges.retrieve("C")).rejects.toThrow();
    expect(told.at(-1)?.event).toMatchObject({ reasonCode: "HardDeclined", error: "api.declined" });
  });

  test("that throw do not reach the caller; the logger gets a warning", async () => {
    const warnings: string[] = [];
    const boom = (): never => {
      throw new RangeError("counter is full of secrets");
    };
    const logger = {
      warn: (message: string, fields: object) => void warnings.push(`${message} ${JSON.stringify(fields)}`),
    };
    const { client } = testClient(scripted({ status: 503, body: "" }, {}), {
      hooks: { request: boom, response: boom, retry: boom },
      logger,
    });
    await client.charges.retrieve("C");
    expect(warnings.filter((line) => line.includes("RangeError"))).toHaveLength(5);
    expect(warnings.join()).not.toContain("secrets");
  });

  test("around calls and attempts have their asynchronous context, and learn how each call ended", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: string[] = [];
    const hooks: Hooks = {
      aroundCall: ({ operation }, run) => {
        storage.run(operation, run);
      },
      aroundAttempt: ({ attempt }, run) => {
        storage.run(`${storage.getStore() ?? "nothing"} ${attempt}`, run);
      },
      retry: () => void seen.push(`retry in ${storage.getStore() ?? "nothing"}`),
      done: ({ attempt, error, durationMs }) =>
        void seen.push(`done after ${attempt}: ${error ?? "good"} ${durationMs > 0 ? "with a pause" : "at once"}`),
    };
    const answerOnce = (): { status: number; body: string } => {
      seen.push(`sent in ${storage.getStore() ?? "nothing"}`);
      return seen.length < 3 ? { status: 503, body: "" } : { status: 422, body: '{"reasonCode":"HardDeclined"}' };
    };
    const { client } = testClient(scripted(answerOnce), { hooks });
    await expect(client.charges.retrieve("C")).rejects.toThrow();
    expect(seen).toEqual([
      "sent in getCharge 1",
      "retry in getCharge",
      "sent in getCharge 2",
      "done after 2: api.declined with a pause",
    ]);
  });

  test("around calls make each call once, whatever they do", async () => {
    const late: (() => void)[] = [];
    const bad: Hooks[] = [
      { aroundCall: () => undefined, aroundAttempt: () => undefined },
      {
        aroundCall: (_, run) => {
          run();
          run();
        },
        aroundAttempt: (_, run) => {
          run();
          throw new Error("after");
        },
      },
      {
        aroundCall: () => {
          throw new Error("before");
        },
        aroundAttempt: (_, run) => void late.push(run),
      },
    ];
    for (const hooks of bad) {
      const transport = scripted({ body: '{"chargeId":"C"}' });
      const { client } = testClient(transport, { hooks });
      expect(await client.charges.retrieve("C")).toEqual({ chargeId: "C" });
      for (const run of late) run();
      expect(transport.sent).toHaveLength(1);
    }
    expect(late).toHaveLength(1);
  });

  test("around calls do not see what is refused before sending, and their calls fail as they would", async () => {
    const told: string[] = [];
    const hooks: Hooks = { aroundCall: () => void told.push("call"), done: () => void told.push("done") };
    const { client } = testClient(scripted({ status: 404, body: "{}" }), { hooks });
    await expect(client.charges.retrieve("")).rejects.toThrow("chargeId");
    expect(told).toEqual([]);
    await expect(client.charges.retrieve("C")).rejects.toMatchObject({ code: "api.not-found" });
    expect(told).toEqual(["call", "done"]);
  });
});
