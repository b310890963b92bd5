import { OPERATIONS } from "@amazon-pay-kit/sdk/operations";
import { beforeAll, describe, expect, it } from "vitest";
import { REASON_STATUS, type ReasonCode } from "../api/reason-codes.ts";
import { createSandbox, type Sandbox } from "../index.ts";
import { signedCaller, type SignedAnswer, type SignedCaller } from "../testing/index.ts";

const TWISTED = JSON.stringify({
  chargeAmount: "5",
  captureAmount: [],
  refundAmount: 5,
  chargePermissionId: 5,
  chargeId: {},
  statusDetails: "x",
  deliveryDetails: "y",
  merchantEvidences: {},
  reportType: [],
  type: 5,
  purpose: {},
  webCheckoutDetails: 5,
  closureReason: 5,
  cancellationReason: [],
  scanData: null,
  businessInfo: "x",
  uniqueReferenceId: {},
});

const BODIES: readonly (readonly [string, string, ReasonCode | undefined])[] = [
  ["half a body", '{"chargeAmount":', "InvalidRequestFormat"],
  ["a list", "[]", "InvalidRequestFormat"],
  ["a text", '"x"', "InvalidRequestFormat"],
  ["a number", "5", "InvalidRequestFormat"],
  ["no UTF-8 text", "\u0000", "InvalidRequestFormat"],
  ["deep nesting", `${'{"a":'.repeat(500)}1${"}".repeat(500)}`, "InvalidRequestFormat"],
  ["wrong types", TWISTED, undefined],
  ["an unknown member", '{"$type":"Amazon.Pay"}', undefined],
  ["a prototype", '{"__proto__":{"chargeAmount":5},"constructor":1}', undefined],
  ["nothing", "", undefined],
];

describe("bad input to every operation", () => {
  let sandbox: Sandbox;
  let call: SignedCaller;
  const logged: string[] = [];
  beforeAll(async () => {
    const logger = { warn: (text: string) => logged.push(text), error: (text: string) => logged.push(text) };
    sandbox = await createSandbox({ seed: 1, merchants: [{ region: "na" }], logger });
    call = signedCaller(sandbox);
  });

  const documented = ({ status, headers, body }: SignedAnswer, where: string): string => {
    expect(headers.get("x-amz-pay-request-id"), where).toMatch(/^[0-9a-f-]{36}$/);
    expect(Object.keys(body), where).toEqual(["reasonCode", "message"]);
    const reason = String(body["reasonCode"]);
    expect(REASON_STATUS[reason as ReasonCode], where).toBe(status);
    expect(String(body["message"]), where).not.toMatch(/\n\s+at |node:internal/);
    return reason;
  };

  it.each(OPERATIONS.map((operation) => [operation.name, operation] as const))("%s", async (name, operation) => {
    const path = `/v2${operation.path.replaceAll(/\{\w+\}/g, "none")}`;
    if (operation.body === undefined) {
      const answer = await call(
        operation.method,
        `${path}${operation.query === undefined ? "" : "?pageSize=ten&createdSince=x&startTime=y"}`,
      );
      if (answer.status !== 200) expect(documented(answer, name)).not.toBe("InternalServerError");
      return;
    }
    for (const [what, body, expected] of BODIES) {
      const answer = await call(operation.method, path, body);
      const where = `${name} with ${what}`;
      const reason = documented(answer, where);
      if (expected !== undefined) expect(reason, where).toBe(expected);
      expect(
        [
          "InvalidRequestFormat",
          "MissingParameterValue",
          "InvalidParameterValue",
          "UnrecognizedField",
          "MissingHeader",
          "ResourceNotFound",
        ],
        where,
      ).toContain(reason);
    }
  });

  it("a body that is too long, at once", async () => {
    const answer = await call("POST", "/v2/charges", "x".repeat(1024 * 1024 + 1));
    expect(documented(answer, "too long")).toBe("InvalidRequest");
  });

  it.each([
    ["/v3/charges/x", "InvalidAPIVersion"],
    ["/sandbox/v1/charges/x", "InvalidAPIVersion"],
    ["/v2/unicorns", "ResourceNotFound"],
    ["/v2/charges/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "ResourceNotFound"],
    ["/v2/charges/__proto__", "ResourceNotFound"],
    ["/v2/charges/%00", "ResourceNotFound"],
    [`/v2/charges/${"x".repeat(5000)}`, "ResourceNotFound"],
    ["/v2/charges/%zz", "ResourceNotFound"],
  ])("the path %s: %s", async (path, reason) => {
    expect(documented(await call("GET", path), path)).toBe(reason);
  });

  it("leaves nothing behind, and nothing in the error log", () => {
    const { charges, refunds, chargePermissions, checkoutSessions, disputes } = sandbox.engine.state;
    expect([charges, refunds, chargePermissions, checkoutSessions, disputes].map(({ size }) => size)).toEqual([
      0, 0, 0, 0, 0,
    ]);
    expect(logged).toEqual([]);
    expect(sandbox.failures).toEqual([]);
  });
});
