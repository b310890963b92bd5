import { useSandbox } from "@amazon-pay-kit/sandbox/testing";
import { connectShop, type PaymentRecord, type Shop, type ShopOptions } from "@amazon-pay-kit/payments";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { amountOf } from "./amounts.ts";
import { follow, type Payments } from "./notifications.ts";
import {
  cancel,
  checkout,
  createPayment,
  type Given,
  type MadePayment,
  PENDING,
  refund,
  settle,
} from "./operations.ts";

const service = useSandbox({ beforeAll, afterAll, beforeEach }, { processing: "straight" });
const order = { code: "ORDER1", currencyCode: "EUR", totalWithTax: 3000 };
const taken = new Set<string>();
beforeEach(() => {
  taken.clear();
});

function shopWith(more: Partial<ShopOptions> = {}): Shop {
  const { merchantId, storeId } = service.sandbox.merchants.find(({ region }) => region === "eu")!;
  const client = service.client({ region: "eu" });
  const pages = { reviewUrl: "https://shop.example/review", resultUrl: "https://shop.example/result" };
  return connectShop({ client, merchantId, storeId, ledgerCurrency: "EUR", ...pages, ...more });
}

/** From the button to the buyer's confirmation. */
async function confirmed(
  shop: Shop,
  about: { userId?: string; instrument?: string; permissionType?: "PaymentMethodOnFile" } = {},
) {
  const { userId, instrument, permissionType } = about;
  const { button } = await checkout(shop, order, userId, { permissionType: permissionType ?? null }, 2);
  const { checkoutSessionId } = await shop.pay.checkoutSessions.create(JSON.parse(button!.signed.payloadJSON) as never);
  await service.sandbox.control("POST", `/checkout-sessions/${checkoutSessionId}/buyer`, { action: "sign-in" });
  const input = { checkoutSessionId, permissionType: permissionType ?? null };
  const { redirectUrl, constraints } = await checkout(shop, order, userId, input, 2);
  expect([redirectUrl?.startsWith("http"), constraints]).toEqual([true, []]);
  await service.payThrough(checkoutSessionId, instrument);
  return { checkoutSessionId };
}

const make = async (shop: Shop, given: Given, more: { userId?: string; value?: number; code?: string } = {}) => {
  const made = await createPayment(
    shop,
    { ...order, ...(more.code && { code: more.code }) },
    more.value ?? 3000,
    given,
    more.userId,
    {
      precision: 2,
      isTaken: (id) => Promise.resolve(taken.has(id)),
    },
  );
  if (made.transactionId !== undefined) taken.add(made.transactionId);
  return made;
};
const kept = (made: MadePayment, more: object = {}) => ({ id: 7, metadata: made.metadata, ...more });
const recordOf = (metadata: object) => (metadata as { record: PaymentRecord }).record;

describe("a payment", () => {
  test("is authorized, settled and refunded in parts", async () => {
    const shop = shopWith();
    const made = await make(shop, await confirmed(shop));
    expect(made).toMatchObject({
      amount: 3000,
      state: "Authorized",
      transactionId: expect.stringMatching(/-C/) as string,
    });
    const { metadata } = await settle(shop, kept(made));
    expect(recordOf(metadata).charges).toMatchObject([{ state: "captured", captured: "30.00" }]);
    const first = await refund(shop, { id: 7, metadata }, 1250, 2);
    expect(["Pending", "Settled"]).toContain(first.state);
    const again = await refund(shop, { id: 7, metadata }, 1250, 2);
    expect(again.transactionId).toBe(first.transactionId);
    const second = await refund(shop, { id: 7, metadata, refunds: [{}] }, 1750, 2);
    expect(second.transactionId).not.toBe(first.transactionId);
  });

  test("is settled at once, cancelled, declined, or not confirmed", async () => {
    const now = shopWith({ captureAtCheckout: true });
    expect((await make(now, await confirmed(now))).state).toBe("Settled");
    const shop = shopWith();
    const made = await make(shop, await confirmed(shop));
    expect(recordOf((await cancel(shop, kept(made))).metadata).charges).toMatchObject([{ state: "canceled" }]);
    const declined = await make(shop, await confirmed(shop, { instrument: "3434" }));
    expect(declined).toMatchObject({ state: "Declined", metadata: { public: { advice: "other-payment-method" } } });
    const { button } = await checkout(shop, order, undefined, {}, 2);
    const opened = await shop.pay.checkoutSessions.create(JSON.parse(button!.signed.payloadJSON) as never);
    await service.sandbox.control("POST", `/checkout-sessions/${opened.checkoutSessionId}/buyer`, {
      action: "sign-in",
    });
    await checkout(shop, order, undefined, { checkoutSessionId: opened.checkoutSessionId }, 2);
    expect(await make(shop, opened)).toMatchObject({
      state: "Error",
      errorMessage: expect.stringContaining("not confirmed") as string,
    });
  });

  test("pays one order, for its amount, once", async () => {
    const shop = shopWith();
    const given = await confirmed(shop);
    expect(await make(shop, given, { code: "ORDER2" })).toMatchObject({ state: "Error" });
    expect((await make(shop, given)).state).toBe("Authorized");
    expect(await make(shop, given)).toMatchObject({
      state: "Error",
      errorMessage: expect.stringContaining("has paid already") as string,
    });
    taken.clear();
    expect(await make(shop, given, { value: 100 })).toMatchObject({ state: "Error" });
  });

  test("with a saved payment method is its customer's alone", async () => {
    const shop = shopWith({ captureAtCheckout: true });
    const made = await make(shop, await confirmed(shop, { userId: "1", permissionType: "PaymentMethodOnFile" }), {
      userId: "1",
    });
    const { chargePermissionId } = recordOf(made.metadata);
    expect((await make(shop, { chargePermissionId }, { userId: "1", code: "ORDER2" })).state).toBe("Settled");
    for (const userId of ["2", undefined])
      expect(await make(shop, { chargePermissionId }, { ...(userId && { userId }), code: "ORDER3" })).toMatchObject({
        state: "Error",
      });
  });

  test.each([{}, { checkoutSessionId: 5 }])("needs what the storefront must give: %j", async (given) => {
    expect(await make(shopWith(), given)).toMatchObject({
      state: "Error",
      errorMessage: expect.stringContaining("metadata") as string,
    });
  });
});

