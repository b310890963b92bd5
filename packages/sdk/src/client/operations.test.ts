import { describe, expect, test } from "vitest";
import { scripted, TEST_VERIFIER, testClient } from "../conformance/client-fixture.ts";
import { matchOperation } from "../operations/match.ts";
import { OPERATIONS, type OperationName } from "../operations/table.ts";
import { verifyRequestSync } from "../signing/verify-request.ts";
import type { AmazonPay } from "../amazon-pay.ts";

const usd = { amount: "14.00", currencyCode: "USD" } as const;
const urls = { checkoutReviewReturnUrl: "https://shop.example/review" };
const REFUND_REPORT = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_";
const period = { startTime: new Date(Date.UTC(2026, 0, 1)), endTime: "20260102T000000Z" };
const business = { businessType: "CORPORATE" } as const;

/** Every method of the client, with the operation it must call and the target it must send to. */
const CALLS: Readonly<Record<OperationName, readonly [(client: AmazonPay) => Promise<unknown>, target: string]>> = {
  createCheckoutSession: [
    (client) => client.checkoutSessions.create({ webCheckoutDetails: urls, storeId: "s" }),
    "/v2/checkoutSessions",
  ],
  getCheckoutSession: [(client) => client.checkoutSessions.retrieve("a/b"), "/v2/checkoutSessions/a%2Fb"],
  updateCheckoutSession: [
    (client) => client.checkoutSessions.update("c", { platformId: "p" }),
    "/v2/checkoutSessions/c",
  ],
  completeCheckoutSession: [(client) => client.checkoutSessions.complete("c"), "/v2/checkoutSessions/c/complete"],
  finalizeCheckoutSession: [
    (client) => client.checkoutSessions.finalize("c", { chargeAmount: usd, paymentIntent: "Confirm" }),
    "/v2/checkoutSessions/c/finalize",
  ],
  getChargePermission: [(client) => client.chargePermissions.retrieve("S01-1-1"), "/v2/chargePermissions/S01-1-1"],
  updateChargePermission: [(client) => client.chargePermissions.update("S01-1-1", {}), "/v2/chargePermissions/S01-1-1"],
  closeChargePermission: [
    (client) => client.chargePermissions.close("S01-1-1", { closureReason: "done" }),
    "/v2/chargePermissions/S01-1-1/close",
  ],
  createCharge: [
    (client) => client.charges.create({ chargePermissionId: "S01-1-1", chargeAmount: usd }),
    "/v2/charges",
  ],
  getCharge: [(client) => client.charges.retrieve("C"), "/v2/charges/C"],
  updateCharge: [(client) => client.charges.update("C", { statusDetails: { state: "Canceled" } }), "/v2/charges/C"],
  captureCharge: [(client) => client.charges.capture("C", { captureAmount: usd }), "/v2/charges/C/capture"],
  cancelCharge: [(client) => client.charges.cancel("C", { cancellationReason: "no" }), "/v2/charges/C/cancel"],
  createRefund: [(client) => client.refunds.create({ chargeId: "C", refundAmount: usd }), "/v2/refunds"],
  getRefund: [(client) => client.refunds.retrieve("R"), "/v2/refunds/R"],
  getBuyer: [(client) => client.buyers.retrieve("t+/="), "/v2/buyers/t%2B%2F%3D"],
  deliveryTrackers: [
    (client) => client.deliveryTrackers.create({ chargePermissionId: "S", deliveryDetails: [] }),
    "/v2/deliveryTrackers",
  ],
  getAuthorizationToken: [
    (client) => client.authorizationTokens.retrieve("t", { merchantId: "A B" }),
    "/v2/authorizationTokens/t?merchantId=A%20B",
  ],
  merchantScan: [
    (client) => client.inStore.scan({ scanData: "d", scanReferenceId: "r", merchantCOE: "US", ledgerCurrency: "USD" }),
    "/v2/in-store/merchantScan",
  ],
  charge: [
    (client) => client.inStore.charge({ chargePermissionId: "S", chargeReferenceId: "r", chargeTotal: usd }),
    "/v2/in-store/charge",
  ],
  refund: [
    (client) => client.inStore.refund({ chargeId: "C", refundReferenceId: "r", refundTotal: usd }),
    "/v2/in-store/refund",
  ],
  getReports: [
    (client) =>
      client.reports.list({
        reportTypes: [REFUND_REPORT],
        processingStatuses: ["COMPLETED", "FAILED"],
        createdSince: period.startTime,
        pageSize: 5,
      }),
    `/v2/reports?createdSince=20260101T000000Z&pageSize=5&processingStatuses=COMPLETED%2CFAILED&reportTypes=${REFUND_REPORT}`,
  ],
  getReportById: [(client) => client.reports.retrieve("1"), "/v2/reports/1"],
  getReportDocument: [
    (client) => client.reportDocuments.retrieve("amzn1.tortuga.3.x"),
    "/v2/report-documents/amzn1.tortuga.3.x",
  ],
  createReport: [(client) => client.reports.create({ reportType: REFUND_REPORT, ...period }), "/v2/reports"],
  getReportSchedules: [
    (client) => client.reportSchedules.list({ reportTypes: REFUND_REPORT }),
    `/v2/report-schedules?reportTypes=${REFUND_REPORT}`,
  ],
  getReportScheduleById: [(client) => client.reportSchedules.retrieve("1"), "/v2/report-schedules/1"],
  createReportSchedule: [
    (client) =>
      client.reportSchedules.create({
        reportType: REFUND_REPORT,
        scheduleFrequency: "P1D",
        deleteExistingSchedule: true,
      }),
    "/v2/report-schedules",
  ],
  cancelReportSchedule: [(client) => client.reportSchedules.cancel("1"), "/v2/report-schedules/1"],
  getDisbursements: [
    (client) => client.disbursements.list(period),
    "/v2/disbursements?endTime=20260102T000000Z&startTime=20260101T000000Z",
  ],
  createDispute: [
    (client) =>
      client.disputes.create({
        chargeId: "C",
        disputeAmount: usd,
        filingReason: "Other",
        filingTimestamp: 1_767_312_000,
        statusDetails: { state: "ActionRequired" },
      }),
    "/v2/disputes",
  ],
  getDispute: [(client) => client.disputes.retrieve("D"), "/v2/disputes/D"],
  updateDispute: [(client) => client.disputes.update("D", { statusDetails: { state: "Closed" } }), "/v2/disputes/D"],
  contestDispute: [
    (client) => client.disputes.contest("D", { merchantEvidences: [{ evidenceType: "Receipt", evidenceText: "t" }] }),
    "/v2/disputes/D/contest",
  ],
  uploadFile: [(client) => client.files.create({ type: "pdf", purpose: "disputeEvidence" }), "/v2/files"],
  createMerchantAccount: [
    (client) =>
      client.merchantAccounts.create({
        uniqueReferenceId: "u",
        ledgerCurrency: "JPY",
        businessInfo: { ...business, annualSalesVolume: { amount: "1000", currencyCode: "JPY" } },
      }),
    "/v2/merchantAccounts",
  ],
  registerAmazonPayAccount: [
    (client) =>
      client.merchantAccounts.register({ uniqueReferenceId: "u", ledgerCurrency: "JPY", businessInfo: business }),
    "/v2/merchantAccounts",
  ],
  updateMerchantAccount: [
    (client) => client.merchantAccounts.update("A", { businessInfo: business }, { authToken: "jwt" }),
    "/v2/merchantAccounts/A",
  ],
  updateAmazonPayAccount: [
    (client) => client.merchantAccounts.updateRegistered("A", { businessInfo: business }),
    "/v2/merchantAccounts/A",
  ],
  deleteAmazonPayAccount: [(client) => client.merchantAccounts.delete("A"), "/v2/merchantAccounts/A"],
  merchantAccountClaim: [
    (client) => client.merchantAccounts.claim("A", { uniqueReferenceId: "u" }),
    "/v2/merchantAccounts/A/claim",
  ],
  createStore: [
    (client) =>
      client.stores.create("A", { allowedOriginDomains: ["https://a.example"], storeName: "s" }, { authToken: "jwt" }),
    "/v2/merchantAccounts/A/stores",
  ],
  updateStore: [
    (client) => client.stores.update("A", "S", { storeName: "s" }, { authToken: "jwt" }),
    "/v2/merchantAccounts/A/stores/S",
  ],
};

