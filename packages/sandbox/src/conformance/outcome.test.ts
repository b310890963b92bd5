import { AmazonPay, type CheckoutOutcome } from "@amazon-pay-kit/sdk";
import { beforeEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { clientOptions } from "../testing/index.ts";

const amount = { amount: "19.50", currencyCode: "EUR" } as const;

/** One outcome, the same however often the result page is loaded (API v2: Complete Checkout Session). */
describe("checkoutSessions.finish", () => {
  let sandbox: Sandbox;
  let pay: AmazonPay;
  let failing = 0;
  beforeEach(async () => {
    sandbox = await createSandbox({
      seed: 1,
      merchants: [{ region: "eu" }],
    });
    failing = 0;
    pay = new AmazonPay({
      ...clientOptions(sandbox, { region: "eu" }),
      maxRetries: 0,
      fetch: async (request) => {
        const answer = await sandbox.fetch(request);
        if (failing > 0 && request.url.endsWith("/complete")) {
          failing -= 1;
          throw Object.assign(new Error("cut"), { code: "ECONNRESET" });
        }
        return answer;
      },
    });
  });

  const session = async (
    intent: "Confirm" | "Authorize" | "AuthorizeWithCapture",
    instrument?: string,
    pending = false,
  ) => {
    const { checkoutSessionId } = await pay.checkoutSessions.create({
      storeId: sandbox.merchants[0]!.storeId,
      webCheckoutDetails: {
        checkoutReviewReturnUrl: "https://shop.example/review",
        checkoutResultReturnUrl: "https://shop.example/result",
      },
      paymentDetails: { paymentIntent: intent, chargeAmount: amount, canHandlePendingAuthorization: pending },
    });
    const play = (action: "sign-in" | "approve" | "cancel"): Promise<unknown> =>
      sandbox.control("POST", `/checkout-sessions/${checkoutSessionId}/buyer`, {
        action,
        ...(instrument === undefined || action !== "sign-in" ? {} : { instrument }),
      });
    await play("sign-in");
    return { id: checkoutSessionId, play };
  };
  const twice = async (id: string): Promise<CheckoutOutcome> => {
    const first = await pay.checkoutSessions.finish(id, amount);
    const { session: _, ...again } = await pay.checkoutSessions.finish(id, amount);
    expect(again).toMatchObject({ outcome: first.outcome, charge: first.charge });
    return first;
  };

  it.each([
    ["AuthorizeWithCapture", "captured"],
    ["Authorize", "authorized"],
    ["Confirm", "confirmed"],
  ] as const)("%s ends as %s, on every visit", async (intent, outcome) => {
    const { id, play } = await session(intent);
    await play("approve");
    const result = await twice(id);
    expect(result.outcome).toBe(outcome);
    expect(result.charge?.chargeAmount).toEqual(outcome === "confirmed" ? undefined : amount);
  });

  it("a pending authorization is pending until it is decided, and a declined one is never called paid", async () => {
    const { id, play } = await session("Authorize", "4354", true);
    await play("approve");
    expect((await twice(id)).outcome).toBe("pending");
    await sandbox.control("POST", "/clock", { advance: "PT2H" });
    expect(await twice(id)).toMatchObject({
      outcome: "declined",
      reasonCode: "HardDeclined",
      advice: "other-payment-method",
    });
    const won = await session("Authorize", "0701", true);
    await won.play("approve");
    expect((await twice(won.id)).outcome).toBe("pending");
    await sandbox.control("POST", "/clock", { advance: "PT2H" });
    expect((await twice(won.id)).outcome).toBe("authorized");
  });

  it("a buyer who has not confirmed is still under way, and one who went back has cancelled", async () => {
    const { id, play } = await session("Authorize");
    expect(await twice(id)).toMatchObject({ outcome: "open" });
    await play("cancel");
    expect(await twice(id)).toMatchObject({ outcome: "canceled", reasonCode: "BuyerCanceled" });
  });

  it("a card that Amazon declines is declined, with what to offer", async () => {
    const { id, play } = await session("Authorize", "3434");
    await play("approve");
    expect(await twice(id)).toMatchObject({ outcome: "declined", charge: null, advice: "other-payment-method" });
  });

  it("an answer that was lost is read afterwards; a wrong amount is the program's mistake", async () => {
    const { id, play } = await session("AuthorizeWithCapture");
    await play("approve");
    const other = { amount: "19.51", currencyCode: "EUR" } as const;
    await expect(pay.checkoutSessions.finish(id, other)).rejects.toMatchObject({ code: "api.amount" });
    failing = 1;
    expect((await twice(id)).outcome).toBe("captured");
    await expect(pay.checkoutSessions.finish("none", amount)).rejects.toMatchObject({ code: "api.not-found" });
  });
});
