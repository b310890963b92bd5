import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { OPERATIONS, type Field, type FieldTable } from "@amazon-pay-kit/sdk/operations";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { makePermission, signedCaller, type SignedCaller } from "../testing/index.ts";

/** More of them with FUZZ_RUNS=20000. */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? "250");

/** Values that are wrong in most places. */
function wrong(ids: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom<unknown>(...ids, "", "0", "-1", "1e400", "NaN", "__proto__", "2026-02-30T00:00:00Z"),
    fc.constantFrom<unknown>(null, true, 0, -0, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 2, [], {}, [null], [[]]),
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.jsonValue({ maxDepth: 3 }),
  );
}

/** A value that the member's row of the table lets pass. */
function right(field: Field, name: string, ids: readonly string[]): fc.Arbitrary<unknown> {
  switch (field.type) {
    case "text":
      if (field.values !== undefined) return fc.constantFrom(...field.values);
      if (name === "storeId") return fc.constantFrom(...ids.filter((id) => id.startsWith("amzn1.")));
      if (name === "scanData") return fc.constant("UKhrmatMeKdlfY6b");
      return name.endsWith("Id") ? fc.constantFrom(...ids) : fc.stringMatching(/^[A-Za-z0-9]{2,8}$/);
    case "integer":
      return fc.integer({ min: field.min ?? 0, max: field.max ?? 9 });
    case "price":
      return fc.record({
        amount: fc.constantFrom<unknown>("0.01", "5.00", 1, "70.00"),
        currencyCode: fc.constant("USD"),
      });
    case "url":
      return fc.constantFrom("https://shop.example/a", "http://localhost:3000/b?c=d");
    case "boolean":
      return fc.boolean();
    case "timestamp":
      return fc.constantFrom("20260101T000000Z", "2026-01-02T00:00:00Z");
    case "list":
      return fc.array(right(field.items, name, ids), { minLength: 1, maxLength: 2 });
    case "object":
      return bodyOf(field.fields, ids);
    default:
      return wrong(ids);
  }
}

/** A body that passes, but that now and then one of its members is wrong, or one is there that nobody knows. */
function bodyOf(fields: FieldTable, ids: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const rows = Object.entries(fields);
  const members = Object.fromEntries(
    rows.map(([name, field]) => [
      name,
      fc.oneof({ weight: 60, arbitrary: right(field, name, ids) }, { weight: 1, arbitrary: wrong(ids) }),
    ]),
  );
  return fc.record(members, {
    requiredKeys: rows.filter(([, field]) => field.required === true).map(([name]) => name),
  });
}

/** Which ids fit into which place of a path. */
const FITS: Readonly<Record<string, RegExp>> = {
  chargePermissionId: /^[SC]01-\d{7}-\d{7}$/,
  chargeId: /-C\d{6}$/,
  disputeId: /-B\d{6}$/,
  checkoutSessionId: /^[0-9a-f]{8}-/,
};

describe("whatever is sent", () => {
  let sandbox: Sandbox;
  let call: SignedCaller;
  const logged: string[] = [];
  const ids: string[] = [];
  beforeAll(async () => {
    const logger = { warn: (text: string) => logged.push(text), error: (text: string) => logged.push(text) };
    const clock = manualClock(Date.UTC(2026, 0, 10));
    sandbox = await createSandbox({ seed: 1, clock, merchants: [{ region: "na" }], logger });
    call = signedCaller(sandbox);
    for (const type of ["OneTime", "Recurring", "PaymentMethodOnFile"] as const) {
      const { chargePermissionId } = await makePermission(sandbox, { type });
      const body = {
        chargePermissionId,
        chargeAmount: { amount: "5.00", currencyCode: "USD" },
        captureNow: type !== "OneTime",
      };
      ids.push(chargePermissionId, String((await call("POST", "/v2/charges", body)).body["chargeId"]));
    }
    const session = {
      webCheckoutDetails: {
        checkoutReviewReturnUrl: "https://shop.example",
        checkoutResultReturnUrl: "https://shop.example",
      },
      storeId: sandbox.merchants[0]?.storeId,
    };
    for (const action of [undefined, "sign-in", "approve"]) {
      const paymentDetails = { paymentIntent: "Authorize", chargeAmount: { amount: "5.00", currencyCode: "USD" } };
      const made = await call("POST", "/v2/checkoutSessions", { ...session, paymentDetails });
      const id = String(made.body["checkoutSessionId"]);
      if (action !== undefined) await sandbox.control("POST", `/checkout-sessions/${id}/buyer`, { action: "sign-in" });
      if (action === "approve") await sandbox.control("POST", `/checkout-sessions/${id}/buyer`, { action });
      ids.push(id);
    }
    ids.push(sandbox.merchants[0]?.storeId ?? "");
  });

  it("is answered with what is documented, and the clock goes on afterwards", async () => {
    const withBody = OPERATIONS.filter(({ body }) => body !== undefined);
    const request = fc.constantFrom(...withBody).chain((operation) =>
      fc.record({
        operation: fc.constant(operation),
        ids: fc.array(fc.constantFrom(...ids, "none"), { minLength: 2, maxLength: 2 }),
        body: bodyOf(operation.body ?? {}, ids),
        code: fc.constantFrom(undefined, undefined, undefined, "SoftDeclined", "CaptureInitiated", "nonsense"),
      }),
    );
    const passed = new Set<string>();
    let turn = 0;
    await fc.assert(
      fc.asyncProperty(request, async ({ operation, ids: chosen, body, code }) => {
        turn += 1;
        let next = 0;
        const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
          const fitting = ids.filter((id) => FITS[name]?.test(id));
          const any = chosen[next++] ?? "";
          return encodeURIComponent(
            fitting.length === 0 || turn % 7 === 0 ? any : (fitting[turn % fitting.length] ?? any),
          );
        });
        const headers = {
          ...(operation.method === "POST" ? { "x-amz-pay-idempotency-key": `fuzz${turn}` } : {}),
          ...(code === undefined ? {} : { "x-amz-pay-simulation-code": code }),
        };
        const answer = await call(operation.method, `/v2${path}`, body, headers);
        const reason = answer.status >= 400 ? answer.body["reasonCode"] : undefined;
        expect(reason).not.toBe("InternalServerError");
        if (reason !== undefined) expect(Object.keys(answer.body)).toEqual(["reasonCode", "message"]);
        if (answer.status < 300) {
          passed.add(operation.name);
          for (const [name, value] of Object.entries(answer.body ?? {})) {
            if (/^(charge|refund|dispute|checkoutSession|chargePermission)Id$/.test(name) && typeof value === "string")
              ids.push(value);
          }
        }
        if (turn % 50 === 0) await sandbox.clock.advance("P3D");
      }),
      { numRuns: RUNS },
    );
    await sandbox.clock.advance("P400D");
    // Most of them are right, so that it is the operations that are tried, and not only the checks before them.
    expect(passed.size).toBeGreaterThan(5);
    expect(logged).toEqual([]);
    expect(sandbox.failures).toEqual([]);
    // What came of it can be kept and put back.
    const snapshot = sandbox.snapshot();
    sandbox.restore(snapshot);
    expect(sandbox.snapshot()).toBe(snapshot);
  }, 600_000);
});