describe("every operation", () => {
  test.each(OPERATIONS)("$name sends what its row says, signed, and gives the object", async (row) => {
    const transport = scripted({
      status: row.success[0],
      body: '{"id":"x","newMember":{"deep":[1,null]}}',
      headers: { "x-amz-pay-request-id": "r1" },
    });
    const { client } = testClient(transport);
    const [call, target] = CALLS[row.name];
    expect(await call(client)).toMatchObject({ id: "x", newMember: { deep: [1, null] } });
    const [request] = transport.sent;
    if (request === undefined) throw new Error("nothing was sent");
    expect([request.method, request.origin, request.target]).toEqual([
      row.method,
      "https://pay-api.amazon.com",
      target,
    ]);
    const match = matchOperation(request.method, target.split("?")[0] ?? "");
    expect(
      match.operation === undefined ? [] : [match.operation.name, ...match.alternatives.map((other) => other.name)],
    ).toContain(row.name);
    expect(request.body === undefined).toBe(row.body === undefined);
    expect(request.headers["x-amz-pay-idempotency-key"] === undefined).toBe(
      row.method !== "POST" || row.idempotency === "none",
    );
    expect(
      verifyRequestSync(
        { method: request.method, path: request.target, headers: request.headers, body: request.body },
        TEST_VERIFIER,
      ),
    ).toMatchObject({ valid: true });
  });
});

