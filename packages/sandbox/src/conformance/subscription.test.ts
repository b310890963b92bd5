import { AmazonPay, chargeSubscription, type SubscriptionOutcome } from "@amazon-pay-kit/sdk";
import { beforeEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { clientOptions } from "../testing/index.ts";

const amount = { amount: "19.50", currencyCode: "USD" } as const;

describe("chargeSubscription", () => {
  let sandbox: Sandbox;
  let pay: AmazonPay;
  let chargePermissionId: string;
  beforeEach(async () => {
    sandbox = await createSandbox({ seed: 1, merchants: [{ region: "na" }] });
    pay = new AmazonPay({ ...clientOptions(sandbox), maxRetries: 0 });
    const { merchantId } = sandbox.merchants[0]!;
    const body = { merchantId, type: "Recurring", amount: amount.amount, currencyCode: amount.currencyCode } as const;
    chargePermissionId = (await sandbox.control("POST", "/charge-permissions", body)).chargePermissionId;
  });
  const charge = (attempt: number, code?: string, period = "2026-11"): Promise<SubscriptionOutcome> =>
    chargeSubscription(
      pay,
      { chargePermissionId, amount, period, attempt },
      code === undefined ? {} : { headers: { "x-amz-pay-simulation-code": code } },
    );

  it("charges once for a period and attempt, however often the job runs", async () => {
    const first = await charge(1);
    expect(first.outcome).toBe("captured");
    expect(await charge(1)).toEqual(first);
    expect(await charge(1, undefined, "2026-12")).not.toEqual(first);
  });

  it("tries a soft decline again after 1, 3, 5 and 7 days, then asks the buyer", async () => {
    const steps: unknown[] = [];
    for (const attempt of [1, 2, 3, 4, 5]) {
      const result = await charge(attempt, "SoftDeclined");
      expect(result).toMatchObject({ outcome: "declined", reasonCode: "SoftDeclined" });
      steps.push(result.outcome === "declined" && result.next);
    }
    expect(steps).toEqual([
      { action: "retry", afterDays: 1, attempt: 2 },
      { action: "retry", afterDays: 3, attempt: 3 },
      { action: "retry", afterDays: 5, attempt: 4 },
      { action: "retry", afterDays: 7, attempt: 5 },
      { action: "ask-buyer", why: "other-payment-method", attempt: 6 },
    ]);
    expect((await charge(6)).outcome).toBe("captured");
  });

  it("asks the buyer after a hard decline, and stops when the permission is closed", async () => {
    expect(await charge(1, "HardDeclined")).toMatchObject({
      next: { action: "ask-buyer", why: "other-payment-method", attempt: 2 },
    });
    await pay.chargePermissions.close(chargePermissionId, { closureReason: "over" });
    expect(await charge(2)).toMatchObject({ outcome: "declined", next: { action: "stop" } });
  });

  it("throws what is no decline", async () => {
    await expect(charge(0)).rejects.toMatchObject({ code: "request.invalid" });
    const other = {
      chargePermissionId,
      amount: { amount: "1.00", currencyCode: "EUR" },
      period: "x",
      attempt: 1,
    } as const;
    await expect(chargeSubscription(pay, other)).rejects.toMatchObject({ code: "api.amount" });
  });
});
