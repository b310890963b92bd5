import { AmazonPay } from "@amazon-pay-kit/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clientOptions, useSandbox, withSandbox } from "./index.ts";

describe("the helpers for other people's tests", () => {
  const pay = useSandbox({ beforeAll, afterAll, beforeEach }, { seed: 1 });

  it("takes a buyer through checkout without a browser", async () => {
    const client = new AmazonPay(pay.client());
    const chargeAmount = { amount: "12.00", currencyCode: "USD" } as const;
    const { checkoutSessionId } = await client.checkoutSessions.create({
      webCheckoutDetails: {
        checkoutReviewReturnUrl: "https://shop.example/review",
        checkoutResultReturnUrl: "https://shop.example/result",
      },
      storeId: pay.sandbox.merchants[0]?.storeId ?? "",
      paymentDetails: { paymentIntent: "AuthorizeWithCapture", chargeAmount },
    });
    const { redirectUrl } = await pay.payThrough(checkoutSessionId);
    expect(redirectUrl).toBe(`https://shop.example/result?amazonCheckoutSessionId=${checkoutSessionId}`);
    const { chargeId } = await client.checkoutSessions.complete(checkoutSessionId, { chargeAmount });
    expect((await client.charges.retrieve(String(chargeId))).statusDetails.state).toBe("Captured");
  });

  it("starts each test anew, with a client for each region", async () => {
    expect(pay.sandbox.engine.state.charges.size).toBe(0);
    for (const region of ["na", "eu", "jp"] as const) {
      const { chargePermissionId } = await pay.permission({ region });
      const { presentmentCurrency } = await new AmazonPay(pay.client({ region })).chargePermissions.retrieve(
        chargePermissionId,
      );
      expect(presentmentCurrency).toBe({ na: "USD", eu: "EUR", jp: "JPY" }[region]);
    }
    expect(() => pay.client({ merchantId: "nobody" })).toThrow("nobody");
    expect(() => pay.client({ publicKeyId: "nothing" })).toThrow("no such private key");
  });

  it("runs one piece of work with a sandbox of its own", async () => {
    const work = withSandbox((sandbox) => new AmazonPay(clientOptions(sandbox)).charges.retrieve("S01-1-1-C1"));
    await expect(work).rejects.toMatchObject({ status: 404, reasonCode: "ResourceNotFound" });
  });

  it("is not there outside of tests", () => {
    const unused = useSandbox({ beforeAll: () => undefined, afterAll: () => undefined });
    expect(() => unused.client()).toThrow("only while tests do");
  });
});