describe("a request", () => {
  test("has the documented headers, signed as the documentation has them", async () => {
    const transport = scripted({});
    await testClient(transport).client.charges.create(
      { chargePermissionId: "S", chargeAmount: usd },
      { headers: { "X-Amz-Pay-Simulation-Code": "SoftDeclined" }, idempotencyKey: "key-1" },
    );
    expect(transport.sent[0]?.headers).toEqual({
      accept: "application/json",
      "content-type": "application/json",
      "x-amz-pay-date": "20260102T030405Z",
      "x-amz-pay-host": "pay-api.amazon.com",
      "x-amz-pay-idempotency-key": "key-1",
      "x-amz-pay-region": "na",
      "x-amz-pay-simulation-code": "SoftDeclined",
      "user-agent": expect.stringMatching(/^amazon-pay-kit\//),
      authorization: expect.stringMatching(
        /^AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=SANDBOX-TEST, SignedHeaders=accept;content-type;x-amz-pay-date;x-amz-pay-host;x-amz-pay-idempotency-key;x-amz-pay-region, Signature=/,
      ),
    });
  });

  test("carries a simulation code", async () => {
    const transport = scripted({});
    await testClient(transport).client.charges.retrieve("C", { simulate: "SoftDeclined" });
    expect(transport.sent[0]?.headers["x-amz-pay-simulation-code"]).toBe("SoftDeclined");
  });

  test("signs the auth token, however it was given", async () => {
    const transport = scripted({});
    const { client } = testClient(transport);
    await client.charges.retrieve("C", { authToken: "jwt" });
    await client.charges.retrieve("C", { headers: { "X-Amz-Pay-AuthToken": "jwt" } });
    for (const { headers } of transport.sent)
      expect(headers["authorization"]).toContain("content-type;x-amz-pay-authtoken;x-amz-pay-date;");
  });

  test("carries the client's auth token, unless the call has its own", async () => {
    const transport = scripted({});
    const { client } = testClient(transport, { authToken: "of-the-client" });
    await client.charges.retrieve("C");
    await client.charges.retrieve("C", { authToken: "of-the-call" });
    await client.call({ method: "GET", path: "/charges/C" });
    expect(transport.sent.map(({ headers }) => headers["x-amz-pay-authtoken"])).toEqual([
      "of-the-client",
      "of-the-call",
      "of-the-client",
    ]);
    expect(() => testClient(transport, { authToken: "a b" })).toThrow(/authToken/);
  });

  test("never carries two idempotency keys", async () => {
    const transport = scripted({});
    await testClient(transport).client.charges.create(
      { chargePermissionId: "S", chargeAmount: usd },
      { headers: { "X-Amz-Pay-Idempotency-Key": "mine" } },
    );
    expect(
      Object.entries(transport.sent[0]?.headers ?? {}).filter(([name]) => name.toLowerCase().includes("idempotency")),
    ).toEqual([["x-amz-pay-idempotency-key", "mine"]]);
  });

  test("leaves the caller's objects as they are", async () => {
    const body = Object.freeze({
      chargePermissionId: "S",
      chargeAmount: Object.freeze({ minor: 1400n, currency: "USD" }),
    });
    const options = Object.freeze({ headers: Object.freeze({}) });
    await testClient(scripted({})).client.charges.create(body, options);
    expect(body).toEqual({ chargePermissionId: "S", chargeAmount: { minor: 1400n, currency: "USD" } });
  });
});

describe("an answer", () => {
  test("comes with its response on request", async () => {
    const { client } = testClient(
      scripted({ status: 202, headers: { "x-amz-pay-request-id": "r9" }, body: '{"a":1}' }),
    );
    expect(await client.checkoutSessions.complete("c").withResponse()).toEqual({
      data: { a: 1 },
      status: 202,
      headers: { "x-amz-pay-request-id": "r9" },
      requestId: "r9",
      retries: 0,
    });
  });

  test("of 303 is handed on, not followed", async () => {
    const { client } = testClient(
      scripted({ status: 303, headers: { location: "https://pay.amazon.com/claim" }, body: "" }),
    );
    expect(await client.merchantAccounts.claim("A", { uniqueReferenceId: "u" })).toEqual({
      location: "https://pay.amazon.com/claim",
    });
    const { client: again } = testClient(scripted({ status: 200, body: '{"merchantAccountId":"A"}' }));
    expect(await again.merchantAccounts.claim("A", { uniqueReferenceId: "u" })).toEqual({
      merchantAccountId: "A",
      location: null,
    });
  });

  test("without a body is an empty object", async () => {
    const { client } = testClient(scripted({ status: 204, body: "" }));
    expect(await client.merchantAccounts.updateRegistered("A", {})).toEqual({});
  });

  test("has its address texts read, and what is no JSON left alone", async () => {
    const { client } = testClient(
      scripted({
        body: JSON.stringify({
          shippingAddressList: ['{"addressId":"a1","city":"Köln"}', "broken", { addressId: "a2" }],
        }),
      }),
    );
    expect((await client.checkoutSessions.retrieve("c")).shippingAddressList).toEqual([
      { addressId: "a1", city: "Köln" },
      "broken",
      { addressId: "a2" },
    ]);
  });

  test("of a schedule is read in both documented shapes", async () => {
    for (const body of ['{"reportScheduleId":"1"}', '{"reportSchedules":[{"reportScheduleId":"1"}]}']) {
      expect(await testClient(scripted({ body })).client.reportSchedules.retrieve("1")).toEqual({
        reportScheduleId: "1",
      });
    }
  });

  test.each(["null", "[]", '"text"', "7", "true"])("that is JSON but no object is an error: %s", async (body) => {
    for (const call of [
      testClient(scripted({ body })).client.charges.retrieve("C"),
      testClient(scripted({ body })).client.checkoutSessions.retrieve("S"),
      testClient(scripted({ body })).client.reports.list(),
    ]) {
      await expect(call).rejects.toMatchObject({
        code: "answer.shape",
        message: expect.stringContaining("no JSON object") as string,
      });
    }
  });

  test("that is no JSON is an error that says so", async () => {
    const { client } = testClient(scripted({ body: "<html>welcome to the hotel</html>" }));
    await expect(client.charges.retrieve("C")).rejects.toMatchObject({
      code: "answer.not-json",
      status: 200,
      operation: "getCharge",
    });
  });
});

describe("any other call", () => {
  test("goes out as it is, and a POST without a key is not repeated", async () => {
    const transport = scripted({ status: 503, body: "" });
    const { client } = testClient(transport);
    await expect(client.call({ method: "POST", path: "/newThings", body: { a: 1 } })).rejects.toMatchObject({
      code: "api.service",
      retries: 0,
    });
    expect(transport.sent).toHaveLength(1);
    await expect(
      client.call({ method: "POST", path: "/newThings", body: '{ "a": 1 }', options: { idempotencyKey: "k" } }),
    ).rejects.toMatchObject({ retries: 3 });
    expect(transport.sent[1]).toMatchObject({ target: "/v2/newThings", body: '{ "a": 1 }' });
    await expect(client.call({ method: "GET", path: "charges?x" })).rejects.toMatchObject({ code: "config.option" });
  });

  test("encodes a path the way it signs it", async () => {
    const transport = scripted({});
    await testClient(transport).client.call({
      method: "GET",
      path: "/buyers/Köln%2F1",
      query: { b: "2", a: ["y", "x"] },
    });
    const [request] = transport.sent;
    expect(request?.target).toBe("/v2/buyers/K%C3%B6ln%2F1?a=x&a=y&b=2");
    expect(
      verifyRequestSync({ method: "GET", path: request?.target ?? "", headers: request?.headers ?? {} }, TEST_VERIFIER)
        .valid,
    ).toBe(true);
  });
});