describe("notifications", () => {
  test("bring a pending payment on, a capture in Seller Central, and a refund; what is there already stays", async () => {
    const shop = shopWith({ allowPending: true });
    const made = await make(shop, await confirmed(shop, { instrument: "0701" }));
    expect(made.state).toBe(PENDING);
    const payment = { id: 7, state: PENDING as string };
    const open = { id: 9, state: "Pending" };
    const told: string[] = [];
    const payments: Payments = {
      paymentOf: (id) => Promise.resolve(id === made.transactionId ? payment : null),
      refundOf: () => Promise.resolve(open),
      move: (_, state) => Promise.resolve(void told.push((payment.state = state))),
      settle: () => Promise.resolve(void told.push((payment.state = "Settled"))),
      settleRefund: (id) => Promise.resolve(void told.push(`refund ${id}`)),
      failRefund: () => Promise.resolve(void told.push("failed")),
    };
    const chargeId = made.transactionId!;
    const charge = { objectType: "CHARGE", objectId: chargeId };
    await follow(shop, charge, payments);
    expect(told).toEqual([]);
    await service.sandbox.control("POST", "/clock", { advance: "PT1M" });
    await follow(shop, charge, payments);
    await follow(shop, charge, payments);
    await shop.pay.charges.capture(chargeId, { captureAmount: { amount: "30.00", currencyCode: "EUR" } });
    await follow(shop, charge, payments);
    await follow(shop, charge, payments);
    expect(told).toEqual(["Authorized", "Settled"]);
    const { refundId } = await shop.pay.refunds.create({
      chargeId,
      refundAmount: { amount: "5.00", currencyCode: "EUR" },
    });
    await service.sandbox.control("POST", "/clock", { advance: "P1D" });
    await follow(shop, { objectType: "REFUND", objectId: refundId }, payments);
    for (const objectType of ["CHARGEBACK", "CHARGE_PERMISSION", "NEWS"])
      await follow(shop, { objectType, objectId: "S" }, payments);
    await follow(shop, { objectType: "CHARGE", objectId: "S02-1-1-C1" }, payments);
    expect(told.slice(2)).toEqual(["refund 9"]);
  });
});

test.each([
  [1234, "EUR", 2, "12.34"],
  [123_400, "JPY", 2, "1234"],
  [123_450, "JPY", 2, "1235"],
  [12_345, "EUR", 3, "12.35"],
  [1234, "JPY", 0, "1234"],
])("%d in %s with %d digits is %s", (value, currency, precision, amount) => {
  expect(amountOf(value, currency, precision)).toEqual({ amount, currencyCode: currency });
});

test.each([
  [-1, "EUR"],
  [1.5, "EUR"],
  [Number.NaN, "EUR"],
  [1, "euro"],
])("no amount: %d %s", (value, currency) => {
  expect(() => amountOf(value, currency, 2)).toThrow(expect.objectContaining({ code: "config.option" }));
});
