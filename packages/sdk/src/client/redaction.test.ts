import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { scripted, TEST_KEY, testClient } from "../conformance/client-fixture.ts";
import type { Hooks } from "./events.ts";
import { redactHeaders, redactPath } from "./redaction.ts";

/** What must never be seen: secrets and data of a buyer, each with a mark of its own. */
const CANARIES = {
  buyerToken: "CANARY-BUYER-TOKEN",
  authToken: "CANARY-AUTH-TOKEN",
  mwsAuthToken: "CANARY-MWS-TOKEN",
  merchantId: "CANARY-MERCHANT",
  nextToken: "CANARY-NEXT-TOKEN",
  name: "CANARY-NAME",
  note: "CANARY-NOTE",
  cookie: "CANARY-COOKIE",
  email: "CANARY@EXAMPLE.COM",
};
const KEY_LINE = TEST_KEY.split("\n")[5] ?? "";

async function everythingShown(status: number, body: string): Promise<string> {
  const shown: unknown[] = [];
  const hooks: Hooks = {
    request: (event) => void shown.push(event),
    response: (event) => void shown.push(event),
    retry: (event) => void shown.push(event),
  };
  const logger = {
    debug: (...args: unknown[]) => void shown.push(args),
    warn: (...args: unknown[]) => void shown.push(args),
  };
  const { client } = testClient(
    scripted({ status, body, headers: { "set-cookie": CANARIES.cookie, "x-amz-pay-request-id": "r" } }),
    { hooks, logger, maxRetries: 1 },
  );
  const price = { amount: "1.00", currencyCode: "USD" } as const;
  const calls = [
    client.buyers.retrieve(CANARIES.buyerToken, {
      authToken: CANARIES.authToken,
      headers: { cookie: CANARIES.cookie },
    }),
    client.authorizationTokens.retrieve(CANARIES.mwsAuthToken, { merchantId: CANARIES.merchantId }),
    client.reports.list({ nextToken: CANARIES.nextToken }),
    client.checkoutSessions.finalize("c", {
      chargeAmount: price,
      paymentIntent: "Confirm",
      shippingAddress: { name: CANARIES.name },
    }),
    client.charges.create({
      chargePermissionId: "S",
      chargeAmount: price,
      merchantMetadata: { noteToBuyer: CANARIES.note },
    }),
    client.call({ method: "GET", path: `/buyers/${CANARIES.buyerToken}` }),
    client.refunds.create({ chargeId: "C", refundAmount: { amount: CANARIES.note, currencyCode: "USD" } }),
  ];
  for (const outcome of await Promise.allSettled(calls)) {
    if (outcome.status === "fulfilled") continue;
    const error = outcome.reason as Error;
    shown.push(error, error.stack, JSON.stringify(error));
  }
  expect(shown.length).toBeGreaterThan(calls.length * 2);
  return shown.map((entry) => inspect(entry, { depth: 12, showHidden: true, maxStringLength: null })).join("\n");
}

describe("no hook, log or error ever shows", () => {
  test.each<[string, number, string]>([
    ["after success", 200, JSON.stringify({ email: CANARIES.email, reports: [] })],
    [
      "after a refusal",
      422,
      JSON.stringify({ reasonCode: "HardDeclined", message: "declined", email: CANARIES.email }),
    ],
    ["after a gateway's page", 502, `<html>${CANARIES.email}</html>`],
    ["after an answer that is no JSON", 200, `oops ${CANARIES.email}`],
  ])("a secret or a buyer's data, %s", async (_, status, body) => {
    const shown = await everythingShown(status, body);
    for (const [what, canary] of Object.entries(CANARIES)) expect(shown.includes(canary), what).toBe(false);
    expect(shown).not.toContain(KEY_LINE.slice(0, 24));
    expect(shown).not.toMatch(/Signature=[A-Za-z0-9+/]{20}/);
  });
});

describe("what is shown", () => {
  test("are harmless headers, and the names of the others", () => {
    expect(
      redactHeaders({
        accept: "a",
        authorization: "s",
        "X-Amz-Pay-Date": "d",
        "x-amz-pay-authtoken": "s",
        "x-new": "s",
      }),
    ).toEqual({
      accept: "a",
      authorization: "[redacted]",
      "X-Amz-Pay-Date": "d",
      "x-amz-pay-authtoken": "[redacted]",
      "x-new": "[redacted]",
    });
  });

  test("are ids, but no tokens", () => {
    expect(redactPath("/charges/{chargeId}/capture", ["C1"], {})).toBe("/charges/C1/capture");
    expect(redactPath("/buyers/{buyerToken}", ["s"], { pageSize: 5, nextToken: "s", createdSince: undefined })).toBe(
      "/buyers/[redacted]?pageSize=5&nextToken=[redacted]",
    );
  });
});
