import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { scripted, testClient } from "../conformance/client-fixture.ts";
import { AmazonPayError } from "./amazon-pay-error.ts";
import { ApiError } from "./api-error.ts";
import * as exported from "./index.ts";
import { REASON_CODES } from "../operations/reason-codes.ts";
import { situationOf } from "./situation.ts";

const CLASSES: Readonly<Record<string, string>> = {
  "api.invalid-request": "InvalidRequestError",
  "api.authentication": "AuthenticationError",
  "api.signature": "SignatureError",
  "api.not-found": "NotFoundError",
  "api.state": "StateError",
  "api.amount": "AmountError",
  "api.declined": "DeclinedError",
  "api.idempotency": "IdempotencyError",
  "api.throttled": "ThrottledError",
  "api.service": "ServiceError",
  "api.redirect": "RedirectError",
  "api.other": "OtherApiError",
};

async function failure(status: number, body: string, headers: Record<string, string> = {}): Promise<ApiError> {
  const { client } = testClient(scripted({ status, body, headers: { "x-amz-pay-request-id": "r-1", ...headers } }), {
    maxRetries: 0,
  });
  const error: unknown = await client.charges.retrieve("C").catch((caught: unknown) => caught);
  if (!(error instanceof ApiError)) throw new Error("no ApiError", { cause: error });
  return error;
}

describe("the service's reason codes", () => {
  test.each(
    Object.entries(REASON_CODES).flatMap(([situation, codes]) => codes.map((code) => [code, situation] as const)),
  )("%s is %s", async (reasonCode, situation) => {
    const error = await failure(422, JSON.stringify({ reasonCode, message: "in words" }));
    expect(error).toBeInstanceOf(AmazonPayError);
    expect(error).toMatchObject({
      name: CLASSES[situation],
      code: situation,
      status: 422,
      reasonCode,
      serviceMessage: "in words",
      requestId: "r-1",
      operation: "getCharge",
      retries: 0,
    });
    expect(error.message).toContain("in words");
    expect(error.message).toContain("r-1");
    expect(new Map<string, unknown>(Object.entries(exported)).get(error.name)).toBe(error.constructor);
  });

  test.each([
    [400, "api.invalid-request"],
    [401, "api.authentication"],
    [403, "api.authentication"],
    [404, "api.not-found"],
    [409, "api.state"],
    [418, "api.invalid-request"],
    [422, "api.state"],
    [429, "api.throttled"],
    [500, "api.service"],
    [302, "api.redirect"],
    [199, "api.other"],
  ])("one that is not known with %i is %s", (status, situation) => {
    expect(situationOf(status, "BrandNewReason")).toBe(situation);
    expect(situationOf(status, "toString")).toBe(situation);
  });
});

describe("answers of gateways", () => {
  test.each([
    ["", "empty"],
    ["<html><body>502 Bad Gateway by mallory@example.com</body></html>", "HTML"],
    ["upstream timed out", "no JSON"],
    ["null", "no message"],
    ["[]", "no message"],
    ['{"reasonCode":7,"message":{}}', "no message"],
    ['{"reasonCode":"","message":""}', "no message"],
  ])("%j does no harm and is not quoted", async (body, words) => {
    const error = await failure(502, body);
    expect(error).toMatchObject({ code: "api.service", status: 502, reasonCode: null });
    expect(error.serviceMessage).toContain(words);
    expect(error.message).not.toContain("mallory");
  });
});

describe("what a decline advises", () => {
  test.each([
    ["SoftDeclined", "retry-if-chargeable"],
    ["ProcessingFailure", "retry-if-chargeable"],
    ["TransactionTimedOut", "retry-if-chargeable"],
    ["HardDeclined", "other-payment-method"],
    ["PaymentMethodNotAllowed", "other-payment-method"],
    ["MFANotCompleted", "confirm"],
    ["AmazonRejected", "stop"],
  ])("%s: %s", async (reasonCode, advice) => {
    expect(await failure(422, JSON.stringify({ reasonCode, message: "m" }))).toMatchObject({ advice });
  });
});

test("an error shows no authorization, neither as text nor when inspected", async () => {
  const error = await failure(422, '{"reasonCode":"HardDeclined","message":"m"}');
  for (const shown of [
    String(error),
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: 10, showHidden: true }),
  ]) {
    expect(shown).not.toMatch(/Signature=|PublicKeyId/);
  }
});

test("every class is an AmazonPayError and has a stable name", () => {
  for (const [name, candidate] of Object.entries(exported)) {
    if (name === "AmazonPayError") continue;
    expect(Object.create(candidate.prototype), name).toBeInstanceOf(AmazonPayError);
  }
});

test("a message that quotes the refused signature is kept without it, its string to sign with it", async () => {
  const text = "AMZN-PAY-RSASSA-PSS-V2\n623f683dad69d947";
  const error = await failure(
    403,
    JSON.stringify({
      reasonCode: "InvalidRequestSignature",
      message: `Unable to verify signature, signing String [${text}] , signature [${"Ab+/".repeat(86)}==]`,
    }),
  );
  expect(error.message).toContain(`signing String [${text}] , signature [redacted]`);
  expect(inspect(error, { depth: 9 })).not.toContain("Ab+/Ab+/");
});
