import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type StartedSandbox } from "../index.ts";

/** The part of the official client that is used here; it has no types of its own. */
interface OfficialClient {
  createCheckoutSession(payload: unknown, headers: Record<string, string>): Promise<OfficialAnswer>;
  getCheckoutSession(id: string, headers?: Record<string, string>): Promise<OfficialAnswer>;
  updateCheckoutSession(id: string, payload: unknown): Promise<OfficialAnswer>;
  completeCheckoutSession(id: string, payload: unknown): Promise<OfficialAnswer>;
  getChargePermission(id: string, headers?: Record<string, string>): Promise<OfficialAnswer>;
  closeChargePermission(id: string, payload: unknown): Promise<OfficialAnswer>;
  createCharge(payload: unknown, headers: Record<string, string>): Promise<OfficialAnswer>;
  getCharge(id: string): Promise<OfficialAnswer>;
  captureCharge(id: string, payload: unknown, headers: Record<string, string>): Promise<OfficialAnswer>;
  cancelCharge(id: string, payload: unknown): Promise<OfficialAnswer>;
  createRefund(payload: unknown, headers: Record<string, string>): Promise<OfficialAnswer>;
  getRefund(id: string): Promise<OfficialAnswer>;
  getBuyer(token: string): Promise<OfficialAnswer>;
}

interface OfficialAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly data: Record<string, unknown>;
}

const { WebStoreClient } = createRequire(import.meta.url)("@amazonpay/amazon-pay-api-sdk-nodejs") as {
  readonly WebStoreClient: new (config: Record<string, unknown>) => OfficialClient;
};

let count = 0;
const key = (): Record<string, string> => {
  count += 1;
  return { "x-amz-pay-idempotency-key": `official${count}` };
};

describe.each([
  { algorithm: undefined, keyIndex: 0 },
  { algorithm: undefined, keyIndex: 1 },
  { algorithm: "AMZN-PAY-RSASSA-PSS-V2", keyIndex: 0 },
  { algorithm: "AMZN-PAY-RSASSA-PSS-V2", keyIndex: 1 },
])("the official Node SDK over HTTPS, algorithm $algorithm, key $keyIndex", ({ algorithm, keyIndex }) => {
  let started: StartedSandbox;
  let client: OfficialClient;
  const tls = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];

  beforeAll(async () => {
    started = await startSandbox({ port: 0, httpsPort: 0, seed: 1 });
    const merchant = started.ready.merchants[0];
    const pair = merchant?.keys[keyIndex];
    client = new WebStoreClient({
      publicKeyId: pair?.publicKeyId,
      privateKey: readFileSync(pair?.privateKeyFile ?? ""),
      region: "us",
      sandbox: true,
      overrideServiceUrl: new URL(started.ready.https).host,
      ...(algorithm === undefined ? {} : { algorithm }),
    });
  });

  afterAll(async () => {
    // The official client switches verification off for the whole process.
    if (tls === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = tls;
    await started.close();
  });

  it("goes from a session to a refund", async () => {
    const storeId = started.ready.merchants[0]?.storeId;
    const created = await client.createCheckoutSession(
      {
        webCheckoutDetails: {
          checkoutReviewReturnUrl: "https://localhost/review",
          checkoutResultReturnUrl: "https://localhost/result",
        },
        storeId,
      },
      key(),
    );
    expect(created.status).toBe(201);
    expect(created.headers["x-amz-pay-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    const id = created.data["checkoutSessionId"] as string;

    await started.sandbox.control("POST", `/checkout-sessions/${id}/buyer`, { action: "sign-in" });
    const price = { amount: 50, currencyCode: "USD" };
    const updated = await client.updateCheckoutSession(id, {
      paymentDetails: { paymentIntent: "Authorize", chargeAmount: price },
      merchantMetadata: { merchantReferenceId: "order-1" },
    });
    expect(updated.data["constraints"]).toEqual([]);
    await started.sandbox.control("POST", `/checkout-sessions/${id}/buyer`, { action: "approve" });
    const completed = await client.completeCheckoutSession(id, { chargeAmount: price });
    expect(completed.status).toBe(200);
    const chargeId = completed.data["chargeId"] as string;
    const permissionId = completed.data["chargePermissionId"] as string;

    const permission = await client.getChargePermission(permissionId, key());
    expect(permission.data["statusDetails"]).toMatchObject({
      state: "NonChargeable",
      reasons: [{ reasonCode: "ChargeInProgress" }],
    });
    const captured = await client.captureCharge(chargeId, { captureAmount: price, softDescriptor: "SHOP" }, key());
    expect(captured.data["statusDetails"]).toMatchObject({ state: "Captured" });
    const refund = await client.createRefund(
      { chargeId, refundAmount: { amount: "12.34", currencyCode: "USD" } },
      key(),
    );
    expect(refund.status).toBe(201);
    await started.sandbox.clock.advance("PT1M");
    const refunded = await client.getRefund(refund.data["refundId"] as string);
    expect(refunded.data["statusDetails"]).toMatchObject({ state: "Refunded" });
    expect((await client.getCharge(chargeId)).data["refundedAmount"]).toEqual({ amount: "12.34", currencyCode: "USD" });
  });

  it("charges and cancels on a permission made without a browser, with a body on DELETE", async () => {
    const { chargePermissionId } = await started.sandbox.control("POST", "/charge-permissions", {
      merchantId: started.ready.merchants[0]?.merchantId ?? "",
      type: "OneTime",
      amount: "20.00",
      currencyCode: "USD",
    });
    const chargeAmount = { amount: "5.00", currencyCode: "USD" };
    const charge = await client.createCharge({ chargePermissionId, chargeAmount }, key());
    expect(charge.status).toBe(201);
    const id = charge.data["chargeId"] as string;
    const canceled = await client.cancelCharge(id, { cancellationReason: "changed our mind" });
    expect(canceled.data["statusDetails"]).toMatchObject({ state: "Canceled", reasonCode: "MerchantCanceled" });
    const closed = await client.closeChargePermission(chargePermissionId, { closureReason: "done" });
    expect(closed.data["statusDetails"]).toMatchObject({
      state: "Closed",
      reasons: [{ reasonCode: "MerchantCanceled" }],
    });
  });

  it("answers a wrong request as the service does", async () => {
    const failure = await client.getCharge("S01-0000000-0000000-C000000").then(
      () => undefined,
      (error: { readonly response: OfficialAnswer }) => error.response,
    );
    expect(failure?.status).toBe(404);
    expect(Object.keys(failure?.data ?? {})).toEqual(["reasonCode", "message"]);
    expect(failure?.data["reasonCode"]).toBe("ResourceNotFound");
    expect(failure?.headers["x-amz-pay-request-id"]).toBeTruthy();
  });
});
