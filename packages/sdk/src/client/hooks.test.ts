import { describe, expect, test } from "vitest";
import { scripted, testClient } from "../conformance/client-fixture.ts";
import type { CallEvent, Hooks, RequestEvent, ResponseEvent, RetryEvent } from "./events.ts";

interface Told {
  readonly kind: string;
  readonly event: CallEvent;
}

function listener(): { readonly hooks: Hooks; readonly told: Told[] } {
  const told: Told[] = [];
  const hear = (kind: string) => (event: CallEvent) => void told.push({ kind, event });
  return { told, hooks: { request: hear("request"), response: hear("response"), retry: hear("retry") } };
}

describe("hooks", () => {
  test("hear of every attempt, answer and pause, in order, under one number for each call", async () => {
    const { hooks, told } = listener();
    const transport = scripted({ status: 503, body: "" }, Object.assign(new Error("x"), { code: "ECONNRESET" }), {
      status: 201,
      headers: { "x-amz-pay-request-id": "r3" },
    });
    const { client } = testClient(transport, { hooks });
    await client.charges.create({ chargePermissionId: "S", chargeAmount: { amount: "1", currencyCode: "USD" } });
    await client.charges.retrieve("C1");
    expect(told.map(({ kind, event }) => [kind, event.callId, event.attempt])).toEqual([
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
    const first = told[0]?.event as RequestEvent | undefined;
    expect(first?.headers["authorization"]).toBe("[redacted]");
  });

  test("hear the service's reason code", async () => {
    const { hooks, told } = listener();
    const { client } = testClient(scripted({ status: 422, body: '{"reasonCode":"HardDeclined","message":"m"}' }), {
      hooks,
    });
    await expect(client.charges.retrieve("C")).rejects.toThrow();
    expect(told.at(-1)?.event).toMatchObject({ reasonCode: "HardDeclined", error: "api.declined" });
  });

  test("that throw do not reach the caller; the logger hears of it", async () => {
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
});
