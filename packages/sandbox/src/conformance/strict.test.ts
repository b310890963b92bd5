import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { REPORT_TYPES } from "@amazon-pay-kit/sdk/operations";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../index.ts";
import { makePermission, signedCaller } from "../testing/index.ts";

/** What the live service's own sandbox refuses (docs/amazon-pay/sandbox.md, reports 1.1), and this one only when it is strict. */
describe.each([false, true])("strict: %s", (strict) => {
  const open = async () => {
    const clock = manualClock(Date.UTC(2026, 0, 10));
    const sandbox = await createSandbox({ seed: 1, strict, clock, merchants: [{ region: "na" }] });
    return { sandbox, call: signedCaller(sandbox) };
  };

  it("reports that the sandbox environment makes", async () => {
    const { call } = await open();
    const made: string[] = [];
    for (const reportType of REPORT_TYPES) {
      const body = { reportType, startTime: "20260101T000000Z", endTime: "20260102T000000Z" };
      if ((await call("POST", "/v2/reports", body)).status === 201) made.push(reportType);
    }
    const sandboxOnly = ["_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_"];
    const all = REPORT_TYPES.filter((type) => type !== "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_");
    expect(made).toEqual(strict ? sandboxOnly : all);
  });

  it.each([
    ["createCharge", "PendingAuthorized"],
    ["createCharge", "MFANotCompleted"],
    ["createRefund", "ProcessingFailure"],
  ])("a code of our own for %s: %s", async (operation, code) => {
    const { sandbox, call } = await open();
    const { chargePermissionId } = await makePermission(sandbox);
    const chargeAmount = { amount: "5.00", currencyCode: "USD" };
    const headers = { "x-amz-pay-simulation-code": code };
    const charge = { chargePermissionId, chargeAmount, canHandlePendingAuthorization: true };
    let answer = await call("POST", "/v2/charges", charge, operation === "createCharge" ? headers : {});
    if (operation === "createRefund") {
      const chargeId = String(answer.body["chargeId"]);
      await call("POST", `/v2/charges/${chargeId}/capture`, { captureAmount: chargeAmount });
      answer = await call("POST", "/v2/refunds", { chargeId, refundAmount: chargeAmount }, headers);
    }
    expect(answer.body["reasonCode"] === "InvalidSandboxSimulationSpecified").toBe(strict);
  });

  it("the authorization token in the sandbox environment", async () => {
    const { sandbox, call } = await open();
    const { merchantId, mws } = sandbox.merchants[0] ?? {};
    const answer = await call("GET", `/v2/authorizationTokens/${mws?.authToken}?merchantId=${merchantId}`);
    expect(answer).toMatchObject(
      strict ? { status: 405, body: { reasonCode: "RequestNotSupported" } } : { status: 200 },
    );
  });
});
